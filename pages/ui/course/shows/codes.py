"""A plane of two code numbers to walk in, and the way to the shop's own variational autoencoder."""

from typing import Any

import numpy as np
import streamlit as st

from nn_core.course.codes import grid, images, labels, learnt
from nn_core.course.shared import answer
from pages.figures import codes as figures
from pages.ui.chart import chart
from pages.ui.course.shows.recommender import shop_address
from pages.ui.course.shows.registry import show

KINDS: dict[str, float | None] = {
    "β = 0.1": 0.1,
    "β = 1": 1.0,
    "β = 4": 4.0,
    "plain": None,
}
Pictures = tuple[np.ndarray, np.ndarray]


@st.cache_data(show_spinner="The digits are learnt ...")
def codes(kind: str) -> tuple[np.ndarray, np.ndarray, float]:
    """Codes of the test digits, the plane decoded, and how far it reaches."""
    coder = learnt(2, KINDS[kind], 1)
    found = coder.means(images("test"))
    reach = float(np.ceil(max(2.0, np.quantile(np.abs(found), 0.98))))
    return found, grid(coder, reach, 9), reach


@st.cache_data(max_entries=2_000, show_spinner=False)
def decoded(kind: str, across: float, up: float) -> np.ndarray:
    return answer(learnt(2, KINDS[kind], 1).decoder, [[across, up]]).reshape(8, 8)


@show("latent-plane")
def latent_plane(key: str) -> None:
    """The plane at the left, what lies at the cross in the middle, the whole plane at the right."""
    kind = st.segmented_control("Autoencoder", list(KINDS), default="β = 1", key=f"{key} kind")
    kind = kind or "β = 1"
    found, whole, reach = codes(kind)
    jump(key, kind, reach)
    left, right = st.columns(2)
    sliders = [f"{key} {kind} {axis}" for axis in ("across", "up")]
    across = left.slider("First code number", -reach, reach, 0.0, 0.05, key=sliders[0])
    up = right.slider("Second code number", -reach, reach, 0.0, 0.05, key=sliders[1])
    where, here, all_of_it = st.columns([5, 3, 4])
    with where:
        chart(figures.plane(found, labels("test"), (across, up)), f"{key} {kind} plane", "rerun")
    with here:
        said = f"The digit decoded from {across:.2f}, {up:.2f}."
        chart(figures.drawn(decoded(kind, across, up), "Decoded", said), f"{key} here")
    with all_of_it:
        said = f"The plane from -{reach:g} to {reach:g}, decoded at 9 by 9 places."
        chart(figures.drawn(whole, "The whole plane", said), f"{key} whole")


def jump(key: str, kind: str, reach: float) -> None:
    """To the digit that was clicked."""
    state: Any = st.session_state.get(f"{key} {kind} plane") or {}
    points = state.get("selection", {}).get("points", [])
    place = (points[0]["x"], points[0]["y"]) if points else None
    if place and st.session_state.get(f"{key} {kind} clicked") != place:
        st.session_state[f"{key} {kind} clicked"] = place
        for axis, value in zip(("across", "up"), place):
            nearest = round(float(np.clip(value, -reach, reach)) / 0.05) * 0.05
            st.session_state[f"{key} {kind} {axis}"] = round(nearest, 2)


@show("open-vae")
def open_vae(key: str) -> None:
    st.link_button(
        "Open the shop with Mult-VAE chosen",
        shop_address("time", "popularity,ease,mult-vae", "discover"),
        icon=":material/storefront:",
    )
