"""A kernel over a digit: the same map as the engine's Conv2D."""

import numpy as np
import pytest

from nn_core.course.kernels import KERNELS, Slid, picture
from nn_core.layers import Conv2D
from nn_core.network import Sequential


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_map_is_the_engines(stride: int, padding: str) -> None:
    x, kernel = picture(4), np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    layer = Conv2D(1, 3, strides=stride, padding=padding, use_bias=False)
    model = Sequential([layer], (*x.shape, 1), dtype="float64")
    model.set_weights([kernel[:, :, None, None]])
    found = Slid(x, kernel, stride, padding)
    np.testing.assert_allclose(found.map, model.predict(x[None, :, :, None])[0, :, :, 0])


def test_its_sum_is_written_with_its_numbers() -> None:
    found = Slid(picture(4), np.array(KERNELS["horizontal edge"]), 1, "valid")
    assert f"{found.map[1, 2]:.2f}" in found.in_latex(8)
    assert "-1 & -1 & -1" in found.in_latex(8)
