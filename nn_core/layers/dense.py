"""Dense: every unit reads every input."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks
from nn_core.layers.base import LAYERS, UNREAD, Grads, Layer, State, Step, Weight, function_steps
from nn_core.layers.parameters import Parameters
from nn_core.regularizers import Regularizer


class DenseCache(NamedTuple):
    """x: (N, D), z: (N, U), a: (N, U)."""

    x: Array
    z: Array
    a: Array


@dataclass(frozen=True)
class Dense(Layer):
    """a = f(x W + b). x: (N, D) -> a: (N, U). Source: keras.layers.Dense."""

    units: int
    activation: str = "linear"
    use_bias: bool = True
    kernel_initializer: str | Initializer = "glorot_uniform"
    bias_initializer: str | Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None

    keras_class: ClassVar[str] = "Dense"
    output_name: ClassVar[str] = "a"
    ends_in_activation: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.whole(self, "units", self.units, 8)
        _ = self.f
        INITIALIZERS.get(self.kernel_initializer)
        INITIALIZERS.get(self.bias_initializer)

    @cached_property
    def f(self) -> Activation:
        """The activation itself."""
        return ACTIVATIONS.get(self.activation)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """kernel (D, U) and bias (U,)."""
        advice = "Put Flatten() before it, or reshape: x.reshape(len(x), -1)."
        checks.axes(self, input_shape, "D", advice)
        kernel = Weight(
            "kernel",
            (input_shape[0], self.units),
            self.kernel_initializer,
            self.kernel_regularizer,
        )
        bias = Weight("bias", (self.units,), self.bias_initializer, self.bias_regularizer)
        return [kernel, bias] if self.use_bias else [kernel]

    def output_shape(self, input_shape: Shape) -> Shape:
        return (self.units,)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, DenseCache]:
        """x: (N, D) -> a: (N, U)."""
        shape = (len(x), self.units)
        # z = x W + b
        z = params.affine(x, params.array("z", shape))
        # a = f(z)
        a = self.f.forward(z, params.output("a", shape))
        return a, state, DenseCache(x, z, a)

    def backward(self, params: Parameters, dy: Array, cache: DenseCache) -> tuple[Array, Grads]:
        """dy = da: (N, U) -> dx: (N, D), and the gradients of kernel and bias."""
        x, z, a = cache
        # dz = da f'(z)
        dz = params.kept["dz"] = self.f.backward(dy, z, a, params.array("dz", z.shape))
        # dW = x^T dz, db = sum_n dz
        grads = params.affine_gradients(dz)
        if not params.wants_dx:
            return UNREAD, grads
        # dx = dz W^T
        return np.dot(dz, params["kernel"].T, params.array("dx", x.shape)), grads

    def forward_steps(self) -> tuple[Step, ...]:
        b, bias, plus = (" + b", ("bias",), " + bias") if self.use_bias else ("", (), "")
        line = f"z = x @ kernel{plus}"
        return (
            Step("z", f"z = x W{b}", f"z = xW{b}", ("x", "kernel", *bias), line),
            function_steps(self.f)[0],
        )

    def backward_steps(self) -> tuple[Step, ...]:
        d = r"\mathrm{d}"
        line = "dbias = dz.sum(axis=0)"
        dbias = Step("dbias", "db = sum_n dz", rf"{d}b = \sum_n {d}z_n", ("dz",), line)
        latex = rf"{d}W = x^\top {d}z", rf"{d}x = {d}z\, W^\top"
        return (
            function_steps(self.f)[1],
            Step("dkernel", "dW = x^T dz", latex[0], ("x", "dz"), "dkernel = x.T @ dz"),
            *((dbias,) if self.use_bias else ()),
            Step("dx", "dx = dz W^T", latex[1], ("dz", "kernel"), "dx = dz @ kernel.T"),
        )


LAYERS.add("Dense", Dense)
