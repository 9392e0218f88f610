"""Activation: a function of its own layer."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS
from nn_core.activations import Activation as Function
from nn_core.arrays import Array, Shape
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight, function_steps
from nn_core.layers.parameters import Parameters


class ActivationCache(NamedTuple):
    """z: (N, ..., U) is what comes in, a: (N, ..., U)."""

    z: Array
    a: Array


@dataclass(frozen=True)
class Activation(Layer):
    """a = f(z), z being the input. z: (N, ..., U) -> a: (N, ..., U).

    Source: keras.layers.Activation.
    """

    activation: str

    keras_class: ClassVar[str] = "Activation"
    output_name: ClassVar[str] = "a"
    ends_in_activation: ClassVar[bool] = True

    def __post_init__(self) -> None:
        _ = self.f

    @cached_property
    def f(self) -> Function:
        """The activation itself."""
        return ACTIVATIONS.get(self.activation)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """None."""
        return []

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, ActivationCache]:
        """x = z: (N, ..., U) -> a: (N, ..., U)."""
        # a = f(z)
        a = self.f.forward(x, params.array("a", x.shape))
        return a, state, ActivationCache(x, a)

    def backward(
        self, params: Parameters, dy: Array, cache: ActivationCache
    ) -> tuple[Array, Grads]:
        """dy = da: (N, ..., U) -> dx = dz: (N, ..., U)."""
        z, a = cache
        # dz = da f'(z)
        dz = params.kept["dz"] = self.f.backward(dy, z, a, params.array("dz", z.shape))
        return dz, {}

    def forward_steps(self) -> tuple[Step, ...]:
        return (
            Step("z", "z = x", "z = x", ("x",), "z = x"),
            function_steps(self.f)[0],
        )

    def backward_steps(self) -> tuple[Step, ...]:
        return (
            function_steps(self.f)[1],
            Step("dx", "dx = dz", r"\mathrm{d}x = \mathrm{d}z", ("dz",), "dx = dz"),
        )


LAYERS.add("Activation", Activation)
