"""Filters and levers: what may stand in a list and what counts beside the model; and its cost."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from nn_core.recommender.customer.desk import moved
from nn_core.recommender.customer.levers import Filters, Levers, Worth, known, numbers, reranked
from nn_core.recommender.customer.trade_off import FORMULAS, Bench, Point, through
from nn_core.recommender.judge.kept import kept_future, kept_lists
from nn_core.recommender.models.vectors import bought_together_vectors
from nn_core.recommender.ranking import top
from pages.figures import customer as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.listing import Column, Mark, listing
from pages.ui.shop.opened import Made, opened

CANDIDATES = 100
ENOUGH = 100  # customers, for curves that are more than chance


@st.fragment
def steering(asked: Asked) -> None:
    """Controls at the left, the list with its moves in the middle, the cost at the right."""
    controls, lists, cost = st.columns([3, 4, 5], gap="medium")
    with controls:
        model = asked.model("lever-model")
        filters, levers = filtered(asked.catalogue.goods), pulled(asked.catalogue.goods)
    with lists:
        listing([steered(asked, model, filters, levers)])
    with cost:
        paid(asked, model, levers)


def filtered(goods: pd.DataFrame) -> Filters:
    """A control for each column of the catalogue that is there."""
    categories, price, in_stock = [], None, False
    if known(goods, "category"):
        names = sorted(set(goods["category"]) - {""})
        categories = st.multiselect(
            "Categories", names, key="categories", placeholder="All", select_all=False
        )
    if known(goods, "price"):
        prices: Any = goods["price"]
        low, high = float(prices.min()), float(prices.max())
        if low < high:
            asked: Any = st.slider("Price", low, high, (low, high), key="price-range")
            price = None if asked == (low, high) else asked
    if known(goods, "stock"):
        in_stock = st.toggle("Only what is in stock", key="in-stock")
    return Filters(tuple(categories), price, in_stock)


def pulled(goods: pd.DataFrame) -> Levers:
    """The weights; a lever without its column says which one would open it."""
    weights = {
        column: st.slider(f"Weight of {column}", 0.0, 2.0, 0.0, 0.05, key=f"{column}-weight")
        for column in ("price", "margin")
        if known(goods, column)
    }
    diversity = st.slider("Diversity", 0.0, 0.8, 0.0, 0.05, key="diversity-weight")
    missing = [c for c in ("category", "price", "margin", "stock") if not known(goods, c)]
    if missing:
        st.caption(section("shop", "Levers that are shut").format(columns=", ".join(missing)))
    return Levers(diversity=diversity, **weights)


def steered(asked: Asked, model: str, filters: Filters, levers: Levers) -> Column:
    """The customer's list of today under the levers, with how far each product moved."""
    ranked = asked.ranked(model)
    allowed = filters.allowed(asked.catalogue.goods)
    best = top(np.where(allowed, ranked.scores, -np.inf)[None], CANDIDATES)
    chosen = reranked(best, worth(asked.made), levers, asked.k)[0]
    rows = [
        asked.row(str(place), n, marks(int(ranked.places[n]), place, asked.k))
        for place, n in enumerate(chosen[chosen >= 0].tolist(), 1)
    ]
    return Column(asked.label(model), rows, "Nothing passes the filters.")


def marks(before: int, place: int, k: int) -> tuple[Mark, ...]:
    word = moved(before, place, k)
    return (Mark(word, "moved"),) if word else ()


def paid(asked: Asked, model: str, levers: Levers) -> None:
    """The curves of the judged lists, and where these settings stand on them."""
    key = (asked.made, model, asked.task, asked.k)
    made = bench(*key)
    if made is None:
        st.info(section("shop", "No curve"))
        return
    now = made.point(levers)
    lever = "margin" if levers.margin and not levers.price else "price"
    if made.price is not None or made.margin is not None:
        lever = lever if getattr(made, lever) is not None else "margin"
        points = through(curve(*key, lever, levers.without(lever)), now, lever)
        chart(figures.trade_off(points, now, lever, asked.k), "trade-money")
    points = through(curve(*key, "diversity", levers.without("diversity")), now, "diversity")
    chart(figures.trade_off(points, now, "diversity", asked.k), "trade-diversity")
    few = section("shop", "Few to try levers on") if made.customers < ENOUGH else ""
    st.caption(f"Tried on {made.customers:,} customers. {few}")
    with st.expander("How this is computed"):
        st.markdown(section("shop", "What levers cost"))
        for name, formula in FORMULAS.items():
            st.text(f"{name} = {formula}")


@st.cache_resource(max_entries=2, show_spinner="Comparing who buys what ...")
def worth(made: Made) -> Worth:
    catalogue = opened(made.run_id).catalogue
    return Worth.of(catalogue.goods, bought_together_vectors(catalogue.histories))


@st.cache_resource(max_entries=8, show_spinner=False)
def bench(made: Made, model: str, task: str, k: int) -> Bench | None:
    """None in runs of before, and where nobody bought what the question asks about."""
    run = opened(made.run_id)
    future = kept_future(run.folder, len(run.catalogue.products))
    lists = kept_lists(run.folder, model, task)
    if future is None or lists is None:
        return None
    price, margin = (numbers(run.catalogue.goods, column) for column in ("price", "margin"))
    return Bench.of(lists, future, task, worth(made), price, margin, k)


@st.cache_data(max_entries=200, show_spinner="Trying the lever on the judged lists ...")
def curve(made: Made, model: str, task: str, k: int, lever: str, levers: Levers) -> list[Point]:
    lists = bench(made, model, task, k)
    return lists.curve(lever, levers) if lists else []
