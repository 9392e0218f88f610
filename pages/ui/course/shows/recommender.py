"""From the lesson to the shop page, with the lesson's settings."""

from urllib.parse import urlencode

import streamlit as st

from nn_core.recommender.data.builtin import BUILTIN
from pages.ui.course.shows.registry import show

MODELS = "popularity,repeats,ease,course"
SPLITS = {"time": "Hold out the last 31 days", "random": "Hold out a random fifth"}


def shop_address(split: str, models: str = MODELS, question: str = "all") -> str:
    """shop?...: the built-in year, and what the Training tab begins with."""
    chosen = {"data": BUILTIN, "models": models, "split": split, "question": question}
    return "shop?" + urlencode(chosen)


@show("open-shop")
def open_shop(key: str) -> None:
    for column, (split, label) in zip(st.columns(2), SPLITS.items()):
        column.link_button(
            f"Open the shop: {label.lower()}",
            shop_address(split),
            icon=":material/storefront:",
            width="stretch",
        )
