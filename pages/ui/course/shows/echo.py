"""A click in a recurrent unit, and what the reader's weights leave of it."""

import streamlit as st

from nn_core.course.echo import echo
from pages.figures.echo import fading
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show


@show("echo")
def of_a_click(key: str) -> None:
    """The two weights and tanh at the left, h over time at the right."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        w = st.slider("w, weight of the input", -2.0, 2.0, 1.0, 0.1, key=f"{key} w")
        u = st.slider("u, weight of the state before", -1.3, 1.3, 0.5, 0.05, key=f"{key} u")
        bounded = st.toggle("with tanh", key=f"{key} tanh")
    with right:
        chart(fading(echo(w, u, bounded)), f"{key} figure")
