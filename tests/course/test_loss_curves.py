"""The curves of the lesson on losses are those of the engine, and their slopes are slopes."""

from typing import Any, cast

import numpy as np
import pytest

from nn_core.course.loss_curves import LABELS, SINGLE, at, loss_curve
from pages.figures.losses import loss_and_gradient


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("y", [0, 1])
def test_the_gradient_is_the_slope_of_the_loss(name: str, y: int) -> None:
    for z in (-3.0, 0.4, 2.1):
        rise = at(name, y, z + 1e-5)[0] - at(name, y, z - 1e-5)[0]
        assert at(name, y, z)[1] == pytest.approx(rise / 2e-5, abs=1e-6)


def test_every_loss_has_a_name_to_show() -> None:
    assert set(LABELS) == set(SINGLE)


def test_the_figure_has_each_loss_and_its_gradient() -> None:
    curves = [loss_curve(name, 1) for name in ("mse", "binary_crossentropy")]
    lines = cast(Any, loss_and_gradient(curves, -4.0).data)
    np.testing.assert_array_equal([len(line.x) for line in lines], 121)
    assert lines[2].y[0] == pytest.approx(np.log1p(np.exp(6)))
    assert lines[3].y[0] == pytest.approx(-1, abs=0.01)
