"""The two places at which a GRU's gate r can reset h: after the product with R_g, or before it.

q_g is what h contributes to the candidate g. All arrays are those of one time step: (N, U).
"""

from typing import Protocol

import numpy as np

from nn_core.arrays import Array
from nn_core.layers import recurrence
from nn_core.layers.base import Grads, Step
from nn_core.layers.parameters import Parameters


class Reset(Protocol):
    """How r and h enter the candidate."""

    dr: str
    # dr as NumPy, {dg} standing for dm_g, and what it reads besides the gates.
    dr_line: str
    dr_inputs: tuple[str, ...]
    # What goes back to h besides dq R^T and dh z, as NumPy.
    more_line: str
    more_inputs: tuple[str, ...]
    dq_step: Step

    def steps(self, use_bias: bool, x: str) -> tuple[Step, Step]:
        """q, what h says, and m, what input and h say together; x: the input as a line has it."""
        ...

    def weight_steps(self) -> tuple[Step, Step]:
        """dR and db."""
        ...

    def biases(self, bias: Array) -> tuple[Array | int, Array | int]:
        """(b added to x W, b_r added to h R)."""
        ...

    def forward(self, r: Array, h: Array, q: Array, kernel: Array, out: Array) -> Array:
        """What to add to x W + b. kernel: R_g (U, U); q: (N, U) holds h R_g + b_r."""
        ...

    def backward(
        self, dg: Array, r: Array, h: Array, q: Array, kernel: Array, dr: Array, dq: Array
    ) -> Array | int:
        """Writes dr and dq (what goes back through h R), and returns what goes to h besides."""
        ...

    def weight_gradients(
        self, params: Parameters, h: Array, r: Array, dm: Array, dq: Array
    ) -> Grads:
        """dR and db for all time steps: rows of (T N, ...)."""
        ...


class ResetAfter:
    """m_g = x W_g + b + r * q_g, q_g = h R_g + b_r: Keras's default, one product for all of h R."""

    dr = "dr_t = dm_g q_g"
    dr_line = "{dg} * q[:, :, 2]"
    dr_inputs: tuple[str, ...] = ()
    more_line = ""
    more_inputs: tuple[str, ...] = ()
    dq_step = Step(
        "dq",
        "dq_t = (dm_z, dm_r, dm_g r_t)",
        r"\mathrm{d}q_t = (\mathrm{d}m_z, \mathrm{d}m_r, \mathrm{d}m_g \odot r_t)",
        ("dm", "r"),
        "dq = np.stack([dm[:, :, 0], dm[:, :, 1], dm[:, :, 2] * r], axis=2)",
    )

    def steps(self, use_bias: bool, x: str) -> tuple[Step, Step]:
        b, bias, plus = (" + b_r", ("bias",), " + bias[1]") if use_bias else ("", (), "")
        inputs = ("h_0", "h", "recurrent_kernel", *bias)
        line = f"q = gates(before(h_0, h) @ recurrent_kernel{plus}, 3)"
        q = Step("q", f"q_t = h_(t-1) R{b}", f"q_t = h_{{t-1}} R{b}", inputs, line)
        own = f"{x} @ kernel{' + bias[0]' * use_bias}"
        return q, joined(use_bias, "r_t q_g", r"r_t \odot q_g", own, "r * q[:, :, 2]")

    def weight_steps(self) -> tuple[Step, Step]:
        dbias = Step(
            "dbias",
            "db = sum_t (dm_t, dq_t)",
            r"\mathrm{d}b = \sum_t (\mathrm{d}m_t, \mathrm{d}q_t)",
            ("dm", "dq"),
            "dbias = np.stack([flat(dm).sum((0, 1)), flat(dq).sum((0, 1))])",
        )
        return recurrence.recurrent_step("dq", "flat(dq)"), dbias

    def biases(self, bias: Array) -> tuple[Array | int, Array | int]:
        return bias[0], bias[1]

    def forward(self, r: Array, h: Array, q: Array, kernel: Array, out: Array) -> Array:
        return np.multiply(r, q, out)

    def backward(
        self, dg: Array, r: Array, h: Array, q: Array, kernel: Array, dr: Array, dq: Array
    ) -> Array | int:
        np.multiply(dg, q, dr)
        np.multiply(dg, r, dq)
        return 0

    def weight_gradients(
        self, params: Parameters, h: Array, r: Array, dm: Array, dq: Array
    ) -> Grads:
        grads = params.gradients
        np.dot(h.T, dq, grads["recurrent_kernel"])
        if "bias" in grads:
            np.add.reduce(dm, axis=0, out=grads["bias"][0])
            np.add.reduce(dq, axis=0, out=grads["bias"][1])
        return grads


