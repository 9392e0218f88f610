"""A learner's seat in a class: a nickname, and the answers that are told to the class."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from nn_core.course.classes import (
    Assignment,
    ClassError,
    Learner,
    find_class,
    join,
    learners,
    record,
)
from nn_core.course.questions import Score
from pages.ui.content import section
from pages.ui.shop.plain import plain


@dataclass(frozen=True)
class Seat:
    """A place in a class; learner is None until a nickname is chosen."""

    code: str
    given: Assignment
    learner: Learner | None


def seat() -> Seat | None:
    """The seat that the address names, or that this session has had; None outside a class."""
    code = st.query_params.get("class") or st.session_state.get("class")
    given = find_class(code) if code else None
    if code is None or given is None:
        st.session_state.pop("class", None)
        return None
    who = st.query_params.get("learner") or st.session_state.get("learner", "")
    learner = learners(code).get(who)
    st.session_state["class"] = st.query_params["class"] = code
    if learner:
        st.session_state["learner"] = st.query_params["learner"] = learner.id
    return Seat(code, given, learner)


def entrance(sitting: Seat) -> None:
    """Asks for a nickname, or says which one it is."""
    if sitting.learner:
        st.caption(f":material/groups: In a class, as **{plain(sitting.learner.nickname)}**")
        return
    st.markdown(section("course", "Nickname"))
    with st.form("nickname", border=False):
        name = st.text_input("Nickname", max_chars=24, width=320)
        pressed = st.form_submit_button("Join", type="primary")
    if not pressed:
        return
    try:
        st.session_state["learner"] = join(sitting.code, name).id
    except ClassError as error:
        st.error(str(error))
        return
    st.rerun()


def tell(part: str, kind: str, value: Any, points: float | None = None) -> None:
    """Tells the class an answer, if this is a learner's page and the class was given this part."""
    sitting = seat()
    if sitting and sitting.learner and part in (*sitting.given.parts, sitting.given.scenario):
        record(sitting.code, sitting.learner, part, kind, value, points)


def tell_guess(part: str, kind: str, guess: Any, score: Score) -> None:
    """A prediction, and how near it came."""
    value = list(guess) if isinstance(guess, tuple) else guess
    tell(part, kind, value, round(score.points, 3))


def seed_for(usual: int) -> int:
    """The class's seed, so that all see the same; else the usual one."""
    sitting = seat()
    return sitting.given.seed if sitting else usual


def hidden_for_class() -> list[str]:
    """Controls that the teacher has hidden."""
    sitting = seat()
    return list(sitting.given.hide) if sitting else []
