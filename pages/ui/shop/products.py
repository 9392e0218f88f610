"""The products as a trained model sees them: a map, and what stands beside one product."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from nn_core.recommender.customer.product_map import Points, laid_out, nearest_of
from nn_core.recommender.customer.similar import Similar, similar
from nn_core.recommender.models.vectors import bought_together_vectors
from pages.figures import product_map as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.listing import Column, listing
from pages.ui.shop.opened import Made, opened

OFFERED = 5_000  # products in the menu, the best sellers first
DRAWN = 1_500  # products with most buyers; with more a browser takes seconds to draw


@st.fragment
def products(asked: Asked) -> None:
    """A map at the left; at the right the product that is chosen, there or in the menu."""
    picture, beside = st.columns([7, 4], gap="medium")
    with beside:
        model = asked.model("map-model")
        key = f"map {asked.run_id} {model}"
        drawn, offered = drawing(asked.made, model), min(OFFERED, len(asked.names))
        follow(clicked(st.session_state.get(key)), offered)
        chosen: Any = st.selectbox(
            "Product",
            range(offered),
            format_func=asked.names.__getitem__,
            key="map-product",
        )
        near = similar(asked.run.model(model), chosen, len(asked.names), 10)
        listing([neighbours(asked, near)])
        if near is not None:
            st.caption(f"Number at the left: {near.meaning}.")
    with picture:
        shown = figures.product_map(
            figures.Places.of(drawn.points, asked.catalogue, asked.names),
            chosen,
            [] if near is None else near.products.tolist(),
        )
        chart(shown, key, on_select="rerun")
        st.caption(section("shop", "The map" if drawn.own else "The map of purchases"))
        if len(drawn.points) < len(asked.names):
            counts = {"drawn": f"{len(drawn.points):,}", "all": f"{len(asked.names):,}"}
            st.caption(section("shop", "Not all are drawn").format(**counts))


def follow(pressed: int | None, count: int) -> None:
    """Sets the menu to what was clicked last, and back to the first where it leads nowhere."""
    state = st.session_state
    if pressed is not None and pressed != state.get("map-pressed"):
        state["map-pressed"] = state["map-product"] = pressed
    if state.get("map-product", 0) >= count:
        state["map-product"] = 0


def clicked(event: Any) -> int | None:
    """The product under the last click on the map; the ring and the lines are none."""
    points: list[Any] = event["selection"]["points"] if event else []
    about = points[0].get("customdata") if points else None
    return int(about[0]) if about else None


def neighbours(asked: Asked, near: Similar | None) -> Column:
    title = "Nearest in this model"
    if near is None:
        return Column(title, [], section("shop", "No likeness"))
    rows = [
        asked.row(short(value), n) for n, value in zip(near.products.tolist(), near.values.tolist())
    ]
    return Column(title, rows)


def short(value: float) -> str:
    """0.0612 -> ".061", 1.23 -> "1.2", 281.4 -> "281": what fits into the place before a name."""
    if value < 1:
        return f"{value:.3f}".removeprefix("0")
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


@dataclass(frozen=True)
class Drawing:
    """points: (I, 2); own: from what this model learned, else from who bought what."""

    points: Points
    own: bool


@st.cache_data(max_entries=12, show_spinner="Drawing the map ...")
def drawing(made: Made, model: str) -> Drawing:
    run = opened(made.run_id)
    fitted = run.model(model)
    vectors = fitted.model.item_vectors(fitted.arrays)
    own = vectors is not None
    if vectors is None:
        vectors = bought_together_vectors(run.catalogue.histories)
    drawn = np.asarray(vectors[:DRAWN])
    return Drawing(laid_out(drawn, nearest_of(fitted, len(drawn)) if own else None), own)
