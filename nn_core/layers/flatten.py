"""Flatten: every sample's numbers in one row."""

import math
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters


class FlattenCache(NamedTuple):
    """x: (N, ...), y: (N, D)."""

    x: Array
    y: Array


@dataclass(frozen=True)
class Flatten(Layer):
    """y = x, the last axis running fastest. x: (N, ...) -> y: (N, D).

    Source: keras.layers.Flatten.
    """

    keras_class: ClassVar[str] = "Flatten"

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        return (math.prod(input_shape),)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, FlattenCache]:
        """x: (N, ...) -> y: (N, D)."""
        # y_(h W C + w C + c) = x_hwc
        y = params.output("y", (len(x), math.prod(x.shape[1:])))
        y.reshape(x.shape)[...] = x
        return y, state, FlattenCache(x, y)

    def backward(self, params: Parameters, dy: Array, cache: FlattenCache) -> tuple[Array, Grads]:
        """dy: (N, D) -> dx: (N, ...)."""
        # dx_hwc = dy_(h W C + w C + c)
        return dy.reshape(cache.x.shape), {}

    def forward_steps(self) -> tuple[Step, ...]:
        line = "y = x.reshape(len(x), -1)"
        return (Step("y", "y = x in one row", r"y = \mathrm{vec}(x)", ("x",), line),)

    def backward_steps(self) -> tuple[Step, ...]:
        latex = r"\mathrm{d}x = \mathrm{vec}^{-1}(\mathrm{d}y)"
        line = "dx = dy.reshape(x.shape)"
        return (Step("dx", "dx = dy in the shape of x", latex, ("dy", "x"), line),)


LAYERS.add("Flatten", Flatten)
