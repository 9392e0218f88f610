"""How the numbers are computed: one judged customer by hand, then every formula."""

from typing import Any

import streamlit as st

from nn_core.recommender.judge.told import TITLES, labels, ranked
from nn_core.recommender.runs.runs import Run
from nn_core.recommender.runs.worked import Worked, worked
from pages.figures.worked import places
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import plain


@st.fragment
def by_hand(run: Run, task: str) -> None:
    """A real list with its sums; another number is another customer."""
    study = run.comparison
    there = [entry["model"] for entry in ranked(study, task) if entry["model"] in run.models()]
    named = labels(study)
    choice, number = st.columns([3, 2], vertical_alignment="bottom")
    model: Any = choice.selectbox("List of", there, format_func=named.__getitem__)
    turn = number.number_input("Customer, drawn by lot", 1, 1_000, key=f"by hand {task} number")
    found = worked(run, model, task, turn - 1)
    if found is None:
        st.markdown(section("shop", "No list to compute by"))
        return
    left, right = st.columns([1, 1], gap="medium")
    with left:
        title = f"One customer's list: {sum(found.right)} of {found.relevant} right products"
        chart(places(found.products, found.right, found.worth, title), f"by hand {task}")
    with right:
        st.markdown(section("shop", "One customer by hand"))
        means = next(one for one in study["models"] if one["model"] == model)["tasks"][task]
        for name, line in found.lines.items():
            mean = means["metrics"][f"{name}@{study['k']}"]
            st.markdown(
                f"**{TITLES[name]}** = {plain(line)}  \n"
                f":small[mean over the {means['customers']:,} judged customers: {mean:.4f}]"
            )
    of_lists(found, {name.partition("@")[0]: v for name, v in means["metrics"].items()})


def of_lists(found: Worked, known: dict[str, float]) -> None:
    """What this list is like, and what can be said of all lists together only."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        if found.like:
            st.markdown(section("shop", "What this list is like"))
        for name, line in found.like.items():
            st.markdown(
                f"**{TITLES[name]}** = {plain(line)}  \n:small[of all lists: {known[name]:.4f}]"
            )
    with right:
        if found.all_lists:
            st.markdown(section("shop", "All lists together"))
        for name, line in found.all_lists.items():
            st.markdown(f"**{TITLES[name]}** = {plain(line)}")
