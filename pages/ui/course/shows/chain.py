"""A chain of three links from a weight to the loss, whose numbers can be moved."""

import streamlit as st

from nn_core.course.chain import Chain, links
from pages.figures.chain import chain_figure
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

ACTIVATIONS = ("tanh", "sigmoid", "relu", "linear")


@show("chain")
def chain(key: str) -> None:
    """Weights, target and activation at the left; the path at the right."""
    start = Chain()
    left, right = st.columns([2, 5], gap="medium")
    with left:
        w = st.slider("w", -2.0, 2.0, start.w, 0.1, key=f"{key} w")
        v = st.slider("v", -2.0, 2.0, start.v, 0.1, key=f"{key} v")
        first, second = st.columns(2)
        activation = first.selectbox("f", ACTIVATIONS, key=f"{key} f")
        y = second.segmented_control("y", (0, 1), default=start.y, required=True, key=f"{key} y")
    with right:
        chart(chain_figure(links(Chain(start.x, w, v, y, activation))), f"{key} chart")
