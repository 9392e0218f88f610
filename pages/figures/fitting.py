"""Figures of overfitting: the train and the test loss over the updates."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.figures.shop import BLUE, ORANGE, laid_out


def train_and_test(
    steps: Sequence[int], train: Sequence[float], test: Sequence[float], best: int
) -> go.Figure:
    """steps, train, test: as many each; best: the place of the lowest test loss, marked."""
    figure = go.Figure()
    for name, losses, colour, dash in (
        ("train", train, BLUE, "solid"),
        ("test", test, ORANGE, "dash"),
    ):
        figure.add_scatter(
            x=steps, y=losses, mode="lines", name=name,
            line={"color": colour, "width": 3, "dash": dash},
            hovertemplate="update %{x:,}: %{y:.3f}<extra>" + name + "</extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=[steps[best]], y=[test[best]], mode="markers", name="lowest test loss",
        marker={"color": ORANGE, "size": 12, "symbol": "star"},
        hovertemplate="update %{x:,}: %{y:.3f}<extra>lowest</extra>",
    )  # fmt: skip
    alt = (
        f"Loss over {steps[-1]:,} updates. Train: from {train[0]:.3g} to {train[-1]:.3g}. Test: "
        f"lowest, {test[best]:.3g}, at update {steps[best]:,}; {test[-1]:.3g} at the end."
    )
    laid_out(figure, "Train and test loss", alt, 270)
    return figure.update_layout(
        xaxis_title="updates", yaxis={"title": "loss", "rangemode": "tozero"}
    )
