"""AveragePooling2D: of every window the mean goes on; the gradient goes back in equal shares."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters
from nn_core.layers.windows import PADDINGS, Windows


class AveragePooling2DCache(NamedTuple):
    """x: (N, H, W, C), y: (N, H', W', C), cells: (H', W', 1) how many cells each window has."""

    x: Array
    y: Array
    cells: Array


@dataclass(frozen=True)
class AveragePooling2D(Layer):
    """y = mean of window of x. x: (N, H, W, C) -> y: (N, H', W', C).

    Cells of a margin (padding="same") do not count. Source: keras.layers.AveragePooling2D.
    """

    pool_size: int | tuple[int, int]
    strides: int | tuple[int, int] | None = None
    padding: str = "valid"

    keras_class: ClassVar[str] = "AveragePooling2D"

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
    ) -> tuple[Array, State, AveragePooling2DCache]:
        """x: (N, H, W, C) -> y: (N, H', W', C)."""
        field = x.shape[1:-1]
        stops = self.windows.stops(field)
        padded = self.windows.padded(params, x, 0)
        # y = sum_k x_k / cells
        y = params.array("y", (len(x), *stops, x.shape[-1]))
        y.fill(0)
        for _, seen in self.windows.cells(field):
            y += padded[seen]
        cells = self.windows.counts(field).astype(x.dtype)[..., None]
        np.divide(y, cells, y)
        return y, state, AveragePooling2DCache(x, y, cells)

    def backward(
        self, params: Parameters, dy: Array, cache: AveragePooling2DCache
    ) -> tuple[Array, Grads]:
        """dy: (N, H', W', C) -> dx: (N, H, W, C)."""
        x, y, cells = cache
        share = np.divide(dy, cells, params.array("share", y.shape))
        padded, dx = self.windows.zeros(params, x.shape)
        # dx[each cell of the window] += dy / cells
        for _, seen in self.windows.cells(x.shape[1:-1]):
            self.windows.add(padded, seen, share)
        return dx, {}

    def forward_steps(self) -> tuple[Step, ...]:
        stops = f"{self.windows.size}, {self.windows.strides}, {self.padding!r}, 0"
        return (
            Step(
                "cells",
                "cells_p = how many cells window p has",
                r"K_p",
                ("x",),
                f"cells = windows(np.ones_like(x), {stops})[0].sum(axis=(2, 3))[:, :, :1]",
            ),
            Step(
                "y",
                "y_p = sum of window of x at p / cells_p",
                r"y_p = \frac{1}{K_p} \sum_k x_{p,k}",
                ("x", "cells"),
                f"y = windows(x, {stops}).sum(axis=(3, 4)) / cells",
            ),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        h, w = self.windows.size
        return (
            Step(
                "dx",
                "dx[each cell of window p] += dy_p / cells_p",
                r"\mathrm{d}x_{p,k} \mathrel{+}= \frac{\mathrm{d}y_p}{K_p}",
                ("dy", "cells", "x"),
                f"share = np.ones(({h}, {w}, 1)) * (dy / cells)[:, :, :, None, None]\n"
                f"dx = add_windows(share, x.shape, {self.windows.strides}, {self.padding!r})",
            ),
        )


LAYERS.add("AveragePooling2D", AveragePooling2D)
