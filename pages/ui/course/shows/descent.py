"""Gradient descent: the spread of the gradient by the size of the batch."""

import streamlit as st

from nn_core.course.noise import Spread, after, rooted
from pages.figures.descent import spread_by_size
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

MOMENTS = (0, 100, 1000)


@st.cache_data(max_entries=20, show_spinner="The gradients are computed ...")
def spreads(updates: int) -> tuple[Spread, ...]:
    return after(updates)


@show("batch noise")
def batch_noise(key: str) -> None:
    """Measured at the start, and after some training."""
    updates = st.segmented_control(
        "Updates before it is measured",
        MOMENTS,
        default=MOMENTS[0],
        required=True,
        key=f"{key} updates",
    )
    found = spreads(updates)
    sizes, far = [each.size for each in found], [each.far for each in found]
    chart(spread_by_size(sizes, far, rooted(found)), f"{key} spread")
