"""GRU: one state h, a gate that lets it change and a gate that lets it be read."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from nn_core.activations import ACTIVATIONS, Activation
from nn_core.arrays import Array, Shape
from nn_core.initializers import Initializer
from nn_core.layers import gru_equations, sequence
from nn_core.layers.base import LAYERS, UNREAD, Grads, Layer, State, Step, Weight
from nn_core.layers.gates import apply, apply_slope, by_gate, samples_first
from nn_core.layers.parameters import Parameters
from nn_core.layers.reset import Reset, ResetAfter, ResetBefore
from nn_core.layers.sequence import swapped
from nn_core.regularizers import Regularizer


class GRUCache(NamedTuple):
    """x: (N, T, D), h_0: (N, U), q, m: (N, T, 3, U), z, r, g, h: (N, T, U), y: as h."""

    x: Array
    h_0: Array
    q: Array
    m: Array
    z: Array
    r: Array
    g: Array
    h: Array
    y: Array


@dataclass(frozen=True)
class GRU(Layer):
    """h_t = z h_{t-1} + (1 - z) g, z and r behind sigmoid, g behind tanh, in Keras's order z, r, h.

    q_t = h_{t-1} R + b_r, m_t = x_t W + b + (q_z, q_r, r q_g). With reset_after=False there is no
    b_r, and q_g = (r h_{t-1}) R_g enters m as it is. x: (N, T, D) -> y: (N, U) or (N, T, U).
    Source: keras.layers.GRU (Cho et al., 2014).
    """

    units: int
    activation: str = "tanh"
    recurrent_activation: str = "sigmoid"
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
    reset_after: bool = True

    keras_class: ClassVar[str] = "GRU"

    def __post_init__(self) -> None:
        sequence.check(self)
        _ = self.f, self.sigma

    @cached_property
    def f(self) -> Activation:
        """What the candidate g goes through."""
        return ACTIVATIONS.get(self.activation)

    @cached_property
    def sigma(self) -> Activation:
        """What the gates z and r go through."""
        return ACTIVATIONS.get(self.recurrent_activation)

    @cached_property
    def reset(self) -> Reset:
        """Where r resets h."""
        return ResetAfter() if self.reset_after else ResetBefore()

    def weights(self, input_shape: Shape) -> list[Weight]:
        """kernel (D, 3 U), recurrent_kernel (U, 3 U), bias (2, 3 U): b and b_r, or (3 U,): b."""
        bias = (2, 3 * self.units) if self.reset_after else (3 * self.units,)
        return sequence.weights(self, input_shape, 3, bias, self.bias_initializer)

    def output_shape(self, input_shape: Shape) -> Shape:
        return sequence.output_shape(self, input_shape)

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, GRUCache]:
        """x: (N, T, D) -> y: (N, U) or (N, T, U)."""
        (n, steps, _), u = x.shape, self.units
        # m_t = x_t W + b, for all t at once; then each gate in one piece
        rows = params.array("rows", (steps, n, 3 * u))
        x_t = sequence.time_major(self, params, x)
        np.dot(x_t, params["kernel"], rows.reshape(-1, 3 * u))
        b, b_r = self.reset.biases(params["bias"]) if self.use_bias else (0, 0)
        rows += b
        shape = (steps, 3, n, u)
        m, q, gates = (
            params.array("m", shape),
            params.array("q", shape),
            params.array("gates", shape),
        )
        m[...] = by_gate(rows, u)
        h, recurrent = params.array("h", (steps + 1, n, u)), params["recurrent_kernel"]
        part, product = params.array("part", (n, 3 * u)), params.array("product", (n, u))
        last = recurrent[:, 2 * u :]
        sequence.start(self, state, "h", h[0])
        for t in range(steps):
            z, r, g = gates[t]
            # q_t = h_{t-1} R + b_r
            np.dot(h[t], recurrent, part)
            q[t] = by_gate(np.add(part, b_r, part), u)
            # z_t, r_t = sigma(m_z + q_z, m_r + q_r)
            m[t, :2] += q[t, :2]
            apply(self.sigma, m[t, :2], gates[t, :2])
            # g_t = tanh(m_g + r_t q_g)
            m[t, 2] += self.reset.forward(r, h[t], q[t, 2], last, product)
            apply(self.f, m[t, 2], g)
            # h_t = z_t h_{t-1} + (1 - z_t) g_t = g_t + z_t (h_{t-1} - g_t)
            np.multiply(z, np.subtract(h[t], g, product), product)
            np.add(g, product, h[t + 1])
        y = sequence.output(self, h[1:])
        kept = map(swapped, (*gates.swapaxes(0, 1), h[1:]))
        state = sequence.carried(self, state, h=h[-1])
        return y, state, GRUCache(x, h[0], samples_first(q), samples_first(m), *kept, y=y)

    def backward(self, params: Parameters, dy: Array, cache: GRUCache) -> tuple[Array, Grads]:
        """dy: (N, U) or (N, T, U) -> dx: (N, T, D), and the gradients of all weights."""
        h, held, recurrent = swapped(cache.h), params.arrays, params["recurrent_kernel"]
        (steps, n, u), m, q, gates = h.shape, held["m"], held["q"], held["gates"]
        dh, before = sequence.output_gradient(self, params, dy, h), held["h"]
        dm, dq = params.array("dm", m.shape), params.array("dq", m.shape)
        rows, dq_rows = held["rows"], params.array("dq_rows", held["rows"].shape)
        back = sequence.transposed(params)
        da, part, last = params.array("da", (2, n, u)), held["product"], recurrent[:, 2 * u :]
        for t in range(steps - 1, -1, -1):
            z, r, g = gates[t]
            # dm_g = dh_t (1 - z_t) tanh'(m_g)
            np.multiply(dh[t], np.subtract(1, z, part), part)
            apply_slope(self.f, part, m[t, 2], g, dm[t, 2])
            # dr = dm_g q_g, dq_g = dm_g r_t; dz = dh_t (h_{t-1} - g_t)
            more = self.reset.backward(dm[t, 2], r, before[t], q[t, 2], last, da[1], dq[t, 2])
            np.multiply(dh[t], np.subtract(before[t], g, part), da[0])
            # dm_z, dm_r = dq_z, dq_r = dz sigma'(m_z), dr sigma'(m_r)
            apply_slope(self.sigma, da, m[t, :2], gates[t, :2], dm[t, :2])
            dq[t, :2] = dm[t, :2]
            by_gate(dq_rows[t], u)[...] = dq[t]
            if t > 0:
                # dh_{t-1} = dy_{t-1} + dh_t z_t + dq_t R^T
                dh[t - 1] += np.multiply(dh[t], z, part)
                dh[t - 1] += np.dot(dq_rows[t], back, part)
                dh[t - 1] += more
        params.kept |= {"dh": swapped(dh), "dm": samples_first(dm), "dq": samples_first(dq)}
        by_gate(rows, u)[...] = dm
        dm, dq, r = rows.reshape(-1, 3 * u), dq_rows.reshape(-1, 3 * u), gates[:, 1].reshape(-1, u)
        # dW = sum_t x_t^T dm_t, dR = sum_t h_{t-1}^T dq_t
        np.dot(held["x_t"].reshape(len(dm), -1).T, dm, params.gradients["kernel"])
        grads = self.reset.weight_gradients(params, before[:-1].reshape(-1, u), r, dm, dq)
        if not params.wants_dx:
            return UNREAD, grads
        # dx_t = dm_t W^T
        return sequence.input_gradient(self, params, dm, n), grads

    def forward_steps(self) -> tuple[Step, ...]:
        return gru_equations.forward_steps(self, self.reset)

    def backward_steps(self) -> tuple[Step, ...]:
        return gru_equations.backward_steps(self, self.reset)


LAYERS.add("GRU", GRU)
