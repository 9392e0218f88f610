"""Figures of memory: what a recurrent unit holds of a short sequence, step by step."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nn_core.arrays import Array
from pages.figures.cells import numbered
from pages.figures.shop import BLUE, ORANGE, laid_out

# From closed to open, in the blue of positive values.
OPENING = ((0.0, "rgba(61,127,214,0.04)"), (1.0, "rgba(61,127,214,0.55)"))


def unit_in_time(
    offered: Array, gates: Mapping[str, Array], kept: Mapping[str, Array], unit: str = "day"
) -> go.Figure:
    """offered: (T,) candidates; gates, kept: names -> (T,), gates from 0 to 1. Bars of what is
    offered, a row of cells a gate, bars of each thing that is kept."""
    steps = [str(t + 1) for t in range(len(offered))]
    titles = ("g: what each step offers", "", *kept)
    heights = [1.0, 0.42 * len(gates), *[1.0] * len(kept)]
    figure = make_subplots(
        rows=2 + len(kept), shared_xaxes=True, vertical_spacing=0.075, row_heights=heights,
        subplot_titles=titles,
    )  # fmt: skip
    for row, values in ((1, offered), *enumerate(kept.values(), 3)):
        bars(figure, row, steps, values)
    names = list(gates)
    each = np.array([gates[name] for name in names])
    figure.add_heatmap(
        x=steps, y=names, z=each, zmin=0, zmax=1, colorscale=OPENING, showscale=False,
        xgap=2, ygap=2, hovertemplate=f"%{{y}}, {unit} %{{x}}: %{{z:.4f}}<extra></extra>",
        row=2, col=1,
    )  # fmt: skip
    numbered(figure, each, steps, names, (2, 1))
    figure.update_xaxes(showgrid=False, ticks="", type="category")
    figure.update_yaxes(autorange="reversed", showgrid=False, row=2, col=1)
    figure.update_xaxes(title=unit, row=2 + len(kept), col=1)
    said = "; ".join(f"{name}: {spelled(values)}" for name, values in {**gates, **kept}.items())
    laid_out(figure, "", f"Over {len(steps)} steps. Offered: {spelled(offered)}; {said}.", 430)
    figure.update_annotations(font_size=13, x=0, xanchor="left")
    return figure.update_layout(margin={"t": 24}, bargap=0.25)


def bars(figure: go.Figure, row: int, steps: Sequence[str], values: Array) -> None:
    """One signed bar a step, its number at it."""
    figure.add_bar(
        x=list(steps), y=values, text=[f"{value:.2f}" for value in values], textposition="outside",
        marker={"color": [BLUE if value >= 0 else ORANGE for value in values]},
        cliponaxis=False, showlegend=False, hovertemplate="%{x}: %{y:.4f}<extra></extra>",
        row=row, col=1,
    )  # fmt: skip
    reach = 1.45 * max(1.0, float(np.abs(values).max()))
    figure.update_yaxes(range=[-reach, reach], nticks=3, row=row, col=1)


def spelled(values: Array) -> str:
    """Numbers as words, for those who hear the picture."""
    return ", ".join(f"{value:.2f}" for value in values)
