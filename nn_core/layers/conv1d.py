"""Conv1D: small kernels that slide over a sequence, the same weights at every stop."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks, convolution
from nn_core.layers.base import LAYERS, Grads, Layer, State, Step, Weight, function_steps
from nn_core.layers.parameters import Parameters
from nn_core.layers.windows import PADDINGS, Windows
from nn_core.regularizers import Regularizer


class Conv1DCache(NamedTuple):
    """x: (N, T, C), columns: (N, T', K, C), z, a: (N, T', F)."""

    x: Array
    columns: Array
    z: Array
    a: Array


@dataclass(frozen=True)
class Conv1D(Layer):
    """a = f(window of x * W + b). x: (N, T, C) -> a: (N, T', F). Source: keras.layers.Conv1D."""

    filters: int
    kernel_size: int | tuple[int]
    strides: int | tuple[int] = 1
    padding: str = "valid"
    activation: str = "linear"
    use_bias: bool = True
    kernel_initializer: str | Initializer = "glorot_uniform"
    bias_initializer: str | Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None

    keras_class: ClassVar[str] = "Conv1D"
    output_name: ClassVar[str] = "a"
    ends_in_activation: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.whole(self, "filters", self.filters, 8)
        checks.choice(self, "padding", self.padding, PADDINGS)
        INITIALIZERS.get(self.kernel_initializer)
        INITIALIZERS.get(self.bias_initializer)
        _ = self.f, self.windows

    @cached_property
    def f(self) -> Activation:
        """The activation itself."""
        return ACTIVATIONS.get(self.activation)

    @cached_property
    def windows(self) -> Windows:
        """Where the kernels stop."""
        size = checks.sizes(self, "kernel_size", self.kernel_size, 1)
        return Windows(size, checks.sizes(self, "strides", self.strides, 1), self.padding)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """kernel (K, C, F) and bias (F,)."""
        checks.axes(self, input_shape, "T, C", "Add a channel axis: x[..., None].")
        self.windows.check(self, input_shape[:-1])
        shape = (*self.windows.size, input_shape[-1], self.filters)
        kernel = Weight("kernel", shape, self.kernel_initializer, self.kernel_regularizer)
        bias = Weight("bias", (self.filters,), self.bias_initializer, self.bias_regularizer)
        return [kernel, bias] if self.use_bias else [kernel]

    def output_shape(self, input_shape: Shape) -> Shape:
        return (*self.windows.stops(input_shape[:-1]), self.filters)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, Conv1DCache]:
        """x: (N, T, C) -> a: (N, T', F)."""
        # columns[p] = the window of x at p, z = columns W + b
        columns, z = convolution.forward(self.windows, params, x)
        # a = f(z)
        a = self.f.forward(z, params.array("a", z.shape))
        return a, state, Conv1DCache(x, columns, z, a)

    def backward(self, params: Parameters, dy: Array, cache: Conv1DCache) -> tuple[Array, Grads]:
        """dy = da: (N, T', F) -> dx: (N, T, C), and the gradients of kernel and bias."""
        x, _, z, a = cache
        # dz = da f'(z)
        dz = params.kept["dz"] = self.f.backward(dy, z, a, params.array("dz", z.shape))
        # dW = columns^T dz, db = sum_np dz, dx[window p] += dz_p W^T
        return convolution.backward(self.windows, params, x.shape, dz)

    def forward_steps(self) -> tuple[Step, ...]:
        size, strides, padding = self.windows.size, self.windows.strides, self.padding
        b, bias, plus = (" + b", ("bias",), " + bias") if self.use_bias else ("", (), "")
        inputs, latex = ("columns", "kernel", *bias), r"X_p = x_{\text{window } p}"
        columns = (
            f"columns = windows(x[:, :, None], ({size[0]}, 1), ({strides[0]}, 1), {padding!r}, 0)"
            "[:, :, 0, :, 0]"
        )
        z = f"z = np.tensordot(columns, kernel, 2){plus}"
        return (
            Step("columns", "columns_p = window of x at p", latex, ("x",), columns),
            Step("z", f"z_p = columns_p W{b}", f"z_p = X_p W{b}", inputs, z),
            function_steps(self.f)[0],
        )

    def backward_steps(self) -> tuple[Step, ...]:
        strides, padding = self.windows.strides, self.padding
        d = r"\mathrm{d}"
        dkernel = Step(
            "dkernel",
            "dW = sum_p columns_p^T dz_p",
            rf"{d}W = \sum_p X_p^\top {d}z_p",
            ("columns", "dz"),
            "dkernel = np.tensordot(columns, dz, axes=([0, 1], [0, 1]))",
        )
        line = "dbias = dz.sum(axis=(0, 1))"
        dbias = Step("dbias", "db = sum_p dz_p", rf"{d}b = \sum_p {d}z_p", ("dz",), line)
        latex = rf"{d}x_{{\text{{window }} p}} \mathrel{{+}}= {d}z_p\, W^\top"
        line = (
            "parts = np.tensordot(dz, kernel, (2, 2))[:, :, None, :, None]\n"
            f"dx = add_windows(parts, x[:, :, None].shape, ({strides[0]}, 1), {padding!r})[:, :, 0]"
        )
        dx = Step("dx", "dx_window p += dz_p W^T", latex, ("dz", "kernel", "x"), line)
        return function_steps(self.f)[1], dkernel, *((dbias,) if self.use_bias else ()), dx


LAYERS.add("Conv1D", Conv1D)
