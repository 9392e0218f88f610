"""Figures of the shop page. Every figure carries its alternative text in `layout.meta["alt"]`."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

# Blue and orange of one lightness: apart for every kind of colour vision, on light and on dark.
BLUE, ORANGE, GREY = "#3d7fd6", "#d9791a", "#8a94a3"


def laid_out(figure: go.Figure, title: str, alt: str, height: int) -> go.Figure:
    """The frame that all figures of this page share."""
    figure.update_layout(
        title={"text": title, "font": {"size": 16}, "x": 0},
        height=height,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
        meta={"alt": alt},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 1, "xanchor": "right"},
    )
    return figure


def rows_set_aside(counts: Mapping[str, int]) -> go.Figure:
    """{reason: rows} -> bars, the most frequent on top."""
    reasons, rows = list(counts)[::-1], list(counts.values())[::-1]
    bars = go.Bar(
        x=rows, y=reasons, orientation="h", marker={"color": ORANGE},
        text=[f"{count:,}" for count in rows], textposition="auto", cliponaxis=False,
        hovertemplate="%{y}: %{x:,} rows<extra></extra>",
    )  # fmt: skip
    said = "; ".join(f"{reason}: {count:,}" for reason, count in counts.items())
    figure = laid_out(
        go.Figure(bars),
        "Rows set aside, by reason",
        f"Bar chart of rows set aside. {said}.",
        90 + 34 * len(reasons),
    )
    return figure.update_layout(
        xaxis_title="rows", yaxis={"automargin": True, "ticksuffix": "  "}, showlegend=False
    )


def monthly(months: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Rows of `month`, `purchases`, `customers` -> two panels of bars over the same months."""
    titles = ("purchases", "customers who bought")
    figure = make_subplots(cols=2, subplot_titles=titles, horizontal_spacing=0.1)
    panels = (("purchases", BLUE), ("customers", ORANGE))
    for column, (what, colour) in enumerate(panels, 1):
        figure.add_bar(
            x=[f"{month['month']}-01" for month in months],
            y=[month[what] for month in months],
            hovertemplate="%{x|%B %Y}: %{y:,} " + what + "<extra></extra>",
            marker={"color": colour}, showlegend=False, row=1, col=column,
        )  # fmt: skip
    best = max(months, key=lambda month: month["purchases"])
    alt = (
        f"Purchases and customers by month, {months[0]['month']} to {months[-1]['month']}; "
        f"the most purchases, {best['purchases']:,}, in {best['month']}."
    )
    laid_out(figure, "Each month", alt, 270).update_layout(margin={"t": 64})
    return figure.update_xaxes(type="date", tickformat="%b\n%Y", nticks=8)


def learning(epochs: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Rows of `epoch`, `epochs`, `loss`, perhaps `ndcg@10` (of the validation) -> two panels."""
    figure = make_subplots(
        cols=2, subplot_titles=("training loss (cross-entropy)", "validation NDCG@10")
    )
    panels = (("loss", BLUE, "solid", 1), ("ndcg@10", ORANGE, "dash", 2))
    for name, colour, dash, column in panels:
        rows = [row for row in epochs if row.get(name) is not None]
        figure.add_scatter(
            x=[row["epoch"] for row in rows], y=[row[name] for row in rows], mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2.5}, showlegend=False,
            hovertemplate="epoch %{x}: %{y:.4f}<extra></extra>", row=1, col=column,
        )  # fmt: skip
    last = epochs[-1] if epochs else {}
    numbers = [f"{name} {last[name]:.4f}" for name, *_ in panels if last.get(name) is not None]
    said = ", ".join(numbers) or "no value yet"
    alt = f"Training of the network after {len(epochs)} epochs: {said}."
    laid_out(figure, "The network learns", alt, 260)
    total = max((int(row.get("epochs", row["epoch"])) for row in epochs), default=1)
    figure.update_xaxes(title="epoch", dtick=max(1, total // 10), range=[0.5, total + 0.5])
    figure.update_yaxes(rangemode="tozero", col=2)
    return figure.update_layout(margin={"t": 76})
