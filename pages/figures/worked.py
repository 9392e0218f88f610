"""The figure of one customer's list: what each place is worth, and which places were right."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from pages.figures.shop import BLUE, laid_out

PALE = "#b4bcc8"
SHORT = 34


def places(
    products: Sequence[str], right: Sequence[bool], worth: Sequence[float], title: str
) -> go.Figure:
    """(k,) each: bars, the first place on top; a right product's bar counts and is blue."""
    names = [f"{rank}. {shortened(name)}" for rank, name in enumerate(products, 1)]
    figure = go.Figure()
    for hit, colour, legend in ((True, BLUE, "bought: counts"), (False, PALE, "not bought: 0")):
        shown = [place for place, one in enumerate(right) if one == hit]
        figure.add_bar(
            x=[worth[place] for place in shown], y=[names[place] for place in shown],
            orientation="h", name=legend, marker={"color": colour},
            text=[f"{worth[place]:.3f}" for place in shown], textposition="auto",
            hovertemplate="%{y}: 1 / log2(rank + 1) = %{x:.4f}<extra></extra>",
        )  # fmt: skip
    said = "; ".join(
        f"place {rank}: {worth[rank - 1]:.3f}" for rank, hit in enumerate(right, 1) if hit
    )
    laid_out(figure, title, f"{title} Right: {said or 'none'}.", 130 + 26 * len(names))
    return figure.update_layout(
        xaxis_title="what a right product is worth there: 1 / log2(rank + 1)",
        yaxis={
            "automargin": True, "ticksuffix": "  ", "categoryorder": "array",
            "categoryarray": names[::-1],
        },
        legend={"x": 0, "xanchor": "left", "y": -0.2, "yanchor": "top"},
    )  # fmt: skip


def shortened(name: str) -> str:
    return escape(name if len(name) <= SHORT else f"{name[: SHORT - 1]}…")
