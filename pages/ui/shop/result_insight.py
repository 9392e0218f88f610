"""Below the judgement: what a split flatters, what more data would bring, how often to train."""

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from nn_core import jobs
from nn_core.recommender.insight.words import ageing_words, flattery_words, growth_words, so_far
from nn_core.recommender.judge.verdict import within
from pages.figures import insight as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.following import ACTIVE
from pages.ui.shop.opened import opened
from pages.ui.shop.plain import plain
from pages.ui.shop.question import back_to
from pages.ui.shop.training import TASKS


def insights(run_id: str, task: str) -> None:
    """The small studies of a run, and as long as it makes them how far they are."""
    if jobs.status(run_id)["state"] in ACTIVE:
        growing(run_id, task)
    else:
        studies(opened(run_id).insights, task)


@st.fragment(run_every=2)
def growing(run_id: str, task: str) -> None:
    """Redrawn by itself: each study stands here as soon as it is known."""
    if jobs.status(run_id)["state"] not in ACTIVE:
        st.rerun()
    share, words = so_far(jobs.events(run_id))
    st.progress(share, words)
    studies(opened(run_id).insights, task)


def studies(found: Mapping[str, Any] | None, task: str) -> None:
    """Each study with its picture and its words, or for which question they were made."""
    if found is None:
        return
    if found["task"] != task:
        elsewhere(found["task"])
        return
    k = found["k"]
    st.markdown("#### Small studies")
    st.markdown(plain(made_with(found)))
    if flattery := found.get("flattery"):
        st.markdown("#### How much a split flatters")
        told(flattery, lambda one: figures.flattery(one, k), flattery_words, "Flattery")
    if "customers" in found:
        st.markdown("#### Would more data help?")
        more_data(found, k)
    if ageing := found.get("ageing"):
        st.markdown("#### How often to train")
        told(ageing, lambda one: figures.ageing(one, k), ageing_words, "Ageing")


def elsewhere(task: str) -> None:
    """Where the studies stand, with the way there."""
    st.markdown("#### Small studies")
    said, there = st.columns([4, 1], vertical_alignment="center")
    said.markdown(
        "What a split flatters, what more data would bring and how often to train was looked at "
        f"for one question only: {TASKS[task]}."
    )
    if there.button("Show them", on_click=back_to, args=(task,)):
        st.rerun()  # all of the page: this may be a part that is redrawn by itself


def more_data(found: Mapping[str, Any], k: int) -> None:
    """Both curves, as far as they are known."""
    units = ("customers", "months")
    top = figures.reach(found.get(unit) for unit in units)
    left, right = st.columns(2, gap="medium")
    for place, unit in zip((left, right), units):
        with place:
            told(
                found.get(unit),
                lambda one, unit=unit: figures.growth(one, unit, k, top),
                lambda one, unit=unit: growth_words(one, unit),
            )
    with st.expander("How to read these curves"):
        st.markdown(section("shop", "More data"))


def told(
    study: Mapping[str, Any] | None,
    figure: Callable[[Mapping[str, Any]], go.Figure],
    words: Callable[[Mapping[str, Any]], list[str]],
    lesson: str | None = None,
) -> None:
    """The picture, with its words beside it where there is a lesson, else below."""
    if study is None:
        return
    if "left_out" in study:
        st.markdown(plain(study["left_out"]))
        return
    drawn = figure(study)
    left, right = st.columns([3, 2], gap="medium") if lesson else (st.container(), st.container())
    with left:
        layout: Any = drawn.layout
        chart(drawn, f"insight {layout.title.text}")
    with right:
        st.markdown("\n\n".join(plain(sentence) for sentence in words(study)))
        if lesson:
            with st.expander("How this is made"):
                st.markdown(section("shop", lesson))


def made_with(found: Mapping[str, Any]) -> str:
    """Before the numbers, so that nobody takes them for those above."""
    return (
        f"Made with {within(found)}, only on the {found['products']:,} products with most buyers: "
        "the numbers below compare with each other, not with those above."
    )
