"""Below the judgement: what a split flatters, what more data would bring, how often to train."""

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from nn_core.recommender.insight.words import ageing_words, flattery_words, growth_words
from pages.figures import insight as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import plain


def insights(found: Mapping[str, Any] | None, task: str) -> None:
    """Each study with its picture and its words; nothing for a question it was not made on."""
    if found is None or found["task"] != task:
        return
    k = found["k"]
    st.markdown("#### How much a split flatters")
    told(found.get("flattery"), lambda one: figures.flattery(one, k), flattery_words, "Flattery")
    st.markdown("#### Would more data help?")
    left, right = st.columns(2, gap="medium")
    for place, unit in ((left, "customers"), (right, "months")):
        with place:
            told(
                found.get(unit),
                lambda one, unit=unit: figures.growth(one, unit, k),
                lambda one, unit=unit: growth_words(one, unit),
            )
    with st.expander("How to read these curves"):
        st.markdown(section("shop", "More data"))
    st.markdown("#### How often to train")
    told(found.get("ageing"), lambda one: figures.ageing(one, k), ageing_words, "Ageing")
    st.caption(plain(made_with(found)))


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
    """So that nobody takes these numbers for those above."""
    return (
        f"Made with {found['label']}, on the {found['products']:,} products with most buyers; "
        "these numbers compare with each other, not with those above."
    )
