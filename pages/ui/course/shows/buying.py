"""Customers who may buy again: what a campaign brings, and why one of them got this answer."""

import numpy as np
import streamlit as st

from nn_core.course.buying import curves
from nn_core.course.buying.customers import NUMBERS
from nn_core.course.buying.learning import answered, explained, question
from nn_core.course.buying.logistic import probabilities
from pages.figures import buying as figures
from pages.ui.chart import chart
from pages.ui.course.shows.registry import show

LABELS = {
    "month": "Anything within 30 days",
    "week": "Anything within 7 days",
    "flowers": "Flowers within 30 days",
}
NETWORK, LINEAR = "network", "logistic regression"


@st.cache_data(show_spinner="Two models are trained ...")
def ranked(
    label: str,
) -> dict[str, tuple[curves.Ranked, tuple[np.ndarray, np.ndarray], np.ndarray]]:
    """{model: the order of customers, foretold and come, probabilities}."""
    y = question(label).test_y
    found = {NETWORK: answered(label, 1).probability, LINEAR: probabilities()[label]}
    return {n: (curves.ranked(p, y), curves.calibration(p, y), p) for n, p in found.items()}


@show("campaign")
def campaign(key: str) -> None:
    """ROC, precision and calibration; below, profit by cost and margin."""
    label = st.segmented_control(
        "Label", list(LABELS), default="month", format_func=LABELS.__getitem__, key=f"{key} label"
    )
    found = ranked(label or "month")
    roc = {name: (each.false_alarms, each.recall) for name, (each, _, _) in found.items()}
    precise = {name: (r.recall[1:], r.precision[1:]) for name, (r, _, _) in found.items()}
    chart(
        figures.judged(roc, precise, {name: came for name, (_, came, _) in found.items()}),
        f"{key} judged",
    )
    left, right = st.columns(2)
    cost = left.slider("Cost of a letter, c", 0.5, 5.0, 1.0, 0.5, key=f"{key} cost")
    margin = right.slider("Margin of a purchase, m", 1.0, 30.0, 12.0, 0.5, key=f"{key} margin")
    at = curves.above(found[NETWORK][2], cost / margin)
    brings = {name: each.profit(cost, margin) for name, (each, _, _) in found.items()}
    chart(figures.profit(brings, at, NETWORK), f"{key} profit")


@show("one-customer")
def one_customer(key: str) -> None:
    """A customer by its number, and the shares of the eight inputs."""
    last = len(question("month").test_y)
    place = st.number_input(f"Customer, 1 to {last:,}", 1, last, 12, key=f"{key} who", width=220)
    found = explained("month", 1, int(place) - 1)
    came = "bought" if found.came else "did not buy"
    st.markdown(
        f"Mean customer **{found.mean:.3f}**, shares **{found.shares.sum():+.3f}**, this customer "
        f"**{found.answer:.3f}**. Within 30 days this customer {came}."
    )
    chart(
        figures.shares(list(NUMBERS), found.values.tolist(), found.shares.tolist()), f"{key} shares"
    )
