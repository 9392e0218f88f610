"""What if: products put into the basket and taken out, and every list moves at once."""

import numpy as np
import streamlit as st

from nn_core.recommender.desk import Ranked, bought, moved
from nn_core.recommender.histories import Histories
from nn_core.recommender.what_if import edited, last_moment
from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.listing import Column, Mark, listing
from pages.ui.shop.side_by_side import often

OFFERED = 5_000  # products, the best sellers first; a longer menu makes a browser slow


@st.fragment
def basket(asked: Asked) -> None:
    """Only this part of the page is run again when the basket changes."""
    st.caption(section("shop", "What if"))
    own, names = asked.history, asked.names
    left, right = st.columns(2)
    put_in = left.multiselect(
        "Put in",
        range(min(OFFERED, len(names))),
        format_func=names.__getitem__,
        key=f"put-in {asked.customer}",
        placeholder="Type a product's name",
        select_all=False,  # Enter would put in all that match
    )
    taken_out = right.multiselect(
        "Take out",
        [n for n, _ in bought(own)],
        format_func=names.__getitem__,
        key=f"taken-out {asked.customer}",
        placeholder="Choose of what was bought",
        select_all=False,
        disabled=not own.product.size,
    )
    changed = edited(
        own,
        np.array(put_in, np.int64),
        np.array(taken_out, np.int64),
        last_moment(asked.catalogue.histories),
    )
    listing([in_basket(asked, changed, set(put_in)), *moving(asked, own, changed)])


def in_basket(asked: Asked, history: Histories, put_in: set[int]) -> Column:
    rows = [
        asked.row(often(times), n, (Mark("put in", "moved"),) if n in put_in else ())
        for n, times in bought(history)
    ]
    return Column(
        "In the basket, latest first", rows, "Nothing: these are the lists for a newcomer."
    )


def moving(asked: Asked, before: Histories, after: Histories) -> list[Column]:
    """Every model's list for the changed basket, with how far each product moved."""
    columns: list[Column] = []
    for model in asked.models:
        was, now = asked.ranked(model, before), asked.ranked(model, after)
        rows = [
            asked.row(str(place), n, marks(was, n, place, asked.k))
            for place, n in enumerate(now.first(asked.k), 1)
        ]
        columns.append(asked.column(model, rows))
    return columns


def marks(was: Ranked, n: int, place: int, k: int) -> tuple[Mark, ...]:
    word = moved(int(was.places[n]), place, k)
    return (Mark(word, "moved"),) if word else ()
