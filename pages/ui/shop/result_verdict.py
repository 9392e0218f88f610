"""The verdict card: what to do, in words, and the customers of 100 behind it."""

from typing import Any

import streamlit as st

from nn_core.recommender.judge.told import behind, of_100, sentences, verdict_of
from nn_core.recommender.judge.verdict import ASKED
from pages.figures import judgement as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import plain

BOXES: dict[str, tuple[Any, str]] = {
    "yes": (st.success, ":material/check_circle:"),
    "some": (st.info, ":material/groups:"),
    "mixed": (st.warning, ":material/balance:"),
    "unclear": (st.warning, ":material/help:"),
    "no": (st.error, ":material/do_not_disturb_on:"),
    "nothing": (st.info, ":material/info:"),
}


def card(study: dict[str, Any], task: str) -> None:
    """Words at the left, bars at the right; who is ahead of whom stands below."""
    verdict = verdict_of(study, task)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if verdict is not None:
            box, icon = BOXES[verdict["answer"]]
            said = "\n\n".join(plain(sentence) for sentence in sentences(verdict))
            box(f"### {verdict['headline']}\n\n{said}", icon=icon)
            with st.expander("How this is decided"):
                for line in behind(study, task):
                    st.markdown(f"- {plain(line)}")
                st.markdown(section("shop", "The verdict"))
    with right:
        if rows := of_100(study, task):
            chart(figures.customers_of_100(rows, ASKED[task]), f"of 100 {task}")
    if task == study["task"]:
        st.caption(plain(study["winner"]))
