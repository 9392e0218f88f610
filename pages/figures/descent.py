"""Figures of gradient descent: how far a batch's gradient lies from the true one."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.figures.shop import BLUE, GREY, laid_out


def spread_by_size(sizes: Sequence[int], far: Sequence[float], root: Sequence[float]) -> go.Figure:
    """As many each. root: the line far[0] / sqrt(n). Both axes are logarithmic."""
    figure = go.Figure()
    figure.add_scatter(
        x=sizes, y=root, mode="lines", name="1/√n", line={"color": GREY, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=sizes, y=far, mode="markers", name="measured", marker={"color": BLUE, "size": 10},
        hovertemplate="%{x} samples: %{y:.3g}<extra></extra>",
    )  # fmt: skip
    alt = (
        f"Spread of the gradient over the batch size: {far[0]:.3g} with {sizes[0]} sample, "
        f"{far[-1]:.3g} with {sizes[-1]}; the line 1/√n ends at {root[-1]:.3g}."
    )
    laid_out(figure, "How far a batch's gradient lies from the true one", alt, 250)
    figure.update_xaxes(
        type="log",
        title="samples in a batch, n",
        tickvals=list(sizes),
        ticktext=list(map(str, sizes)),
    )
    return figure.update_yaxes(type="log", title="times the gradient's length", dtick=1)
