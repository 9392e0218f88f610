"""Figures of a deep network: what is left of values and gradients in each layer."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.figures.shop import BLUE, laid_out

PURPLE = "#8a4fb0"


def layer_by_layer(values: Sequence[float], gradients: Sequence[float]) -> go.Figure:
    """values, gradients: of every hidden layer, the lowest first. The axis is logarithmic, so that
    a 0 has no place on it."""
    figure = go.Figure()
    layers = list(range(1, len(values) + 1))
    for name, found, colour, symbol, dash in (
        ("values a, forward", values, BLUE, "circle", "solid"),
        ("gradient ∂L/∂z, backward", gradients, PURPLE, "diamond", "dash"),
    ):
        figure.add_scatter(
            x=layers, y=[each or None for each in found], mode="lines+markers", name=name,
            line={"color": colour, "width": 2.5, "dash": dash},
            marker={"symbol": symbol, "size": 8},
            hovertemplate="layer %{x}: %{y:.2e}<extra></extra>",
        )  # fmt: skip
    alt = (
        f"Sizes in {len(values)} hidden layers. Values: {values[0]:.2g} in the first, "
        f"{values[-1]:.2g} in the last. Gradients: {gradients[0]:.2g} in the first, "
        f"{gradients[-1]:.2g} in the last."
    )
    laid_out(figure, "Sizes, layer by layer", alt, 270)
    figure.update_xaxes(title="hidden layer", dtick=1)
    return figure.update_yaxes(type="log", exponentformat="power", nticks=6)
