"""Any activation with its derivative, and a point on both that can be moved."""

import streamlit as st

from nn_core.activations import ACTIVATIONS
from nn_core.course.activation_curves import NEAR, at, bend, told
from nn_core.live.settings import DRAWN
from pages.figures.activations import curve_and_slope
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show


@show("activations")
def activations(key: str) -> None:
    """Choice and point at the left, with its numbers; the two curves at the right."""
    left, right = st.columns([2, 5], gap="medium")
    with left:
        name = st.selectbox("Activation", DRAWN, index=DRAWN.index("sigmoid"), key=f"{key} name")
        z = st.slider("z", -NEAR, NEAR, 1.0, 0.1, key=f"{key} z")
        value, slope = at(name, z)
        st.markdown(f"${ACTIVATIONS.get(name).latex}$")
        st.markdown(f"$f({z:g}) = {value:.3f}$, $\\quad f'({z:g}) = {slope:.3f}$")
        st.caption(told(name))
    with right:
        chart(curve_and_slope(bend(name), z, value, slope), f"{key} chart")
