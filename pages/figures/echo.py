"""What one recurrent unit keeps of a click, as a figure."""

import plotly.graph_objects as go

from nn_core.arrays import Array
from pages.figures.shop import BLUE, ORANGE, laid_out


def fading(h: Array) -> go.Figure:
    """h: (T,) -> a bar a step, blue above 0 and orange below."""
    steps = list(range(1, len(h) + 1))
    figure = go.Figure()
    figure.add_bar(
        x=steps, y=h, marker={"color": [BLUE if value >= 0 else ORANGE for value in h]},
        hovertemplate="step %{x}: %{y:.4g}<extra></extra>",
    )  # fmt: skip
    alt = f"The state h over {len(h)} steps: {h[0]:.3g} at first, {h[-1]:.3g} at the end."
    laid_out(figure, f"h after {len(h)} steps: {h[-1]:.3g}", alt, 330)
    return figure.update_layout(xaxis_title="step t", yaxis_title="h")
