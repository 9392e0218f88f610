"""A lesson on a page: its list of parts at the left, one part in the middle, back and next."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import ByHand, Live, Predict, Read, Task
from pages.ui.content import introduction
from pages.ui.course import by_hand, live, predict, reading, tasks
from pages.ui.course.place import Place, done, go, keep, onward, title, turn, words
from pages.ui.course.presenting import switch

SHOWN: dict[type, Callable[[Place, Any], None]] = {
    Read: reading.show,
    Live: live.show,
    Predict: predict.show,
    Task: tasks.show,
    ByHand: by_hand.show,
}


def choose(place: Place) -> None:
    """The lessons, and the parts of the present one; a tick where one is done."""
    st.session_state["course-lesson"] = place.name
    lessons = LESSONS.names() if place.alone else [place.name]
    st.selectbox("Lesson", lessons, format_func=marked, key="course-lesson", on_change=chosen)
    minutes = f"about {place.lesson.minutes} minutes, and an exercise by hand"
    st.caption(f"{introduction(place.name)[1]} ({minutes})")
    parts(place)


def marked(lesson: str) -> str:
    """A lesson's title, with a tick when all of its parts are done."""
    ticked = done().get(lesson, [])
    whole = all(part.name in ticked for part in LESSONS.get(lesson).parts)
    return f"{title(lesson)} \N{CHECK MARK}" if whole else title(lesson)


def parts(place: Place) -> None:
    """The parts of a lesson. What is chosen is taken over before the page is drawn: a tick more
    makes them other options, and the choice among the old ones would be lost."""
    ticked = tuple(done().get(place.name, []))

    def label(name: str) -> str:
        mark = ":material/check: " if name in ticked else ""
        return f"{mark}{words(place.name, name)['Title']}"

    st.session_state["course-part"] = place.part.name
    st.radio(
        "Parts",
        [part.name for part in place.lesson.parts],
        format_func=label,
        key="course-part",
        label_visibility="collapsed",
        on_change=lambda: go(place.name, st.session_state["course-part"]),
    )


def chosen() -> None:
    """To the first part of the lesson that was picked."""
    go(st.session_state["course-lesson"])


def show(place: Place) -> None:
    """One part of a lesson, whole."""
    with st.container(key="course-head"):
        heading, back, forth, present = st.columns([11, 1.3, 1.3, 1.5], vertical_alignment="center")
    heading.markdown(f"# {place.said['Title']}")
    step(back, "Back", place, -1)
    step(forth, "Next", place, 1)
    present.button(
        "Leave" if place.present else "Present",
        key="course present",
        help="The presenter's view: large type, a paragraph at a time, by the arrow keys.",
        on_click=switch,
        args=(not place.present,),
        width="stretch",
    )
    SHOWN[type(place.part)](place, place.part)
    keep(place)


def step(column: Any, label: str, place: Place, by: int) -> None:
    """A button to another part, or to the next paragraph."""
    column.button(
        label,
        key=f"course {label}",
        disabled=turn(place, by) is None and not place.present,
        on_click=onward,
        args=(place, by),
        width="stretch",
    )
