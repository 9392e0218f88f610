"""Recurrences as equations: the lines of a trace that the recurrent layers share.

Every value holds all time steps, (N, T, ...), so that the line for h_t may read h itself.
"""

from nn_core.layers.base import Step
from nn_core.layers.sequence import Recurrent


def affine_step(layer: Recurrent, count: int = 1) -> Step:
    """z_t = x_t W + h_{t-1} R + b; count: how many gates stand side by side in it."""
    b, bias, plus = (" + b", ("bias",), " + bias") if layer.use_bias else ("", (), "")
    z = f"{read(layer)} @ kernel + before(h_0, h) @ recurrent_kernel{plus}"
    return Step(
        "z",
        f"z_t = x_t W + h_(t-1) R{b}",
        f"z_t = x_t W + h_{{t-1}} R{b}",
        ("x", "h_0", "h", "kernel", "recurrent_kernel", *bias),
        f"z = {z}" if count == 1 else f"z = gates({z}, {count})",
    )


def read(layer: Recurrent) -> str:
    """x in the order of reading, as a line has it."""
    return "x[:, ::-1]" if layer.go_backwards else "x"


def output_step(layer: Recurrent) -> Step:
    """y is h at every step, or the last one."""
    if layer.return_sequences:
        return Step("y", "y_t = h_t", "y_t = h_t", ("h",), "y = h")
    return Step("y", "y = h_T", "y = h_T", ("h",), "y = h[:, -1]")


def back_through_time(
    layer: Recurrent,
    dz: str,
    line: str,
    more: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> Step:
    """dL/dh_t: what the layer above says of step t, and what step t + 1 says of it.

    line: the second as NumPy; more and inputs: what besides dz R^T stands in it.
    """
    above = "dy_t" if layer.return_sequences else "dy [t = T]"
    lines = f"dh = dy + {line}" if layer.return_sequences else f"dh = {line}\ndh[:, -1] += dy"
    return Step(
        "dh",
        f"dh_t = {above} + {dz}_(t+1) R^T" + "".join(f" + {term}" for term in more),
        r"\mathrm{d}h_t = \mathrm{d}y_t + \frac{\partial h_{t+1}}{\partial h_t} \mathrm{d}h_{t+1}",
        ("dy", dz, "recurrent_kernel", *inputs),
        lines,
    )


def weight_steps(
    layer: Recurrent, dz: str, line: str, drecurrent: Step, dbias: Step | None = None
) -> tuple[Step, ...]:
    """Gradients summed over time. dz reached x_t W + b; line: dz as the kernel has its columns."""
    d, x = r"\mathrm{d}", read(layer)
    dbias = dbias or Step(
        "dbias",
        f"db = sum_t {dz}_t",
        rf"{d}b = \sum_t {d}z_t",
        (dz,),
        f"dbias = {line}.sum((0, 1))",
    )
    return (
        Step(
            "dkernel",
            f"dW = sum_t x_t^T {dz}_t",
            rf"{d}W = \sum_t x_t^\top {d}z_t",
            ("x", dz),
            f"dkernel = {summed(x, line)}",
        ),
        drecurrent,
        *((dbias,) if layer.use_bias else ()),
        Step(
            "dx",
            f"dx_t = {dz}_t W^T",
            rf"{d}x_t = {d}z_t W^\top",
            (dz, "kernel"),
            f"dx = {'(' * layer.go_backwards}{line} @ kernel.T{')[:, ::-1]' * layer.go_backwards}",
        ),
    )


def recurrent_step(dz: str, line: str) -> Step:
    """dR = sum_t h_{t-1}^T dz_t."""
    return Step(
        "drecurrent_kernel",
        f"dR = sum_t h_(t-1)^T {dz}_t",
        r"\mathrm{d}R = \sum_t h_{t-1}^\top \mathrm{d}z_t",
        ("h_0", "h", dz),
        f"drecurrent_kernel = {summed('before(h_0, h)', line)}",
    )


def summed(left: str, right: str) -> str:
    """sum_t left_t^T right_t as NumPy."""
    return f"np.tensordot({left}, {right}, axes=([0, 1], [0, 1]))"


def function_step(name: str, function: str, of: str, part: str = "", gate: int = 0) -> Step:
    """h_t = tanh(z_t), or of a part of it, the gate of that number: i_t = sigmoid(z_(i,t))."""
    line = f"{name} = {function}({of}{f'[:, :, {gate}]' if part else ''})"
    text, index = (f"({part},t)", f"{part},t") if part else ("t", "t")
    latex = rf"{name}_t = \mathrm{{{function.replace('_', '-')}}}({of}_{{{index}}})"
    return Step(name, f"{name}_t = {function}({of}_{text})", latex, (of,), line)
