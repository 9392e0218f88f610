"""Figures of the judgement: customers of 100, models side by side, differences, groups."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from nn_core.recommender.models.base import bracketed
from pages.figures.shop import BLUE, GREY, ORANGE, laid_out

# Orange, grey, blue: sign, as everywhere; light enough for dark letters on them in both themes.
SIGNED = [[0.0, "#f0a860"], [0.5, "#e4e7ec"], [1.0, "#86b4ee"]]
LETTERS = "#1b2430"
PALE, DARKER = "#b4bcc8", "#6b7480"
NARROW = 9
TOO_FEW = "too<br>few"


def broken(label: str) -> str:
    """A long label on two lines, cut where it explains itself."""
    return label.replace(" (", "<br>(").replace(", ", ",<br>", 1)


def customers_of_100(rows: Sequence[Mapping[str, Any]], asked: str) -> go.Figure:
    """Rows of `label`, `value`, `low`, `high` (of 100 customers), `simple` -> two bars or so."""
    figure = go.Figure(
        go.Bar(
            y=[f"{broken(row['label'])}: <b>{row['value']:.0f}</b>" for row in rows][::-1],
            x=[row["value"] for row in rows][::-1],
            orientation="h",
            marker={"color": [PALE if row["simple"] else BLUE for row in rows][::-1]},
            error_x=whiskers(rows[::-1], "value") | {"color": DARKER},
            hovertemplate="%{x:.1f} of 100<extra></extra>",
        )
    )
    said = "; ".join(f"{row['label']}: {row['value']:.0f}" for row in rows)
    title = "Customers of 100 with a right product"
    laid_out(figure, title, f"Customers of 100 who got {asked}. {said}.", 106 + 44 * len(rows))
    return figure.update_layout(
        margin={"r": 26},  # the last number of the axis stands half outside of it
        xaxis={"range": [0, 100], "title": "of 100 customers"},
        yaxis={"automargin": True, "ticksuffix": "  "},
        showlegend=False,
    )


def whiskers(rows: Sequence[Mapping[str, Any]], middle: str) -> dict[str, Any]:
    """From the middle to the ends of each interval; nothing where there is none."""
    known = [row["low"] is not None for row in rows]
    return {
        "type": "data",
        "symmetric": False,
        "array": [row["high"] - row[middle] if there else 0 for row, there in zip(rows, known)],
        "arrayminus": [row[middle] - row["low"] if there else 0 for row, there in zip(rows, known)],
        "color": GREY,
        "thickness": 1.5,
        "width": 5,
    }


def models(rows: Sequence[Mapping[str, Any]], title: str) -> go.Figure:
    """Rows of `label`, `value`, `low`, `high`, `simple`, the first on top -> a point a model."""
    shown = [row for row in rows if row["value"] is not None][::-1]
    figure = go.Figure(
        go.Scatter(
            y=[broken(row["label"]) for row in shown],
            x=[row["value"] for row in shown],
            mode="markers+text",
            marker={
                "size": 12,
                "color": [GREY if row["simple"] else BLUE for row in shown],
                "symbol": ["diamond" if row["simple"] else "circle" for row in shown],
            },
            error_x=whiskers(shown, "value"),
            text=[f"{row['value']:.3g}" for row in shown],
            textposition="top center",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.4f}<extra></extra>",
        )
    )
    best = max(shown, key=lambda row: row["value"])
    alt = f"{title}; the highest is {best['label']} with {best['value']:.3g}."
    laid_out(figure, title, alt, 120 + 46 * len(shown))
    high = max(row["high"] or row["value"] for row in shown)
    return figure.update_layout(
        xaxis={"range": [min(0, *(row["value"] for row in shown)), 1.12 * high or 1]},
        yaxis={"automargin": True, "ticksuffix": "  ", "range": [-0.6, len(shown) - 0.3]},
        showlegend=False,
    )


def forest(rows: Sequence[Mapping[str, Any]], against: str, unit: str) -> go.Figure:
    """Rows of `label`, `mean`, `low`, `high`, `clear` -> each difference with its interval."""
    ordered = sorted(rows, key=lambda row: row["mean"])
    figure = go.Figure()
    for clear, colour, symbol, name in (
        (True, BLUE, "circle", "clear: zero lies outside"),
        (False, ORANGE, "circle-open", "chance could have done it"),
    ):
        part = [row for row in ordered if row["clear"] == clear]
        figure.add_scatter(
            y=[bracketed(row["label"]) for row in part], x=[row["mean"] for row in part],
            mode="markers", name=name, marker={"size": 11, "color": colour, "symbol": symbol},
            error_x=whiskers(part, "mean") | {"color": colour},
            customdata=[[row["low"], row["high"]] for row in part],
            hovertemplate="%{y}: %{x:+.4f}, from %{customdata[0]:+.4f} to %{customdata[1]:+.4f}"
            "<extra></extra>",
        )  # fmt: skip
    said = "; ".join(
        f"{row['label']} {row['mean']:+.3f} ({row['low']:.3f} to {row['high']:.3f})"
        for row in ordered[::-1]
    )
    laid_out(
        figure, f"Difference to: {against}", f"{unit}. {said}.", 150 + 34 * len(rows)
    ).add_vline(x=0, line={"color": GREY, "width": 1.5, "dash": "dot"})
    return figure.update_layout(
        xaxis={"title": unit, "zeroline": False},
        yaxis={
            "automargin": True, "ticksuffix": "  ", "categoryorder": "array",
            "categoryarray": [bracketed(row["label"]) for row in ordered],
            "range": [-0.6, len(rows) - 0.4],
        },
        legend={"x": 0, "xanchor": "left", "y": -0.3 - 0.5 / len(rows), "yanchor": "top"},
    )  # fmt: skip


def groups(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]], title: str
) -> go.Figure:
    """columns: groups with `name`, `customers`, `told`. Rows: `label` and `cells`, a mapping from
    a group's name to `mean`, `difference` (None for the yardstick itself) and `clear`."""
    colour = [[cell_difference(row, column) for column in columns] for row in rows]
    text = [[cell_text(row, column) for column in columns] for row in rows]
    reach = max((abs(value) for line in colour for value in line if value is not None), default=1)
    figure = go.Figure(
        go.Heatmap(
            x=[f"{in_lines(brief(column))}<br>{column['customers']:,}" for column in columns],
            y=[bracketed(row["label"]) for row in rows],
            z=colour, text=text, texttemplate="%{text}", textfont={"color": LETTERS, "size": 13},
            colorscale=SIGNED, zmin=-reach or -1, zmax=reach or 1, xgap=3, ygap=3,
            customdata=[[cell_words(row, column) for column in columns] for row in rows],
            showscale=False,  # blue and orange are told beside it, and a bar of them takes a column
            hovertemplate="%{y}, %{x} customers<br>%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    few = [column["name"] for column in columns if not column["told"]]
    alt = f"{title}, {len(rows)} models in {len(columns)} groups; too few to say: {few or 'none'}."
    laid_out(figure, title, alt, 130 + 40 * len(rows))
    return figure.update_layout(
        yaxis={"autorange": "reversed", "automargin": True, "ticksuffix": "  "},
        xaxis={"title": "group, and the customers who judge it", "tickangle": 0},
    )


def brief(column: Mapping[str, Any]) -> str:
    """A group's name, without the column of the customers' table that stands in the title."""
    return column["name"].removeprefix(column.get("own") or "").lstrip(": ")


def in_lines(name: str) -> str:
    """A group's name as narrow as its column, text of a file as text."""
    return "<br>".join(escape(line) for line in wrap(name, NARROW))


def cell_difference(row: Mapping[str, Any], column: Mapping[str, Any]) -> float | None:
    """Zero, so grey, where nothing is told."""
    cell = row["cells"].get(column["name"])
    return cell["difference"] or 0.0 if cell else 0.0


def cell_text(row: Mapping[str, Any], column: Mapping[str, Any]) -> str:
    cell = row["cells"].get(column["name"])
    return f"{cell['mean']:.3f}{' *' if cell['clear'] else ''}" if cell else TOO_FEW


def cell_words(row: Mapping[str, Any], column: Mapping[str, Any]) -> str:
    """A cell's number with its interval, and how far it is from the yardstick."""
    cell = row["cells"].get(column["name"])
    if not cell:
        return "too few customers to say anything"
    said = f"{cell['mean']:.4f} ({cell['low']:.4f} to {cell['high']:.4f})"
    if cell["difference"] is None:
        return f"{said}<br>the yardstick itself"
    sure = "clear among all cells" if cell["clear"] else "chance could have done it"
    return f"{said}<br>{cell['difference']:+.4f} to the yardstick: {sure}"
