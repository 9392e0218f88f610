"""The chain rule as a picture: values to the right, derivatives of the loss to the left."""

from collections.abc import Sequence

import plotly.graph_objects as go

from nn_core.course.chain import Link
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out

# Gradients are purple below zero and green above, as on the stage.
FALLS, RISES = "#9a5bb8", "#3c9a5f"
VALUES, BACK = 1.0, 0.0
# From the middle of a box to where an arrow begins or ends.
HALF = 0.3


def chain_figure(links: Sequence[Link]) -> go.Figure:
    """A column a place of the path: its value above, dL/d(place) below, the slopes between."""
    figure = go.Figure()
    for at, link in enumerate(links):
        box(figure, at, VALUES, link.name, link.value, (ORANGE, BLUE))
        box(figure, at, BACK, f"dL/d{link.name}", link.gradient, (FALLS, RISES))
        if at:
            arrow(figure, at - 1, at, VALUES, link.forward)
            arrow(figure, at, at - 1, BACK, f"· {link.slope}<br>= {link.factor:.3g}")
    alt = "Forward: " + ", ".join(f"{link.name} {link.value:.3g}" for link in links) + ". Back: "
    alt += ", ".join(f"dL/d{link.name} {link.gradient:.3g}" for link in links[::-1]) + "."
    laid_out(figure, "Values go forward, slopes come back", alt, 290)
    figure.update_xaxes(visible=False, range=[-0.45, len(links) - 0.55])
    figure.update_yaxes(visible=False, range=[-0.4, 1.4])
    return figure.update_layout(showlegend=False)


def box(
    figure: go.Figure, x: float, y: float, name: str, value: float, signs: tuple[str, str]
) -> None:
    """Name and value in a frame, coloured by the sign."""
    colour = GREY if value == 0 else signs[value > 0]
    figure.add_annotation(
        x=x, y=y, text=f"{name}<br><b>{value:.3g}</b>", showarrow=False, font={"size": 15},
        bordercolor=colour, borderwidth=2, borderpad=6, width=56,
    )  # fmt: skip


def arrow(figure: go.Figure, start: int, end: int, y: float, said: str) -> None:
    """From column to column, with what happens on the way above it."""
    gap = HALF if end > start else -HALF
    figure.add_annotation(
        x=end - gap, y=y, ax=start + gap, ay=y, xref="x", yref="y", axref="x", ayref="y",
        text="", showarrow=True, arrowhead=2, arrowwidth=2, arrowcolor=GREY,
    )  # fmt: skip
    figure.add_annotation(
        x=(start + end) / 2, y=y + 0.06, text=said, showarrow=False, font={"size": 13},
        yanchor="bottom",
    )  # fmt: skip
