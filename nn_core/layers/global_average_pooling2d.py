"""GlobalAveragePooling2D: each channel's mean over the whole image."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters


class GlobalAveragePooling2DCache(NamedTuple):
    """x: (N, H, W, C), y: (N, C)."""

    x: Array
    y: Array


@dataclass(frozen=True)
class GlobalAveragePooling2D(Layer):
    """y = mean over H and W of x. x: (N, H, W, C) -> y: (N, C).

    Source: keras.layers.GlobalAveragePooling2D.
    """

    keras_class: ClassVar[str] = "GlobalAveragePooling2D"

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        checks.axes(self, input_shape, "H, W, C", "Add a channel axis: x[..., None].")
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape[-1:]

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, GlobalAveragePooling2DCache]:
        """x: (N, H, W, C) -> y: (N, C)."""
        # y = 1 / (H W) sum_hw x
        y = np.mean(x, axis=(1, 2), out=params.output("y", (len(x), x.shape[-1])))
        return y, state, GlobalAveragePooling2DCache(x, y)

    def backward(
        self, params: Parameters, dy: Array, cache: GlobalAveragePooling2DCache
    ) -> tuple[Array, Grads]:
        """dy: (N, C) -> dx: (N, H, W, C)."""
        _, height, width, _ = cache.x.shape
        # dx = dy / (H W), the same for every cell
        share = dy[:, None, None] / (height * width)
        dx = params.array("dx", cache.x.shape)
        dx[...] = share
        return dx, {}

    def forward_steps(self) -> tuple[Step, ...]:
        latex = r"y_c = \frac{1}{HW} \sum_{hw} x_{hwc}"
        line = "y = x.mean(axis=(1, 2))"
        return (Step("y", "y_c = sum_hw x_hwc / (H W)", latex, ("x",), line),)

    def backward_steps(self) -> tuple[Step, ...]:
        latex = r"\mathrm{d}x_{hwc} = \frac{\mathrm{d}y_c}{HW}"
        line = "dx = np.ones_like(x) * dy[:, None, None] / (x.shape[1] * x.shape[2])"
        return (Step("dx", "dx_hwc = dy_c / (H W)", latex, ("dy", "x"), line),)


LAYERS.add("GlobalAveragePooling2D", GlobalAveragePooling2D)
