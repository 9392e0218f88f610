"""Where the learner is: a lesson, one of its parts; in the address, and told to the browser."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nn_core.course.classes import Assignment
from nn_core.course.lesson import Lesson
from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Part
from nn_core.course.words import parts
from pages.ui.content import introduction, sections
from pages.ui.course.presenting import more

BROWSER = Path(__file__).parents[3] / "assets" / "course"


@dataclass(frozen=True)
class Place:
    """A part of a lesson. alone: outside a class, where the next lesson follows the last part;
    present: shown to a class, on a projector."""

    name: str
    lesson: Lesson
    part: Part
    alone: bool = True
    present: bool = False

    @property
    def at(self) -> int:
        return self.lesson.place(self.part.name)

    @property
    def said(self) -> dict[str, str]:
        """The words of this part, by their headings."""
        return words(self.name, self.part.name)

    @property
    def key(self) -> str:
        """What the keys of this part's controls begin with."""
        return f"{self.name} {self.part.name}"


def words(lesson: str, part: str) -> dict[str, str]:
    """The words of a part by their headings: Title, Text, ..."""
    return parts(sections(lesson)[part])


def title(lesson: str) -> str:
    """A lesson's title: its number, and the first line of its file."""
    return f"{LESSONS.names().index(lesson) + 1}. {introduction(lesson)[0]}"


def here(given: Assignment | None = None, present: bool = False) -> Place:
    """The place that the session is at, else the one that the address names.

    given: what a class does, in place of the whole course.
    """
    asked = st.session_state.get("course-place") or (
        st.query_params.get("lesson", ""),
        st.query_params.get("part", ""),
    )
    wanted = given.lesson if given else asked[0]
    name = wanted if wanted in LESSONS else LESSONS.names()[0]
    lesson = LESSONS.get(name)
    if given:
        lesson = replace(lesson, parts=tuple(p for p in lesson.parts if p.name in given.parts))
    place = Place(name, lesson, lesson.part(asked[1]), given is None, present)
    st.session_state["course-place"] = (place.name, place.part.name)
    st.query_params.update(lesson=place.name, part=place.part.name)
    return place


def go(lesson: str, part: str = "") -> None:
    """To a part of a lesson, its first one if none is named."""
    st.session_state["course-place"] = (lesson, part)


def turn(place: Place, by: int) -> tuple[str, str] | None:
    """The part so many further, in the next or the last lesson if need be; None at the end."""
    lessons = LESSONS.names() if place.alone else [place.name]
    every = [
        (name, part.name)
        for name in lessons
        for part in (place.lesson if name == place.name else LESSONS.get(name)).parts
    ]
    at = every.index((place.name, place.part.name)) + by
    return every[at] if 0 <= at < len(every) else None


def done() -> dict[str, list[str]]:
    """{lesson: its parts that are done}."""
    return st.session_state.setdefault("course-done", {})


def settle(place: Place) -> None:
    """The part is done."""
    found = done().setdefault(place.name, [])
    if place.part.name not in found:
        found.append(place.part.name)


def onward(place: Place, by: int) -> None:
    """One part further or back; before a class, first through what is still to come of this one."""
    if place.present and more(place.key, by):
        return
    if to := turn(place, by):
        go(*to)


def keep(place: Place) -> None:
    """Keeps in the browser what is done, and takes from there what was done before."""
    component("glassnet_place", js=script("place"))(
        key="course-browser",
        data={"done": done(), "keys": place.present},
        on_done_change=remembered,
        on_turn_change=lambda: turned(place),
    )


def turned(place: Place) -> None:
    """An arrow key."""
    by = st.session_state["course-browser"].get("turn")
    if by in (1, -1):
        onward(place, by)


def remembered() -> None:
    """Takes over what the browser has kept. It is a browser's message: others are nothing."""
    found: Any = st.session_state["course-browser"].get("done")
    if not isinstance(found, Mapping):
        return
    for name in LESSONS:
        known = [part.name for part in LESSONS.get(name).parts]
        kept = [part for part in found.get(name, []) if part in known]
        if kept:
            done()[name] = kept


@cache
def script(name: str) -> str:
    """One of the course's modules for the browser."""
    return (BROWSER / f"{name}.js").read_text(encoding="utf-8")


@cache
def style(name: str) -> str:
    return (BROWSER / f"{name}.css").read_text(encoding="utf-8")
