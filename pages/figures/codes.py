"""Figures of a code of two numbers: where digits lie in it, and what it decodes to."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages.figures.shop import BLUE, GREY, ORANGE, laid_out

Values = NDArray[np.float64]
# Ten classes: five colours that are apart for every kind of colour vision, filled and open.
COLOURS = (BLUE, ORANGE, "#2c9c78", "#b05fb5", GREY)
SHAPES = ("circle", "square", "diamond", "triangle-up", "star")


def plane(code: Values, digit: NDArray[np.intp], at: tuple[float, float]) -> go.Figure:
    """code: (N, 2), digit: (N,) -> all digits in the plane, and the place that is decoded."""
    figure = go.Figure()
    for kind in range(10):
        own = code[digit == kind]
        symbol = SHAPES[kind % 5] + ("-open" if kind >= 5 else "")
        figure.add_scatter(
            x=own[:, 0], y=own[:, 1], mode="markers", name=str(kind),
            marker={"color": COLOURS[kind % 5], "symbol": symbol, "size": 8},
        )  # fmt: skip
    figure.add_scatter(
        x=[at[0]], y=[at[1]], mode="markers", name="here", hoverinfo="skip",
        marker={"symbol": "cross-thin", "size": 22, "line": {"width": 3, "color": ORANGE}},
    )  # fmt: skip
    alt = (
        f"{len(code)} test digits in the plane of the two code numbers, by colour and shape; the "
        f"cross is at {at[0]:.2f}, {at[1]:.2f}."
    )
    laid_out(figure, "", alt, 400)
    figure.update_layout(margin={"t": 36}, xaxis_title="first code number")
    return figure.update_yaxes(title="second code number")


def drawn(pixels: Values, title: str, said: str, height: int = 400) -> go.Figure:
    """pixels: (H, W) from 0 to 1 -> the picture, dark ink on light paper."""
    figure = go.Figure(
        go.Heatmap(
            z=pixels, zmin=0, zmax=1, showscale=False,
            colorscale=[[0, "#f4f5f8"], [1, "#16202e"]],
            hovertemplate="%{z:.2f}<extra></extra>",
        )
    )  # fmt: skip
    laid_out(figure, title, said, height)
    figure.update_xaxes(visible=False)
    return figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
