"""Values and gradients layer by layer, for an activation and a way to draw the weights."""

from typing import Any

import streamlit as st

from nn_core.course.depth import ACTIVATIONS, DEPTHS, STARTS, Depth, through
from pages.figures.depth import layer_by_layer
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show


@st.cache_data(max_entries=200)
def depth(activation: str, initializer: str, layers: int) -> Depth:
    return through(activation, initializer, layers)


@show("depth")
def deep(key: str) -> None:
    """Three choices, and what comes of them before any training."""
    first, second, third = st.columns(3)
    chosen: tuple[Any, Any] = (
        first.selectbox("Activation", ACTIVATIONS, key=f"{key} activation"),
        second.selectbox("Weights", STARTS, key=f"{key} weights"),
    )
    layers = third.slider("Hidden layers", *DEPTHS, 10, key=f"{key} layers")
    found = depth(*chosen, layers)
    chart(layer_by_layer(found.values, found.gradients), f"{key} sizes")
    zeros = found.gradients.count(0.0)
    if zeros:
        st.caption(
            f"In {zeros} of {layers} layers the gradient is exactly 0: no place on this axis."
        )
