"""SimpleRNN: what a layer said at one time step goes into the next."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array, Shape
from nn_core.initializers import Initializer
from nn_core.layers import recurrence, sequence
from nn_core.layers.base import LAYERS, UNREAD, Grads, Layer, State, Step, Weight
from nn_core.layers.parameters import Parameters
from nn_core.regularizers import Regularizer


class SimpleRNNCache(NamedTuple):
    """x: (N, T, D), h_0: (N, U), z, h: (N, T, U), y: (N, T, U) or (N, U)."""

    x: Array
    h_0: Array
    z: Array
    h: Array
    y: Array


@dataclass(frozen=True)
class SimpleRNN(Layer):
    """h_t = f(x_t W + h_{t-1} R + b). x: (N, T, D) -> y: (N, U), or (N, T, U) of every step.

    Source: keras.layers.SimpleRNN.
    """

    units: int
    activation: str = "tanh"
    use_bias: bool = True
    kernel_initializer: str | Initializer = "glorot_uniform"
    recurrent_initializer: str | Initializer = "orthogonal"
    bias_initializer: str | Initializer = "zeros"
    kernel_regularizer: Regularizer | None = None
    recurrent_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    return_sequences: bool = False
    go_backwards: bool = False
    stateful: bool = False

    keras_class: ClassVar[str] = "SimpleRNN"

    def __post_init__(self) -> None:
        sequence.check(self)
        _ = self.f

    @cached_property
    def f(self) -> Activation:
        """The activation itself."""
        return ACTIVATIONS.get(self.activation)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """kernel (D, U), recurrent_kernel (U, U) and bias (U,)."""
        return sequence.weights(self, input_shape, 1, (self.units,), self.bias_initializer)

    def output_shape(self, input_shape: Shape) -> Shape:
        return sequence.output_shape(self, input_shape)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, SimpleRNNCache]:
        """x: (N, T, D) -> y: (N, U) or (N, T, U)."""
        n, steps, d = x.shape
        shape = (steps, n, self.units)
        # z_t = x_t W, for all t at once
        z = params.array("z", shape)
        x_t = sequence.time_major(self, params, x)
        np.dot(x_t, params["kernel"], z.reshape(-1, self.units))
        before, recurrent = sequence.before_ones(self, params, steps, n), params.block[d:]
        h, part = before[..., : self.units], params.array("part", shape[1:])
        sequence.start(self, state, "h", h[0])
        for t in range(steps):
            # z_t = z_t + h_{t-1} R + b
            z[t] += np.dot(before[t], recurrent, part)
            # h_t = f(z_t)
            h[t + 1] = self.f.forward(z[t], part)
        y = sequence.output(self, h[1:])
        cache = SimpleRNNCache(x, h[0], sequence.swapped(z), sequence.swapped(h[1:]), y)
        return y, sequence.carried(self, state, h=h[-1]), cache

    def backward(self, params: Parameters, dy: Array, cache: SimpleRNNCache) -> tuple[Array, Grads]:
        """dy: (N, U) or (N, T, U) -> dx: (N, T, D), and the gradients of all weights."""
        z, h = sequence.swapped(cache.z), sequence.swapped(cache.h)
        steps, n, units = h.shape
        dh = sequence.output_gradient(self, params, dy, h)
        dz, part = params.array("dz", h.shape), params.array("part", h.shape[1:])
        back = sequence.transposed(params)
        for t in range(steps - 1, -1, -1):
            if t < steps - 1:
                # dh_t = dy_t + dz_{t+1} R^T
                dh[t] += np.dot(dz[t + 1], back, part)
            # dz_t = dh_t f'(z_t)
            dz[t] = self.f.backward(dh[t], z[t], h[t], part)
        params.kept |= {"dh": sequence.swapped(dh), "dz": sequence.swapped(dz)}
        grads = sequence.weight_gradients(params, dz)
        if not params.wants_dx:
            return UNREAD, grads
        # dx_t = dz_t W^T
        return sequence.input_gradient(self, params, dz.reshape(-1, units), n), grads

    def forward_steps(self) -> tuple[Step, ...]:
        return (
            recurrence.affine_step(self),
            recurrence.function_step("h", self.activation, "z"),
            recurrence.output_step(self),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        f = self.f
        text, line = f"dz_t = dh_t * {self.activation}'(z_t)", f.backward_numpy
        dz = f"dz = {line.format(da='dh', z='z', a='h')}"
        return (
            recurrence.back_through_time(self, "dz", "after(dz) @ recurrent_kernel.T"),
            Step("dz", text, f.backward_latex, ("dh", "z", "h"), dz),
            *recurrence.weight_steps(self, "dz", "dz", recurrence.recurrent_step("dz", "dz")),
        )


LAYERS.add("SimpleRNN", SimpleRNN)
