"""A text of the course, with its numbers; a picture to play with; code in NumPy and in Keras."""

import streamlit as st

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Numbers, Read
from nn_core.course.words import filled, program
from pages.ui.course.place import Place, settle
from pages.ui.course.presenting import shown_so_far
from pages.ui.course.shows import SHOWS


@st.cache_data(max_entries=200, show_spinner="The numbers are computed ...", show_time=True)
def numbers(lesson: str, part: str) -> Numbers:
    """What the text quotes, computed once for everybody."""
    read = LESSONS.get(lesson).part(part)
    assert isinstance(read, Read)  # noqa: S101  its caller shows one
    return dict(read.numbers())


def show(place: Place, part: Read) -> None:
    """To have come here is to have read it; nobody can know more."""
    said = place.said
    settle(place)
    text, whole = filled(said["Text"], numbers(place.name, part.name)), True
    if place.present:
        text, whole = shown_so_far(text, place.key)
    st.markdown(text)
    if not whole:
        return
    if part.show:
        SHOWS.get(part.show)(place.key)
    code(said)


def code(said: dict[str, str]) -> None:
    """NumPy and Keras side by side, where the part has them."""
    found = [name for name in ("NumPy", "Keras") if name in said]
    for name, column in zip(found, st.columns(2)) if found else ():
        column.caption(name)
        # Broken lines need no sideways scrolling, which a keyboard could not do.
        column.code(program(said[name]), language="python", wrap_lines=True)
