"""Reshape: the same numbers in the same order, on other axes."""

import math
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.checks import title
from nn_core.layers.parameters import Parameters


class ReshapeCache(NamedTuple):
    """x: (N, ...), y: (N, *target_shape)."""

    x: Array
    y: Array


@dataclass(frozen=True)
class Reshape(Layer):
    """y = x on other axes. x: (N, ...) -> y: (N, *target_shape); one axis may be -1, the rest.

    Source: keras.layers.Reshape.
    """

    target_shape: tuple[int, ...]

    keras_class: ClassVar[str] = "Reshape"

    def __post_init__(self) -> None:
        if any(n < 1 and n != -1 for n in self.target_shape) or self.target_shape.count(-1) > 1:
            raise ValueError(
                f"{title(self)} expects a target_shape of whole numbers of 1 or more, at most one "
                f"of them -1 for the rest; received {self.target_shape}. Try (-1, 1)."
            )

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        self.output_shape(input_shape)
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        cells, known = math.prod(input_shape), math.prod(n for n in self.target_shape if n > 0)
        shape = tuple(cells // known if n == -1 else n for n in self.target_shape)
        if math.prod(shape) != cells:
            raise ValueError(
                f"{title(self)} expects as many cells in as out, {self.target_shape}; received "
                f"{input_shape}, {cells} cells. Choose axes whose product is {cells}."
            )
        return shape

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, ReshapeCache]:
        """x: (N, ...) -> y: (N, *target_shape)."""
        # y = x on other axes
        y = x.reshape(len(x), *self.output_shape(x.shape[1:]))
        return y, state, ReshapeCache(x, y)

    def backward(self, params: Parameters, dy: Array, cache: ReshapeCache) -> tuple[Array, Grads]:
        """dy: (N, *target_shape) -> dx: (N, ...)."""
        # dx = dy on the axes of x
        return dy.reshape(cache.x.shape), {}

    def forward_steps(self) -> tuple[Step, ...]:
        line = f"y = x.reshape(len(x), *{self.target_shape})"
        return (Step("y", "y = x on other axes", r"y = \mathrm{reshape}(x)", ("x",), line),)

    def backward_steps(self) -> tuple[Step, ...]:
        latex = r"\mathrm{d}x = \mathrm{reshape}(\mathrm{d}y)"
        line = "dx = dy.reshape(x.shape)"
        return (Step("dx", "dx = dy on the axes of x", latex, ("dy", "x"), line),)


LAYERS.add("Reshape", Reshape)