class ResetBefore:
    """m_g = x W_g + b + q_g, q_g = (r * h) R_g: the form of the paper (Cho et al., 2014)."""

    dr = "dr_t = (dm_g R_g^T) h_(t-1)"
    dr_line = "({dg} @ recurrent_kernel[:, -r.shape[2] :].T) * before(h_0, h)"
    dr_inputs: tuple[str, ...] = ("recurrent_kernel",)
    more_line = " + r * (dm[:, :, 2] @ recurrent_kernel[:, -r.shape[2] :].T)"
    more_inputs: tuple[str, ...] = ("r", "dm")
    dq_step = Step(
        "dq",
        "dq_t = (dm_z, dm_r, 0); r_t (dm_g R_g^T) goes to h_(t-1) besides",
        r"\mathrm{d}q_t = (\mathrm{d}m_z, \mathrm{d}m_r, 0)",
        ("dm", "r"),
        "dq = np.stack([dm[:, :, 0], dm[:, :, 1], 0 * r], axis=2)",
    )

    def steps(self, use_bias: bool, x: str) -> tuple[Step, Step]:
        q = Step(
            "q",
            "q_t = (h_(t-1) R_zr, (r_t h_(t-1)) R_g)",
            r"q_t = (h_{t-1} R_{zr}, (r_t \odot h_{t-1}) R_g)",
            ("h_0", "h", "r", "recurrent_kernel"),
            "q = gates(before(h_0, h) @ recurrent_kernel, 3)\n"
            "q[:, :, 2] = (r * before(h_0, h)) @ recurrent_kernel[:, -r.shape[2] :]",
        )
        own = f"{x} @ kernel{' + bias' * use_bias}"
        return q, joined(use_bias, "q_g", "q_g", own, "q[:, :, 2]")

    def weight_steps(self) -> tuple[Step, Step]:
        d = r"\mathrm{d}"
        drecurrent = Step(
            "drecurrent_kernel",
            "dR = sum_t (h_(t-1)^T dm_zr, (r_t h_(t-1))^T dm_g)",
            rf"{d}R = \sum_t (h_{{t-1}}^\top {d}m_{{zr}}, (r_t \odot h_{{t-1}})^\top {d}m_g)",
            ("h_0", "h", "r", "dm"),
            "left = np.stack([before(h_0, h), before(h_0, h), r * before(h_0, h)], axis=2)\n"
            'drecurrent_kernel = flat(np.einsum("ntgi,ntgj->igj", left, dm))',
        )
        latex, line = rf"{d}b = \sum_t {d}m_t", "dbias = flat(dm).sum((0, 1))"
        return drecurrent, Step("dbias", "db = sum_t dm_t", latex, ("dm",), line)

    def biases(self, bias: Array) -> tuple[Array | int, Array | int]:
        return bias, 0

    def forward(self, r: Array, h: Array, q: Array, kernel: Array, out: Array) -> Array:
        q[...] = np.multiply(r, h, out) @ kernel
        return q

    def backward(
        self, dg: Array, r: Array, h: Array, q: Array, kernel: Array, dr: Array, dq: Array
    ) -> Array | int:
        # d(r h) = dm_g R_g^T, which goes on to r and to h
        drh = dg @ kernel.T
        np.multiply(drh, h, dr)
        dq[...] = 0
        return np.multiply(drh, r, drh)

    def weight_gradients(
        self, params: Parameters, h: Array, r: Array, dm: Array, dq: Array
    ) -> Grads:
        grads, u = params.gradients, h.shape[1]
        np.dot(h.T, dm, grads["recurrent_kernel"])
        grads["recurrent_kernel"][:, 2 * u :] = (r * h).T @ dm[:, 2 * u :]
        if "bias" in grads:
            np.add.reduce(dm, axis=0, out=grads["bias"])
        return grads


def joined(use_bias: bool, term: str, latex: str, own: str, last: str) -> Step:
    """m: what the input says and what h says, together; own, last: the terms as NumPy."""
    b, bias = (" + b", ("bias",)) if use_bias else ("", ())
    return Step(
        "m",
        f"m_t = x_t W{b} + (q_z, q_r, {term})",
        f"m_t = x_t W{b} + (q_z, q_r, {latex})",
        ("x", "kernel", *bias, "q", "r"),
        f"m = gates({own}, 3)\nm = m + np.stack([q[:, :, 0], q[:, :, 1], {last}], axis=2)",
    )
