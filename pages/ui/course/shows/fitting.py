"""What helps against overfitting: size, penalty, dropout and data, and the two curves."""

from typing import Any

import streamlit as st

from nn_core.course.judging import Curves, curves
from pages.figures.fitting import train_and_test
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

UNITS, DATA, DROPS = (1, 2, 4, 8, 16), (50, 100, 200, 450), (0.0, 0.2, 0.5)
RATES = (0.0001, 0.001, 0.003, 0.01, 0.03, 0.1)


@st.cache_data(max_entries=400, show_spinner="The network trains ...")
def trained(units: int, penalty: str, rate: float, dropout: float, points: int) -> Curves:
    return curves(units, penalty, rate, dropout, points)


@show("remedies")
def remedies(key: str) -> None:
    """Five choices, a run of each."""
    columns = st.columns(5)
    chosen: Any = (
        columns[0].select_slider("Units a layer", UNITS, 16, key=f"{key} units"),
        columns[1].selectbox("Penalty", ("none", "l1", "l2"), key=f"{key} penalty"),
        columns[2].select_slider("Its rate", RATES, 0.01, key=f"{key} rate"),
        columns[3].select_slider("Dropout", DROPS, 0.0, key=f"{key} dropout"),
        columns[4].select_slider("Train points", DATA, 50, key=f"{key} points"),
    )
    found = trained(*chosen)
    chart(train_and_test(found.steps, found.train, found.test, found.best), f"{key} curves")
