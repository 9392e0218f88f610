"""The figure of a file's columns: how full each is, whether it reads as its role, how varied."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.figures.shop import BLUE, GREY, ORANGE, laid_out

SHORT = 22
EMPTY = "#d5dae2"
UNUSED = "not used"
PARTS = ((BLUE, "fits its role"), (ORANGE, "does not fit it"), (EMPTY, "empty"))


def columns(facts: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> go.Figure:
    """Rows of `column`, `role`, `rows`, `filled`, `readable`, `different`, `evidence`; titles:
    {role: how people call it} -> left the cells of each column, right its different values."""
    names = [labelled(one, titles) for one in facts]
    figure = make_subplots(
        cols=2, shared_yaxes=True, column_widths=[0.62, 0.38], horizontal_spacing=0.06
    )
    for (colour, name), values in zip(PARTS, zip(*(shares(one) for one in facts))):
        figure.add_bar(
            x=values, y=names, orientation="h", name=name, marker={"color": colour},
            customdata=[[escape(one["evidence"])] for one in facts],
            hovertemplate="%{y}<br>%{x:.1%} " + name + "<br>%{customdata[0]}<extra></extra>",
            row=1, col=1,
        )  # fmt: skip
    figure.add_scatter(
        x=[max(one["different"], 1) for one in facts], y=names, mode="markers+text",
        marker={"color": [BLUE if one["role"] else GREY for one in facts], "size": 9},
        text=[f"{one['different']:,}" for one in facts], textposition="middle right",
        cliponaxis=False, showlegend=False, hovertemplate="%{y}: %{text}<extra></extra>",
        row=1, col=2,
    )  # fmt: skip
    said = "; ".join(in_words(one, titles) for one in facts)
    laid_out(figure, "What stands in each column", f"Columns of the file. {said}.", height(facts))
    figure.update_xaxes(title="share of its cells", tickformat=".0%", range=[0, 1], row=1, col=1)
    most = max((one["different"] for one in facts), default=1)
    reach = [-0.15, len(str(most)) + 0.4]
    figure.update_xaxes(title="different values", type="log", range=reach, dtick=1, row=1, col=2)
    figure.update_yaxes(autorange="reversed", automargin=True, ticksuffix="  ")
    return figure.update_layout(barmode="stack", bargap=0.35, legend={"traceorder": "normal"})


def height(facts: Sequence[Mapping[str, Any]]) -> int:
    return 150 + 30 * len(facts)


def labelled(one: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """ "<b>Customer</b>: Kundennr", text of the file as text."""
    name = one["column"]
    cut = escape(name if len(name) <= SHORT else f"{name[: SHORT - 1]}…")
    role = titles.get(one["role"] or "")
    return f"<b>{role}</b>: {cut}" if role else f"{cut} ({UNUSED})"


def shares(one: Mapping[str, Any]) -> tuple[float, float, float]:
    """Of all cells: those that fit, those filled with something else, the empty ones."""
    rows = max(one["rows"], 1)
    return (
        one["readable"] / rows,
        (one["filled"] - one["readable"]) / rows,
        1 - one["filled"] / rows,
    )


def in_words(one: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    role = titles.get(one["role"] or "", UNUSED).lower()
    fits, _, empty = shares(one)
    return (
        f"{one['column']} ({role}): {fits:.0%} of its cells fit, {empty:.0%} are empty, "
        f"{one['different']:,} different values"
    )


def second_files(joins: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Rows of `file`, `of`, `matched`, `unknown`, `unbought` -> a bar a file: the ids that both
    know, and those that one of them lacks."""
    names = [f"{escape(join['file'][:SHORT])}<br>by {join['of']}" for join in joins]
    figure = go.Figure()
    longest = max(sum(join[what] for what in ("matched", "unknown", "unbought")) for join in joins)
    for colour, what, name in (
        (BLUE, "matched", "in both files"),
        (ORANGE, "unknown", "bought, not in the second file"),
        (EMPTY, "unbought", "in the second file, never bought"),
    ):
        figure.add_bar(
            x=[join[what] for join in joins], y=names, orientation="h", name=name,
            marker={"color": colour},
            # A number wider than its part would shrink until nobody reads it.
            text=[f"{join[what]:,}" if join[what] > 0.06 * longest else "" for join in joins],
            textposition="inside", insidetextanchor="middle",
            hovertemplate="%{y}: %{x:,} " + name + "<extra></extra>",
        )  # fmt: skip
    said = " ".join(join["words"] for join in joins)
    laid_out(figure, "How the second files fit", f"Bars of ids. {said}", 170 + 50 * len(joins))
    return figure.update_layout(
        barmode="stack",
        xaxis_title="products or customers",
        yaxis={"automargin": True, "ticksuffix": "  ", "autorange": "reversed"},
        legend={
            "y": -0.3 - 0.3 / len(joins),
            "yanchor": "top",
            "x": 0,
            "xanchor": "left",
            "traceorder": "normal",
        },
    )
