"""Figures of a network looked into: an array and its gradient as two maps of the same cells."""

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.figures.shop import laid_out

VALUES = [[0.0, "#d9791a"], [0.5, "#e4e7ec"], [1.0, "#3d7fd6"]]
GRADIENTS = [[0.0, "#8a4fb0"], [0.5, "#e4e7ec"], [1.0, "#2f9a5f"]]
SHORT = 22


def maps(
    title: str,
    keras: str,
    rows: Sequence[str],
    columns: Sequence[str],
    value: Sequence[Sequence[float]],
    gradient: Sequence[Sequence[float]],
    middle: float = 0.0,
) -> go.Figure:
    """value, gradient: (R, C); keras: the array's name in Keras; middle: the value of no colour.
    The exact numbers stand under the pointer."""
    full_rows, full_columns = ([escape(name) for name in names] for names in (rows, columns))
    figure = make_subplots(
        cols=2, subplot_titles=("value", "gradient of the loss"), horizontal_spacing=0.16
    )
    for column, (name, cells, scale, pale) in enumerate(
        (("value", value, VALUES, middle), ("gradient", gradient, GRADIENTS, 0.0)), 1
    ):
        reach = max((abs(cell - pale) for row in cells for cell in row), default=0) or 1
        figure.add_heatmap(
            z=cells, zmin=pale - reach, zmax=pale + reach, colorscale=scale, xgap=1, ygap=1,
            customdata=[[[row, to] for to in full_columns] for row in full_rows],
            hovertemplate="%{customdata[0]} %{customdata[1]}: %{z}<extra>" + name + "</extra>",
            colorbar={"thickness": 9, "x": 0.425 if column == 1 else 1.0, "tickformat": ".2g"},
            row=1, col=column,
        )  # fmt: skip
    alt = f"{title} ({keras}): {said('values', value)}; {said('gradients', gradient)}."
    laid_out(figure, title, alt, max(200, 140 + 17 * len(rows) + longest(columns)))
    figure.update_layout(title_subtitle={"text": keras, "font": {"size": 12}})
    ticks: Any = {"tickmode": "array", "automargin": True}
    figure.update_xaxes(
        **ticks, tickvals=list(range(len(columns))), ticktext=short(columns), tickangle=60
    )
    figure.update_yaxes(
        **ticks, tickvals=list(range(len(rows))), ticktext=short(rows), autorange="reversed"
    )
    # The rows are the same: their names stand once, and leave room for the scale between the maps.
    figure.update_yaxes(showticklabels=False, col=2)
    return figure.update_layout(margin={"t": 84})


def said(name: str, cells: Sequence[Sequence[float]]) -> str:
    flat: list[Any] = [cell for row in cells for cell in row] or [0.0]
    return f"{name} from {min(flat):.3g} to {max(flat):.3g}"


def short(names: Sequence[str]) -> list[str]:
    """Names that have room beside a map; Plotly reads tags, and these are text."""
    return [escape(name if len(name) <= SHORT else f"{name[: SHORT - 1]}…") for name in names]


def longest(names: Sequence[str]) -> int:
    """Pixels that slanted names take below a map."""
    return 5 * min(SHORT, max((len(name) for name in names), default=0))
