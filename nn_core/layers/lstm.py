"""LSTM: a memory c that gates write into, forget and show, beside what a step says, h."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array, Shape
from nn_core.initializers import INITIALIZERS, Initializer
from nn_core.layers import checks, lstm_equations, sequence
from nn_core.layers.base import LAYERS, UNREAD, Grads, Layer, State, Step, Weight
from nn_core.layers.gates import apply, by_gate, samples_first, slope, spans
from nn_core.layers.parameters import Parameters
from nn_core.layers.sequence import swapped
from nn_core.regularizers import Regularizer


class LSTMCache(NamedTuple):
    """x: (N, T, D), h_0, c_0: (N, U), z: (N, T, 4, U), gates and c, s, h: (N, T, U), y as h."""

    x: Array
    h_0: Array
    c_0: Array
    z: Array
    i: Array
    f: Array
    g: Array
    o: Array
    c: Array
    s: Array
    h: Array
    y: Array


@dataclass(frozen=True)
class LSTM(Layer):
    """c_t = f c_{t-1} + i g, h_t = o s, s = tanh(c_t). x: (N, T, D) -> y: (N, U) or (N, T, U).

    i, f, g, o are the four parts of z_t = x_t W + h_{t-1} R + b, behind sigmoid, g behind tanh:
    Keras's order i, f, c, o. Source: keras.layers.LSTM (Hochreiter and Schmidhuber, 1997).
    """

    units: int
    activation: str = "tanh"
    recurrent_activation: str = "sigmoid"
    use_bias: bool = True
    kernel_initializer: str | Initializer = "glorot_uniform"
    recurrent_initializer: str | Initializer = "orthogonal"
    bias_initializer: str | Initializer = "zeros"
    unit_forget_bias: bool = True
    kernel_regularizer: Regularizer | None = None
    recurrent_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    return_sequences: bool = False
    go_backwards: bool = False
    stateful: bool = False

    keras_class: ClassVar[str] = "LSTM"

    def __post_init__(self) -> None:
        sequence.check(self)
        _ = self.f, self.sigma
        if "softmax" in (self.activation, self.recurrent_activation):
            raise ValueError(
                f"{checks.title(self)} expects activations that go number by number; received "
                "softmax. Put Dense(n, activation='softmax') behind the layer."
            )

    @cached_property
    def f(self) -> Activation:
        """What g and c go through."""
        return ACTIVATIONS.get(self.activation)

    @cached_property
    def sigma(self) -> Activation:
        """What the gates i, f, o go through."""
        return ACTIVATIONS.get(self.recurrent_activation)

    def weights(self, input_shape: Shape) -> list[Weight]:
        """kernel (D, 4 U), recurrent_kernel (U, 4 U) and bias (4 U,), each in order i, f, c, o."""
        draw = INITIALIZERS.get(self.bias_initializer)
        first = sequence.ForgettingNothing(draw, self.units) if self.unit_forget_bias else draw
        return sequence.weights(self, input_shape, 4, (4 * self.units,), first)

    def output_shape(self, input_shape: Shape) -> Shape:
        return sequence.output_shape(self, input_shape)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, LSTMCache]:
        """x: (N, T, D) -> y: (N, U) or (N, T, U)."""
        (n, steps, d), u = x.shape, self.units
        # z_t = x_t W, for all t at once; then each gate in one piece
        rows = params.array("rows", (steps, n, 4 * u))
        x_t = sequence.time_major(self, params, x)
        np.dot(x_t, params["kernel"], rows.reshape(-1, 4 * u))
        z, gates = params.array("z", (steps, 4, n, u)), params.array("gates", (steps, 4, n, u))
        z[...] = by_gate(rows, u)
        before, recurrent = sequence.before_ones(self, params, steps, n), params.block[d:]
        h, c, s = (
            before[..., :u],
            params.array("c", (steps + 1, n, u)),
            params.array("s", (steps, n, u)),
        )
        part, product = params.array("part", (n, 4 * u)), params.array("product", (n, u))
        sequence.start(self, state, "h", h[0])
        sequence.start(self, state, "c", c[0])
        for t in range(steps):
            # z_t = z_t + h_{t-1} R + b
            z[t] += by_gate(np.dot(before[t], recurrent, part), u)
            # i, f, o = sigma(z_i, z_f, z_o), in one call for all four, and then g = tanh(z_g)
            apply(self.sigma, z[t], gates[t])
            i, f, g, o = gates[t]
            apply(self.f, z[t, 2], g)
            # c_t = f c_{t-1} + i g
            np.multiply(f, c[t], c[t + 1])
            c[t + 1] += np.multiply(i, g, product)
            # h_t = o s, s = tanh(c_t)
            apply(self.f, c[t + 1], s[t])
            np.multiply(o, s[t], h[t + 1])
        y = sequence.output(self, h[1:])
        state = sequence.carried(self, state, h=h[-1], c=c[-1])
        kept = map(swapped, (*gates.swapaxes(0, 1), c[1:], s, h[1:]))
        return y, state, LSTMCache(x, h[0], c[0], samples_first(z), *kept, y=y)

    def backward(self, params: Parameters, dy: Array, cache: LSTMCache) -> tuple[Array, Grads]:
        """dy: (N, U) or (N, T, U) -> dx: (N, T, D), and the gradients of all weights."""
        c, s, h, held = swapped(cache.c), swapped(cache.s), swapped(cache.h), params.arrays
        steps, n, u = h.shape
        z, gates, c_before = held["z"], held["gates"], held["c"]
        dh, dc = sequence.output_gradient(self, params, dy, h), params.array("dc", h.shape)
        dz, rows = params.array("dz", z.shape), held["rows"]
        back, part = sequence.transposed(params), held["product"]
        ways, show = params.array("ways", z.shape), params.array("show", h.shape)
        for span in spans(steps, 4 * n * u):
            # What dc_t and dh_t are multiplied by on their way to dz_t, for many t at once:
            # g sigma'(z_i), c_{t-1} sigma'(z_f), i tanh'(z_g), and s sigma'(z_o)
            at = slice(span.start, span.stop)
            slope(self.sigma, z[at], gates[at], ways[at])
            slope(self.f, z[at, 2], gates[at, 2], ways[at, 2])
            for gate, factor in enumerate((gates[at, 2], c_before[at], gates[at, 0], s[at])):
                ways[at, gate] *= factor
            # ... and dh_t to dc_t: o tanh'(c_t)
            slope(self.f, c[at], s[at], show[at])
            show[at] *= gates[at, 3]
            for t in reversed(span):
                if t < steps - 1:
                    # dh_t = dy_t + dz_{t+1} R^T
                    dh[t] += np.dot(rows[t + 1], back, part)
                # dc_t = dh_t o tanh'(c_t) + dc_{t+1} f_{t+1}
                np.multiply(dh[t], show[t], dc[t])
                if t < steps - 1:
                    dc[t] += np.multiply(dc[t + 1], gates[t + 1, 1], part)
                # dz = (dc_t g sigma'(z_i), dc_t c_{t-1} sigma'(z_f), dc_t i tanh'(z_g), ...
                np.multiply(dc[t], ways[t, :3], dz[t, :3])
                # ... dh_t s sigma'(z_o))
                np.multiply(dh[t], ways[t, 3], dz[t, 3])
                by_gate(rows[t], u)[...] = dz[t]
        params.kept |= {"dh": swapped(dh), "dc": swapped(dc), "dz": samples_first(dz)}
        grads = sequence.weight_gradients(params, rows)
        if not params.wants_dx:
            return UNREAD, grads
        # dx_t = dz_t W^T
        return sequence.input_gradient(self, params, rows.reshape(-1, 4 * u), n), grads

    def forward_steps(self) -> tuple[Step, ...]:
        return lstm_equations.forward_steps(self)

    def backward_steps(self) -> tuple[Step, ...]:
        return lstm_equations.backward_steps(self)


LAYERS.add("LSTM", LSTM)
