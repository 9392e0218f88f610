"""GRU: one state h, a gate that lets it change and a gate that lets it be read."""

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
from nn_core.layers.reset import Reset, ResetAfter, ResetBefore
from nn_core.layers.sequence import swapped
from nn_core.regularizers import Regularizer


class GRUCache(NamedTuple):
    """x: (N, T, D), h_0: (N, U), q, m: (N, T, 3 U), z, r, g, h: (N, T, U), y: as h."""

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
        # m_t = x_t W + b, for all t at once
        m, q = params.array("m", (steps, n, 3 * u)), params.array("q", (steps, n, 3 * u))
        x_t = sequence.time_major(self, params, x)
        np.dot(x_t, params["kernel"], m.reshape(-1, 3 * u))
        b, b_r = self.reset.biases(params["bias"]) if self.use_bias else (0, 0)
        m += b
        h, gates = params.array("h", (steps + 1, n, u)), params.array("gates", m.shape)
        recurrent, zr, last = params["recurrent_kernel"], slice(0, 2 * u), slice(2 * u, None)
        part, product = params.array("part", (n, 2 * u)), params.array("product", (n, u))
        sequence.start(self, state, "h", h[0])
        z, r, g = gates[..., :u], gates[..., u : 2 * u], gates[..., last]
        for t in range(steps):
            # q_t = h_{t-1} R + b_r
            np.dot(h[t], recurrent, q[t])
            q[t] += b_r
            # z_t, r_t = sigma(m_z + q_z, m_r + q_r)
            m[t, :, zr] += q[t, :, zr]
            gates[t, :, zr] = self.sigma.forward(m[t, :, zr], part)
            # g_t = tanh(m_g + r_t q_g)
            m[t, :, last] += self.reset.forward(
                r[t], h[t], q[t, :, last], recurrent[:, last], product
            )
            g[t] = self.f.forward(m[t, :, last], product)
            # h_t = z_t h_{t-1} + (1 - z_t) g_t = g_t + z_t (h_{t-1} - g_t)
            np.multiply(z[t], np.subtract(h[t], g[t], product), product)
            np.add(g[t], product, h[t + 1])
        y = sequence.output(self, h[1:])
        state = sequence.carried(self, state, h=h[-1])
        return y, state, GRUCache(x, h[0], *map(swapped, (q, m, z, r, g, h[1:])), y=y)

    def backward(self, params: Parameters, dy: Array, cache: GRUCache) -> tuple[Array, Grads]:
        """dy: (N, U) or (N, T, U) -> dx: (N, T, D), and the gradients of all weights."""
        q, m, z, r, g, h = (swapped(array) for array in cache[2:8])
        (steps, n, u), before = h.shape, params.arrays["h"]
        dh, gates = sequence.output_gradient(self, params, dy, h), params.arrays["gates"]
        dm, dq = params.array("dm", m.shape), params.array("dq", m.shape)
        da, part = params.array("part", (n, 2 * u)), params.array("product", (n, u))
        zr, last, recurrent = slice(0, 2 * u), slice(2 * u, None), params["recurrent_kernel"]
        for t in range(steps - 1, -1, -1):
            # dm_g = dh_t (1 - z_t) tanh'(m_g)
            np.multiply(dh[t], np.subtract(1, z[t], part), part)
            dm[t, :, last] = dg = self.f.backward(part, m[t, :, last], g[t])
            # dr = dm_g q_g, dq_g = dm_g r_t; dz = dh_t (h_{t-1} - g_t)
            more = self.reset.backward(
                dg, r[t], before[t], q[t, :, last], recurrent[:, last], da[:, u:], dq[t, :, last]
            )
            np.multiply(dh[t], np.subtract(before[t], g[t], part), da[:, :u])
            # dm_z, dm_r = dq_z, dq_r = dz sigma'(m_z), dr sigma'(m_r)
            dm[t, :, zr] = dq[t, :, zr] = self.sigma.backward(da, m[t, :, zr], gates[t, :, zr])
            if t > 0:
                # dh_{t-1} = dy_{t-1} + dh_t z_t + dq_t R^T
                dh[t - 1] += np.multiply(dh[t], z[t], part)
                dh[t - 1] += np.dot(dq[t], recurrent.T, part)
                dh[t - 1] += more
        params.kept |= {"dh": swapped(dh), "dm": swapped(dm), "dq": swapped(dq)}
        rows, wide = (steps * n, u), (steps * n, 3 * u)
        dm = dm.reshape(wide)
        # dW = sum_t x_t^T dm_t, dR = sum_t h_{t-1}^T dq_t
        x_t = params.arrays["x_t"].reshape(steps * n, -1)
        np.dot(x_t.T, dm, params.gradients["kernel"])
        grads = self.reset.weight_gradients(
            params, before[:-1].reshape(rows), r.reshape(rows), dm, dq.reshape(wide)
        )
        if not params.wants_dx:
            return UNREAD, grads
        # dx_t = dm_t W^T
        return sequence.input_gradient(self, params, dm, n), grads

    def forward_steps(self) -> tuple[Step, ...]:
        gate = self.recurrent_activation
        h = r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot g_t"
        return (
            *self.reset.steps(self.use_bias),
            recurrence.function_step("z", gate, "m", "z"),
            recurrence.function_step("r", gate, "m", "r"),
            recurrence.function_step("g", self.activation, "m", "g"),
            Step("h", "h_t = z_t h_(t-1) + (1 - z_t) g_t", h, ("z", "h_0", "h", "g")),
            recurrence.output_step(self),
        )

    def backward_steps(self) -> tuple[Step, ...]:
        gate, f = self.recurrent_activation, self.activation
        dm = (
            f"dm_t = (dh_t (h_(t-1) - g_t) {gate}'(m_z), dr_t {gate}'(m_r), "
            f"dh_t (1 - z_t) {f}'(m_g))"
        )
        latex = (
            r"\mathrm{d}m_t = (\mathrm{d}h_t (h_{t-1} - g_t) \sigma'(m_z), "
            r"\mathrm{d}r_t \sigma'(m_r), \mathrm{d}h_t (1 - z_t) f'(m_g))"
        )
        return (
            recurrence.back_through_time(self, "dq", "dh_(t+1) z_(t+1)"),
            Step(
                "dm", f"{dm}, {self.reset.dr}", latex, ("dh", "m", "q", "z", "r", "g", "h_0", "h")
            ),
            self.reset.dq_step,
            *recurrence.weight_steps(self, "dm", "dq"),
        )


LAYERS.add("GRU", GRU)
