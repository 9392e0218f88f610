"""Figures of the lesson on activations."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nn_core.course.activation_curves import Bend
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out


def curve_and_slope(bend: Bend, z: float, value: float, slope: float) -> go.Figure:
    """f(z) at the left with its tangent at z, f'(z) at the right, the same z marked on both."""
    figure = make_subplots(cols=2, subplot_titles=("f(z)", "its derivative"))
    for column, (y, here, colour) in enumerate(
        ((bend.value, value, BLUE), (bend.slope, slope, ORANGE)), 1
    ):
        figure.add_scatter(
            x=bend.z, y=y, mode="lines", line={"color": colour, "width": 3},
            hovertemplate="z %{x:.2f}: %{y:.3f}<extra></extra>", row=1, col=column,
        )  # fmt: skip
        figure.add_scatter(
            x=[z], y=[here], mode="markers", hoverinfo="skip",
            marker={"color": colour, "size": 14, "line": {"color": "white", "width": 2}},
            row=1, col=column,
        )  # fmt: skip
    ends = (z - 1.5, z + 1.5)
    figure.add_scatter(
        x=ends, y=[value + slope * (end - z) for end in ends], mode="lines",
        line={"color": GREY, "width": 2, "dash": "dash"}, hoverinfo="skip", row=1, col=1,
    )  # fmt: skip
    alt = (
        f"The activation {bend.name} and its derivative from z = {bend.z[0]:g} to {bend.z[-1]:g}. "
        f"At z = {z:.2f} its value is {value:.3g}, its derivative {slope:.3g}."
    )
    laid_out(figure, f"{bend.name}, and its slope", alt, 280)
    low, high = max(-6.0, float(bend.value.min())), min(6.0, float(bend.value.max()))
    figure.update_yaxes(range=[low - 0.3, high + 0.3], row=1, col=1)
    figure.update_yaxes(
        range=[min(-0.2, float(bend.slope.min())), min(1.4, max(1.1, float(bend.slope.max())))],
        col=2,
    )
    return figure.update_xaxes(title="z").update_layout(showlegend=False, margin={"t": 70})
