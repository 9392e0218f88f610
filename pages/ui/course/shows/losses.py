"""Losses side by side, with what each sends back, as the output moves."""

import streamlit as st

from nn_core.course.loss_curves import LABELS, SINGLE, at, loss_curve, sigmoid
from pages.figures.losses import loss_and_gradient
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

FIRST = ["mse", "mae", "binary_crossentropy"]


@show("losses")
def losses(key: str) -> None:
    """Target, sum and losses at the left, with their numbers; the curves at the right."""
    left, right = st.columns([2, 5], gap="medium")
    with left:
        y = st.segmented_control("Target y", (0, 1), default=1, required=True, key=f"{key} y")
        z = st.slider("z", -6.0, 6.0, -4.0, 0.1, key=f"{key} z")
        st.markdown(f"$a = \\sigma({z:g}) = {sigmoid(z):.3f}$")
        names = st.multiselect(
            "Losses", SINGLE, default=FIRST, format_func=LABELS.__getitem__, key=f"{key} names"
        )
    with right:
        chart(loss_and_gradient([loss_curve(name, y) for name in names], z), f"{key} chart")
        here = ((LABELS[name], *at(name, y, z)) for name in names)
        said = [f"{label}: loss {loss:.3f}, gradient {by_z:+.4f}" for label, loss, by_z in here]
        st.caption("  \n".join(said))
