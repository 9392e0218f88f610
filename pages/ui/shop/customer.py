"""One customer, looked at from all sides, and the products as the models see them."""

import streamlit as st

from pages.ui.shop.asking import ask
from pages.ui.shop.basket import basket
from pages.ui.shop.inside import inside
from pages.ui.shop.products import products
from pages.ui.shop.side_by_side import side_by_side
from pages.ui.shop.steering import steering
from pages.ui.shop.why import why

VIEWS = {
    "Lists": side_by_side,
    "Why": why,
    "What if": basket,
    "Levers": steering,
    "Inside": inside,
    "Products": products,
}


def customer(run_id: str) -> None:
    """The question at the top, and one view of the answer."""
    asked = ask(run_id)
    if asked is None:
        return
    tabs = st.tabs(list(VIEWS), key="look", on_change="rerun")
    for tab, show in zip(tabs, VIEWS.values()):
        if tab.open:
            with tab:
                show(asked)
