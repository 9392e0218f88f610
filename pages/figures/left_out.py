"""Figure of what a shop's data held that is no goods."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from pages.figures.shop import ORANGE, laid_out

SHOWN = 12  # lines; the table beside the figure has all


def left_out(lines: Sequence[Mapping[str, Any]]) -> go.Figure:
    """A bar for each line, as long as its revenue, or its rows where no money is known."""
    money = lines[0]["money"] is not None
    what = "revenue" if money else "rows"
    ranked = sorted(lines, key=lambda line: -line["money" if money else "rows"])
    shown = ranked[:SHOWN][::-1]
    values = [line["money" if money else "rows"] for line in shown]
    bars = go.Bar(
        x=values,
        y=labels(shown),
        orientation="h",
        marker={"color": ORANGE},
        text=[f"{value:,.0f}" for value in values],
        textposition="auto",
        cliponaxis=False,
        customdata=[[line["reason"], line["rows"], escape(line["product"])] for line in shown],
        hovertemplate="%{customdata[2]}: %{x:,} " + what
        + "<br>%{customdata[0]}, %{customdata[1]:,} rows<extra></extra>",
    )  # fmt: skip
    title = f"Left out, by {what}"
    if len(ranked) > SHOWN:
        title += f": the first {SHOWN} of {len(ranked):,}"
    said = "; ".join(
        f"{line['name'] or line['product']} ({line['reason']}): "
        f"{line['money' if money else 'rows']:,} {what}"
        for line in ranked[:SHOWN]
    )
    figure = laid_out(
        go.Figure(bars),
        title,
        f"Bar chart of products that are left out. {said}.",
        max(160, 90 + 30 * len(shown)),
    )
    return figure.update_layout(
        xaxis_title=what, yaxis={"automargin": True, "ticksuffix": "  "}, showlegend=False
    )


def labels(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """A bar's name, with the id where two share it."""
    names = [line["name"] or line["product"] for line in lines]
    shared = Counter(names)
    return [
        escape(name if shared[name] == 1 else f"{name} ({line['product']})")
        for name, line in zip(names, lines)
    ]
