"""An LSTM's two passes as equations, each with the NumPy line that computes it."""

from nn_core.activations import ACTIVATIONS
from nn_core.layers import recurrence
from nn_core.layers.base import Step
from nn_core.layers.sequence import Gated


def forward_steps(layer: Gated) -> tuple[Step, ...]:
    """z, the gates i, f, g, o, the memory c and what it shows, h."""
    gate, f = layer.recurrent_activation, layer.activation
    memory = r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"
    inputs, line = ("f", "c_0", "c", "i", "g"), "c = f * before(c_0, c) + i * g"
    return (
        recurrence.affine_step(layer, 4),
        recurrence.function_step("i", gate, "z", "i", 0),
        recurrence.function_step("f", gate, "z", "f", 1),
        recurrence.function_step("g", f, "z", "g", 2),
        recurrence.function_step("o", gate, "z", "o", 3),
        Step("c", "c_t = f_t c_(t-1) + i_t g_t", memory, inputs, line),
        recurrence.function_step("s", f, "c"),
        Step("h", "h_t = o_t s_t", r"h_t = o_t \odot s_t", ("o", "s"), "h = o * s"),
        recurrence.output_step(layer),
    )


def backward_steps(layer: Gated) -> tuple[Step, ...]:
    """dh and dc from the last step to the first, dz of the four gates, then the weights."""
    gate, f = layer.recurrent_activation, layer.activation
    d = r"\mathrm{d}"
    dc = f"dc_t = dh_t o_t {f}'(c_t) + dc_(t+1) f_(t+1)"
    dc_latex = rf"{d}c_t = {d}h_t o_t f'(c_t) + {d}c_{{t+1}} f_{{t+1}}"
    shown = slope(f, "dh * o", "c", "s")
    dz = (
        f"dz_t = (dc_t g_t {gate}'(z_i), dc_t c_(t-1) {gate}'(z_f), "
        f"dc_t i_t {f}'(z_g), dh_t s_t {gate}'(z_o))"
    )
    dz_latex = (
        rf"{d}z_t = ({d}c_t g_t \sigma'(z_i), {d}c_t c_{{t-1}} \sigma'(z_f),"
        rf" {d}c_t i_t f'(z_g), {d}h_t s_t \sigma'(z_o))"
    )
    parts = (
        slope(gate, "dc * g", "z[:, :, 0]", "i"),
        slope(gate, "dc * before(c_0, c)", "z[:, :, 1]", "f"),
        slope(f, "dc * i", "z[:, :, 2]", "g"),
        slope(gate, "dh * s", "z[:, :, 3]", "o"),
    )
    back = "after(flat(dz)) @ recurrent_kernel.T"
    return (
        recurrence.back_through_time(layer, "dz", back),
        Step("dc", dc, dc_latex, ("dh", "o", "c", "s", "dc", "f"), f"dc = {shown} + after(dc * f)"),
        Step("dz", dz, dz_latex, (*"zifgocs", "c_0", "dc", "dh"), stacked("dz", parts)),
        *recurrence.weight_steps(
            layer, "dz", "flat(dz)", recurrence.recurrent_step("dz", "flat(dz)")
        ),
    )


def slope(function: str, da: str, z: str, a: str) -> str:
    """da f'(z) as NumPy."""
    return ACTIVATIONS.get(function).backward_numpy.format(da=da, z=z, a=a)


def stacked(name: str, parts: tuple[str, ...]) -> str:
    """name = np.stack([...], axis=2), a gate a line."""
    return f"{name} = np.stack([\n" + "".join(f"    {part},\n" for part in parts) + "], axis=2)"
