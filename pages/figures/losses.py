"""Figures of the lesson on losses."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nn_core.course.loss_curves import LABELS, LossCurve
from pages.figures.shop import GREY, LINES, laid_out


def loss_and_gradient(curves: Sequence[LossCurve], z: float) -> go.Figure:
    """The losses over z at the left, their gradients at the right, z marked by a line."""
    figure = make_subplots(cols=2, subplot_titles=("loss", "gradient by z"))
    for place, curve in enumerate(curves):
        colour, _ = LINES[place % len(LINES)]
        dash = "solid" if place < len(LINES) else "dash"
        for column, values in enumerate((curve.loss, curve.gradient), 1):
            figure.add_scatter(
                x=curve.z, y=values, mode="lines", name=LABELS[curve.name],
                legendgroup=curve.name, showlegend=column == 1,
                line={"color": colour, "width": 3, "dash": dash},
                hovertemplate="z %{x:.1f}: %{y:.3f}<extra></extra>", row=1, col=column,
            )  # fmt: skip
    figure.add_vline(x=z, line={"color": GREY, "dash": "dot"})
    said = "; ".join(
        f"{LABELS[c.name]} from {c.loss[0]:.2f} to {c.loss[-1]:.2f}, its gradient from "
        f"{c.gradient[0]:+.2f} to {c.gradient[-1]:+.2f}"
        for c in curves
    )
    laid_out(figure, "", f"Losses over z from -6 to 6: {said}.", 300)
    below = {"y": -0.3, "yanchor": "top", "x": 0, "xanchor": "left"}
    return figure.update_xaxes(title="z").update_layout(legend=below, margin={"t": 30})
