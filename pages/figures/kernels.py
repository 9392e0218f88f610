"""A picture, the window a kernel stands on, and the map of its sums, as one figure."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nn_core.course.kernels import SIZE, Slid
from pages.figures.cells import numbered
from pages.figures.shop import GREY, laid_out

INK = ((0.0, "rgba(61,127,214,0.03)"), (1.0, "rgba(61,127,214,0.6)"))
SIGNED = (
    (0.0, "rgba(217,121,26,0.7)"),
    (0.5, "rgba(138,148,163,0.08)"),
    (1.0, "rgba(61,127,214,0.7)"),
)


def slid(found: Slid, at: int) -> go.Figure:
    """The padded picture with the window framed; beside it the map with its cell framed."""
    rows, side = len(found.padded), found.side
    padded = " with its zeros" if rows > len(found.x) else ""
    titles = (f"picture, {rows}x{rows}{padded}", f"map, {side}x{side}")
    figure = make_subplots(cols=2, subplot_titles=titles, horizontal_spacing=0.08)
    reach = max(1.0, float(abs(found.map).max()))
    for column, values, scale, low in (
        (1, found.padded, INK, 0.0),
        (2, found.map, SIGNED, -reach),
    ):
        figure.add_heatmap(
            z=values, zmin=low, zmax=1.0 if column == 1 else reach, colorscale=scale,
            showscale=False, xgap=1, ygap=1,
            hovertemplate="row %{y}, column %{x}: %{z:.3f}<extra></extra>", row=1, col=column,
        )  # fmt: skip
        across = range(len(values))
        numbered(figure, values, across, across, (1, column), digits=1, size=9)
    row, column = found.corner(at)
    framed(figure, 1, row, column, SIZE)
    framed(figure, 2, *divmod(at, side), 1)
    for place in (1, 2):
        figure.update_yaxes(
            autorange="reversed", visible=False, scaleanchor=f"x{place}", row=1, col=place
        )
    figure.update_xaxes(visible=False)
    i, j = divmod(at, side)
    alt = (
        f"A {rows} by {rows} picture and a map of {side} by {side} sums. The window begins at row "
        f"{row}, column {column}; its sum, {found.map[i, j]:.2f}, stands at row {i}, column {j}."
    )
    laid_out(figure, "", alt, 300)
    return figure.update_layout(margin={"t": 26, "b": 4})


def framed(figure: go.Figure, place: int, row: int, column: int, size: int) -> None:
    """A frame around so many cells each way."""
    figure.add_shape(
        type="rect", x0=column - 0.5, x1=column + size - 0.5, y0=row - 0.5, y1=row + size - 0.5,
        line={"color": GREY, "width": 4}, row=1, col=place,
    )  # fmt: skip
