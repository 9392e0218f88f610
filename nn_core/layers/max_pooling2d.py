"""MaxPooling2D: of every window the largest cell goes on, and the gradient back to it alone."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters
from nn_core.layers.windows import PADDINGS, Windows


class MaxPooling2DCache(NamedTuple):
    """x: (N, H, W, C), y: (N, H', W', C), argmax: which cell won, 0 to K K - 1 row by row."""

    x: Array
    y: Array
    argmax: Array


@dataclass(frozen=True)
class MaxPooling2D(Layer):
    """y = max of window of x. x: (N, H, W, C) -> y: (N, H', W', C).

    Of equal cells the first wins, as in TensorFlow. Source: keras.layers.MaxPooling2D.
    """

    pool_size: int | tuple[int, int] = (2, 2)
    strides: int | tuple[int, int] | None = None
    padding: str = "valid"

    keras_class: ClassVar[str] = "MaxPooling2D"

    def __post_init__(self) -> None:
        checks.choice(self, "padding", self.padding, PADDINGS)
        _ = self.windows

    @cached_property
    def windows(self) -> Windows:
        """Where the windows stop; without strides they stand side by side."""
        size = checks.sizes(self, "pool_size", self.pool_size, 2)
        strides = size if self.strides is None else checks.sizes(self, "strides", self.strides, 2)
        return Windows(size, strides, self.padding)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        checks.axes(self, input_shape, "H, W, C", "Add a channel axis: x[..., None].")
        self.windows.check(self, input_shape[:-1])
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self.windows.stops(input_shape[:-1]), input_shape[-1])

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, MaxPooling2DCache]:
        """x: (N, H, W, C) -> y: (N, H', W', C)."""
        field = x.shape[1:-1]
        shape = (len(x), *self.windows.stops(field), x.shape[-1])
        padded = self.windows.padded(params, x, -np.inf)
        # y = max_k x_k over the K K cells of the window, argmax = the first k with x_k = y
        y, argmax = params.array("y", shape), params.array("argmax", shape, np.int32)
        won, mark = params.array("won", shape, np.bool_), params.array("mark", shape, np.int32)
        cell = params.array("cell", shape)
        for k, (_, seen) in enumerate(self.windows.cells(field)):
            if k == 0:
                y[...], argmax[...] = padded[seen], 0
                continue
            # A copy: reading every second cell three times over took twice as long.
            cell[...] = padded[seen]
            # k grows, so where this cell beats all before it, k is the largest mark so far.
            np.multiply(np.greater(cell, y, won), np.int32(k), mark)
            np.maximum(argmax, mark, out=argmax)
            np.maximum(y, cell, out=y)
        return y, state, MaxPooling2DCache(x, y, argmax)

    def backward(
        self, params: Parameters, dy: Array, cache: MaxPooling2DCache
    ) -> tuple[Array, Grads]:
        """dy: (N, H', W', C) -> dx: (N, H, W, C)."""
        x, y, argmax = cache
        won, part = params.array("won", y.shape, np.bool_), params.array("part", y.shape)
        padded, dx = self.windows.zeros(params, x.shape)
        # dx[the cell that won] += dy
        for k, (_, seen) in enumerate(self.windows.cells(x.shape[1:-1])):
            self.windows.add(padded, seen, np.multiply(dy, np.equal(argmax, k, won), part))
        return dx, {}

    def forward_steps(self) -> tuple[Step, ...]:
        of = f"windows(x, {self.windows.size}, {self.windows.strides}, {self.padding!r}, -np.inf)"
        return (
            Step(
                "y",
                "y_p = max of window of x at p",
                r"y_p = \max x_{\text{window } p}",
                ("x",),
                f"y = {of}.max(axis=(3, 4))",
            ),
            Step(
                "argmax",
                "argmax_p = the first cell k of the window with x_k = y_p",
                r"k^*_p = \min \{ k : x_{p,k} = y_p \}",
                ("x", "y"),
                f"seen = {of}.reshape(*y.shape[:3], -1, y.shape[3])\nargmax = seen.argmax(axis=3)",
            ),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        h, w = self.windows.size
        return (
            Step(
                "dx",
                "dx[the cell that won window p] += dy_p",
                r"\mathrm{d}x_{p,k^*_p} \mathrel{+}= \mathrm{d}y_p",
                ("dy", "argmax", "x"),
                f"won = np.moveaxis(np.eye({h * w})[argmax], -1, 3)\n"
                f"won = won.reshape(*dy.shape[:3], {h}, {w}, -1) * dy[:, :, :, None, None]\n"
                f"dx = add_windows(won, x.shape, {self.windows.strides}, {self.padding!r})",
            ),
        )


LAYERS.add("MaxPooling2D", MaxPooling2D)
