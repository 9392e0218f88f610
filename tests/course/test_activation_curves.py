"""What the lesson on activations says of a curve: its slope, its limits, its flat ends."""

from typing import Any, cast

import numpy as np
import pytest

from nn_core.course.activation_curves import at, bend, flat, limits, told
from nn_core.live.settings import DRAWN
from pages.figures.activations import curve_and_slope


@pytest.mark.parametrize("name", DRAWN)
def test_the_slope_is_that_of_the_curve(name: str) -> None:
    for z in (-3.7, -0.4, 0.6, 2.9):
        rise = at(name, z + 1e-5)[0] - at(name, z - 1e-5)[0]
        assert at(name, z)[1] == pytest.approx(rise / 2e-5, abs=1e-6)


def test_limits_and_flat_ends_are_those_of_the_textbook() -> None:
    assert limits("sigmoid") == (0, 1)
    assert limits("relu") == (0, np.inf)
    assert limits("silu")[0] == pytest.approx(-0.278, abs=1e-3)
    below, above = flat("tanh")
    assert below is not None
    assert above == pytest.approx(-below)
    assert flat("leaky_relu") == (None, None)
    assert told("linear") == "Values: no lower limit, no upper limit. Nowhere nearly flat."


def test_the_figure_marks_one_sum_on_both_curves() -> None:
    figure = curve_and_slope(bend("tanh"), 1.0, *at("tanh", 1.0))
    traces = cast(Any, figure.data)
    marked = [trace.y[0] for trace in traces if trace.mode == "markers"]
    assert marked == pytest.approx([np.tanh(1), 1 - np.tanh(1) ** 2])
