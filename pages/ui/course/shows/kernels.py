"""A kernel over a real digit, which the reader chooses and moves, with its stride and padding."""

from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import Array
from nn_core.course.kernels import KERNELS, Slid, picture
from pages.figures.kernels import slid
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

OWN = "your own"


@show("kernel")
def over_a_digit(key: str) -> None:
    """The choices at the left; picture, map and the sum in numbers at the right."""
    left, right = st.columns([1, 2], gap="medium")
    with left:
        digit = st.selectbox("Digit", range(10), index=4, key=f"{key} digit")
        name = st.selectbox("Kernel", [*KERNELS, OWN], index=1, key=f"{key} kernel")
        kernel = own(f"{key} own") if name == OWN else np.array(KERNELS[name])
        a, b = st.columns(2)
        stride = a.selectbox("Stride", (1, 2, 3), key=f"{key} stride")
        padding = b.selectbox("Padding", ("valid", "same"), key=f"{key} padding")
        found = Slid(picture(digit), kernel, stride, padding)
        last = found.side**2 - 1
        at = st.slider("Window", 0, last, min(7, last), key=f"{key} window {found.side}")
    with right:
        chart(slid(found, at), f"{key} figure")
        st.latex(found.in_latex(at))


def own(key: str) -> Array:
    """Nine numbers of the reader's."""
    edited: Any = st.data_editor(
        [dict(zip("abc", row)) for row in KERNELS["sharpen"]], key=key, hide_index=True
    )
    return np.array([[float(row[column] or 0) for column in "abc"] for row in edited])
