"""A teacher's page: a class is made, its links are shown, and its answers come together live."""

import time
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from nn_core.course.classes import (
    Answer,
    Assignment,
    ClassError,
    answers,
    delete_class,
    ends,
    learners,
    make_class,
)
from nn_core.course.lessons import LESSONS
from nn_core.course.scenarios import SCENARIOS
from nn_core.recommender.export import safe_csv
from pages.ui.address import page_address
from pages.ui.course.distribution import distribution
from pages.ui.course.place import title, words
from pages.ui.course.scenario import words as scenario_words
from pages.ui.hiding import HIDEABLE, ON_STAGE

# Seconds between two looks at the answers.
EVERY = 2


def form() -> None:
    """What the class is given; the button makes its links."""
    kind = st.segmented_control(
        "What the class works on", ["A lesson", "A scenario"], default="A lesson", required=True
    )
    lesson = scenario = ""
    parts: list[str] = []
    if kind == "A lesson":
        lesson = st.selectbox("Lesson", LESSONS.names(), format_func=title)
        parts = choose_parts(lesson)
    else:
        names = SCENARIOS.names()
        scenario = st.selectbox(
            "Scenario", names, format_func=lambda name: scenario_words(name)["Title"]
        )
    seed, days = st.columns(2)
    number = seed.number_input(
        "Seed", 1, 1_000, 1, help="Everybody's experiments draw the same data and weights."
    )
    kept = days.number_input("Days until the answers are deleted", 1, 365, 30)
    hide = st.multiselect(
        "Controls of the stage that are hidden", list(ON_STAGE), format_func=HIDEABLE.__getitem__
    )
    if st.button("Make the class's link", type="primary", icon=":material/add_link:"):
        begin(lesson, scenario, tuple(parts), int(number), tuple(hide), int(kept))


def choose_parts(lesson: str) -> list[str]:
    """The parts of a lesson that the class sees; all of them to begin with."""
    names = [part.name for part in LESSONS.get(lesson).parts]
    return st.pills(
        "Parts, texts and questions",
        names,
        selection_mode="multi",
        default=names,
        format_func=lambda name: words(lesson, name)["Title"],
        key=f"parts of {lesson}",
        wrap=True,
    )


def begin(
    lesson: str, scenario: str, parts: tuple[str, ...], seed: int, hide: tuple[str, ...], days: int
) -> None:
    """Makes the class and opens its page."""
    try:
        _, key = make_class(Assignment(lesson, scenario, parts, seed, hide, days))
    except (ClassError, ValueError) as error:
        st.error(str(error))
        return
    st.query_params["key"] = key
    st.rerun()


def board(code: str, key: str, given: Assignment) -> None:
    """The links at the left; the answers to one question at the right, as they come."""
    left, right = st.columns([2, 5], gap="large")
    with left:
        links(code, given)
        leave(code, key)
    with right:
        asked = questions(given)
        name = st.selectbox("Question", list(asked), format_func=asked.__getitem__)
        truth = st.toggle("Show what came out", help="Off while the class still thinks.")
        live(key, code, given, name, truth)


def links(code: str, given: Assignment) -> None:
    """What to write on the blackboard, and what to show on the projector."""
    base = page_address().rpartition("/")[0]
    page, extra = "course", ""
    if given.scenario:
        page, extra = "scenarios", f"&scenario={given.scenario.replace(' ', '+')}"
    st.markdown("**For the class**")
    st.code(f"{base}/{page}?class={code}{extra}", language=None, wrap_lines=True)
    if given.lesson:
        st.markdown("**For the projector**")
        st.code(f"{base}/course?lesson={given.lesson}&view=present", language=None, wrap_lines=True)
    st.caption("Keep the address of this page: it alone leads to the answers.")


def leave(code: str, key: str) -> None:
    """The answers as a CSV; until when they are kept; and the way to delete them now."""
    st.download_button(
        "Answers as CSV",
        lambda: table(answers(key)).encode("utf-8-sig"),
        f"class-{code}.csv",
        "text/csv",
        icon=":material/download:",
    )
    st.caption(f"Deleted by itself on {time.strftime('%d %b %Y', time.localtime(ends(code)))}.")
    with st.popover("Delete the class", icon=":material/delete:"):
        st.markdown("The link ends, and all its answers are deleted. Nobody can bring them back.")
        if st.button("Delete now", type="primary"):
            delete_class(key)
            st.query_params.pop("key", None)
            st.rerun()


def table(found: Sequence[Answer]) -> str:
    """One row an answer; nicknames and sentences cannot run as formulas."""
    rows = [
        {
            "nickname": answer.nickname,
            "question": answer.part,
            "kind": answer.kind,
            "answer": answer.value
            if isinstance(answer.value, str | int | float)
            else str(answer.value),
            "points": answer.points,
            "time": time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(answer.time)),
        }
        for answer in found
    ]
    columns = ["nickname", "question", "kind", "answer", "points", "time"]
    return safe_csv(pd.DataFrame(rows, columns=columns))


def questions(given: Assignment) -> dict[str, str]:
    """{part: its title} of all that can be answered."""
    if given.scenario:
        return {given.scenario: scenario_words(given.scenario)["Title"]}
    return {
        name: words(given.lesson, name)["Title"]
        for name in given.parts
        if set(words(given.lesson, name)) & {"Predict", "Goal"} or by_hand(given.lesson, name)
    }


def by_hand(lesson: str, name: str) -> bool:
    part: Any = LESSONS.get(lesson).part(name)
    return hasattr(part, "exercise")


@st.fragment(run_every=EVERY)
def live(key: str, code: str, given: Assignment, name: str, truth: bool) -> None:
    """Who is here and who has answered; what they said, as a picture; their sentences."""
    here = learners(code)
    found = [answer for answer in answers(key) if answer.part == name]
    said = {answer.nickname for answer in found if answer.kind != "why"}
    st.progress(len(said) / max(1, len(here)), f"{len(said)} of {len(here)} have answered")
    distribution(given, name, [answer for answer in found if answer.kind != "why"], truth)
    sentences = [answer for answer in found if answer.kind == "why"]
    if sentences:
        st.markdown("**Why, in their words**")
        for answer in sentences:
            st.text(f"{answer.nickname}: {answer.value}")
