"""Numbers on the cells of a map, in the ink of the page's theme, light or dark."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from nn_core.arrays import Array


def numbered(
    figure: go.Figure, values: Array, x: Sequence[Any], y: Sequence[Any], place: tuple[int, int],
    digits: int = 2, size: int = 11,
) -> None:  # fmt: skip
    """values: (rows, columns) at their y and x. A heatmap's own text is black or white by the
    cell's colour alone, which says nothing where that is nearly transparent."""
    figure.add_scatter(
        x=[column for _ in y for column in x], y=[row for row in y for _ in x],
        text=[f"{value:.{digits}f}" for value in values.ravel()], mode="text",
        textfont={"size": size}, hoverinfo="skip", showlegend=False, row=place[0], col=place[1],
    )  # fmt: skip
