"""One scenario on a page: look, predict, run, compare the guess with what came out."""

import streamlit as st

from nn_core.course.questions import Choice
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.words import parts
from pages.ui.content import sections
from pages.ui.course.predict import ask


def words(name: str) -> dict[str, str]:
    return parts(sections("scenarios")[name])


def choose(given: str = "") -> str:
    """The list of all scenarios; the address carries the choice. given: the one of a class."""
    if given:
        return given
    names = SCENARIOS.names()
    return st.radio(
        "Scenarios",
        names,
        format_func=lambda name: words(name)["Title"],
        key="scenario",
        bind="query-params",
    )


def show(name: str) -> None:
    """Look and predict at the left; at the right, once a guess is settled, what came out."""
    said = words(name)
    st.title(said["Title"])
    st.markdown(f"**Look at.** {said['Look at']}")
    ask(said, Choice(), key=name, lesson="", part=name)
