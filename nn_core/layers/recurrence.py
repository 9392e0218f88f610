"""Recurrences as equations: the lines of a trace that the recurrent layers share.

Every value holds all time steps, (N, T, ...), so that the line for h_t may read h itself.
"""

from nn_core.layers.base import Step
from nn_core.layers.sequence import Recurrent


def affine_step(layer: Recurrent) -> Step:
    """z_t = x_t W + h_{t-1} R + b."""
    bias = (" + b", ("bias",)) if layer.use_bias else ("", ())
    return Step(
        "z",
        f"z_t = x_t W + h_(t-1) R{bias[0]}",
        f"z_t = x_t W + h_{{t-1}} R{bias[0]}",
        ("x", "h_0", "h", "kernel", "recurrent_kernel", *bias[1]),
    )


def output_step(layer: Recurrent) -> Step:
    """y is h at every step, or the last one."""
    if layer.return_sequences:
        return Step("y", "y_t = h_t", "y_t = h_t", ("h",))
    return Step("y", "y = h_T", "y = h_T", ("h",))


def back_through_time(layer: Recurrent, dz: str, *more: str) -> Step:
    """dL/dh_t: what the layer above says of step t, and what step t + 1 says of it."""
    above = "dy_t" if layer.return_sequences else "dy [t = T]"
    return Step(
        "dh",
        f"dh_t = {above} + {dz}_(t+1) R^T" + "".join(f" + {term}" for term in more),
        r"\mathrm{d}h_t = \mathrm{d}y_t + \frac{\partial h_{t+1}}{\partial h_t} \mathrm{d}h_{t+1}",
        ("dy", dz, "recurrent_kernel"),
    )


def weight_steps(layer: Recurrent, dz: str = "dz", dz_h: str = "dz") -> tuple[Step, ...]:
    """Gradients summed over time. dz reached x_t W + b, dz_h reached h_{t-1} R."""
    d = r"\mathrm{d}"
    dbias = Step("dbias", f"db = sum_t {dz}_t", rf"{d}b = \sum_t {d}z_t", (dz,))
    return (
        Step("dkernel", f"dW = sum_t x_t^T {dz}_t", rf"{d}W = \sum_t x_t^\top {d}z_t", ("x", dz)),
        Step(
            "drecurrent_kernel",
            f"dR = sum_t h_(t-1)^T {dz_h}_t",
            rf"{d}R = \sum_t h_{{t-1}}^\top {d}z_t",
            ("h_0", "h", dz_h),
        ),
        *((dbias,) if layer.use_bias else ()),
        Step("dx", f"dx_t = {dz}_t W^T", rf"{d}x_t = {d}z_t W^\top", (dz, "kernel")),
    )


def function_step(name: str, function: str, of: str, part: str = "") -> Step:
    """h_t = tanh(z_t), or of a part of it, i_t = sigmoid(z_(i,t))."""
    text, index = (f"({part},t)", f"{part},t") if part else ("t", "t")
    latex = rf"{name}_t = \mathrm{{{function.replace('_', '-')}}}({of}_{{{index}}})"
    return Step(name, f"{name}_t = {function}({of}_{text})", latex, (of,))
