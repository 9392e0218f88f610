"""A GRU's two passes as equations, each with the NumPy line that computes it."""

from nn_core.layers import recurrence
from nn_core.layers.base import Step
from nn_core.layers.lstm_equations import slope, stacked
from nn_core.layers.reset import Reset
from nn_core.layers.sequence import Gated


def forward_steps(layer: Gated, reset: Reset) -> tuple[Step, ...]:
    """q and m, what h and x say, the gates z, r, g, and h."""
    gate = layer.recurrent_activation
    latex = r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot g_t"
    h, line = "h_t = z_t h_(t-1) + (1 - z_t) g_t", "h = z * before(h_0, h) + (1 - z) * g"
    return (
        *reset.steps(layer.use_bias, recurrence.read(layer)),
        recurrence.function_step("z", gate, "m", "z", 0),
        recurrence.function_step("r", gate, "m", "r", 1),
        recurrence.function_step("g", layer.activation, "m", "g", 2),
        Step("h", h, latex, ("z", "h_0", "h", "g"), line),
        recurrence.output_step(layer),
    )


def backward_steps(layer: Gated, reset: Reset) -> tuple[Step, ...]:
    """dh from the last step to the first, dm of the three gates, dq, then the weights."""
    s, f, d = layer.recurrent_activation, layer.activation, r"\mathrm{d}"
    dm = f"dm_t = (dh_t (h_(t-1) - g_t) {s}'(m_z), dr_t {s}'(m_r), dh_t (1 - z_t) {f}'(m_g))"
    latex = (
        rf"{d}m_t = ({d}h_t (h_{{t-1}} - g_t) \sigma'(m_z), "
        rf"{d}r_t \sigma'(m_r), {d}h_t (1 - z_t) f'(m_g))"
    )
    new = slope(f, "dh * (1 - z)", "m[:, :, 2]", "g")
    parts = (
        slope(s, "dh * (before(h_0, h) - g)", "m[:, :, 0]", "z"),
        slope(s, reset.dr_line.format(dg="dm_g"), "m[:, :, 1]", "r"),
        "dm_g",
    )
    inputs = ("dh", "m", "q", "z", "r", "g", "h_0", "h", *reset.dr_inputs)
    back = f"after(flat(dq) @ recurrent_kernel.T + dh * z{reset.more_line})"
    return (
        recurrence.back_through_time(
            layer, "dq", back, ("dh_(t+1) z_(t+1)",), ("dh", "z", *reset.more_inputs)
        ),
        Step("dm", f"{dm}, {reset.dr}", latex, inputs, f"dm_g = {new}\n{stacked('dm', parts)}"),
        reset.dq_step,
        *recurrence.weight_steps(layer, "dm", "flat(dm)", *reset.weight_steps()),
    )
