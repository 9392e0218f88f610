"""The map of products: near each other stands what a model holds to be alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from nn_core.recommender.catalogue import Catalogue
from pages.figures.customer import UNNAMED, short
from pages.figures.shop import GREY, ORANGE, laid_out

# Okabe and Ito's colours without the accent's orange, and four more as light as they are, each with
# a shape of its own. Grey is for what is left.
KINDS = (
    ("#3d7fd6", "circle"),
    ("#009e73", "square"),
    ("#cc79a7", "diamond"),
    ("#56b4e9", "triangle-up"),
    ("#b8860b", "cross"),
    ("#7a5cc8", "triangle-down"),
    ("#c0504d", "star"),
    ("#12a5b0", "x"),
    ("#9c6b4a", "pentagon"),
    ("#d1309a", "hexagram"),
    ("#7d8f1b", "bowtie"),
)
LEGEND_LINE, IN_A_LINE = 19, 3
"""Pixels of a line of the legend, and how many names stand in it on a laptop's screen."""
SMALLEST, LARGEST = 5.0, 22.0


@dataclass(frozen=True)
class Places:
    """points: (I, 2); names and categories of the I products, "" where unknown; buyers: (I,)."""

    points: NDArray[np.float32]
    names: Sequence[str]
    categories: Sequence[str]
    buyers: NDArray[np.int64]

    @classmethod
    def of(cls, points: NDArray[np.float32], catalogue: Catalogue, names: Sequence[str]) -> Places:
        """Of the catalogue's first products, as many as there are points."""
        count = len(points)
        goods = catalogue.goods
        categories = goods["category"].astype("str").tolist() if "category" in goods else []
        return cls(
            points,
            names[:count],
            categories[:count] if categories else [""] * count,
            np.asarray(catalogue.buyers[:count]),
        )

    def shown(self) -> list[str]:
        """The categories that have most buyers, as many as there are colours."""
        buyers: dict[str, int] = {}
        for category, count in zip(self.categories, self.buyers.tolist()):
            buyers[category] = buyers.get(category, 0) + count
        named = sorted((name for name in buyers if name), key=lambda name: -buyers[name])
        return named[: len(KINDS)]

    def others(self) -> str:
        """What the legend calls those for which there is no colour; the last one has its name."""
        left = sorted({name for name in self.categories if name}.difference(self.shown()))
        return f"{len(left)} other categories" if len(left) != 1 else left[0]

    def sizes(self) -> NDArray[np.float64]:
        """(I,) of the dots: their areas grow with the buyers."""
        return np.maximum(SMALLEST, LARGEST * np.sqrt(self.buyers / max(self.buyers.max(), 1)))


def product_map(places: Places, chosen: int, near: Sequence[int]) -> go.Figure:
    """A dot a product; lines lead from the chosen one, if it is on the map, to its neighbours."""
    figure, kinds = go.Figure(), places.shown()
    categories = np.array(places.categories, dtype=object)
    named = [(name, categories == name, *KINDS[n]) for n, name in enumerate(kinds)]
    unknown = categories == ""
    for name, which, colour, symbol in [
        (UNNAMED if kinds else "products", unknown, GREY, "circle-open" if kinds else "circle"),
        (places.others(), ~np.isin(categories, [*kinds, ""]), GREY, "circle"),
        *named,
    ]:
        dots(figure, places, np.flatnonzero(which), short(name), colour, symbol)
    drawn = chosen < len(places.points)
    if drawn:
        lines(figure, places, chosen, [n for n in near if n < len(places.points)])
    best = places.names[int(places.buyers.argmax())] if len(places.names) else ""
    alt = (
        f"Map of {len(places.names):,} products; near each other stands what the model holds to be "
        f"alike. Most buyers has {best}. "
        + (f"Chosen is {places.names[chosen]}; i" if drawn else "The chosen one is not drawn; i")
        + "ts nearest products stand in the list beside the map."
    )
    laid_out(figure, "Map of the products", alt, 520)
    for axis, along in ((figure.update_xaxes, 0), (figure.update_yaxes, 1)):
        axis(visible=False, range=reach(places.points[:, along]))
    return figure.update_layout(
        dragmode="pan",
        clickmode="event+select",
        legend={"itemsizing": "constant", "font": {"size": 11}, "y": 1.01, "yanchor": "bottom",
                "x": 0, "xanchor": "left"},
        title={"yref": "container", "y": 1, "yanchor": "top", "pad": {"t": 8}},
        margin={"t": 52 + LEGEND_LINE * (1 + (len(kinds) + 1) // IN_A_LINE)},
    )  # fmt: skip


def reach(along: NDArray[np.float32]) -> tuple[float, float]:
    """From the first to the last, with room for half a dot."""
    low, high = float(along.min()), float(along.max())
    room = 0.05 * (high - low) or 1.0
    return low - room, high + room


def dots(
    figure: go.Figure, places: Places, which: NDArray[np.int64], name: str, colour: str, symbol: str
) -> None:
    """One category's products."""
    if not len(which):
        return
    figure.add_scattergl(
        x=places.points[which, 0], y=places.points[which, 1], mode="markers", name=name,
        customdata=[[int(n), int(places.buyers[n])] for n in which],
        text=[short(str(places.names[n])) for n in which.tolist()],
        marker={"color": colour, "symbol": symbol, "size": places.sizes()[which], "opacity": 0.75,
                "line": {"width": 0}},
        hovertemplate="%{text}<br>%{customdata[1]:,} buyers<extra>" + name + "</extra>",
    )  # fmt: skip


def lines(figure: go.Figure, places: Places, chosen: int, near: Sequence[int]) -> None:
    """From the chosen product to its neighbours, and a ring around it."""
    start = places.points[chosen]
    path = [value for n in near for value in (start, places.points[n], [None, None])]
    # WebGL as the dots: a picture of the other kind would lie below them.
    figure.add_scattergl(
        x=[value[0] for value in path], y=[value[1] for value in path], mode="lines",
        line={"color": ORANGE, "width": 1.2}, hoverinfo="skip", showlegend=False,
    )  # fmt: skip
    figure.add_scattergl(
        x=[start[0]], y=[start[1]], mode="markers", name="chosen", hoverinfo="skip",
        marker={"symbol": "circle-open", "size": 26, "color": ORANGE, "line": {"width": 3}},
    )  # fmt: skip
