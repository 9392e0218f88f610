"""One exercise by hand on a page: drawing and numbers, blanks, marks, formulas, paper."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.course.byhand import EXERCISES, Exercise
from nn_core.course.byhand.marking import Blank, Kind, Mark
from nn_core.course.byhand.notation import latex_symbol, number, plain_symbol
from nn_core.course.byhand.words import all_words
from nn_core.course.byhand.worksheet import worksheet
from pages.ui.shop.plain import plain

ICONS = {
    Kind.RIGHT: ":material/check_circle:",
    Kind.FOLLOWS: ":material/subdirectory_arrow_right:",
    Kind.SLIP: ":material/lightbulb:",
    Kind.WRONG: ":material/cancel:",
    Kind.UNREADABLE: ":material/question_mark:",
    Kind.EMPTY: ":material/edit:",
}
ROW = (8, 8, 24)


def exercise(name: str, key: str, seed: int = 1) -> bool | None:
    """Shows it -> whether all answers are right, None while nothing was checked.

    key   what this place's widgets and answers are kept under, one for each exercise of a page
    seed  of the numbers to begin with
    """
    now = int(st.session_state.get(f"{key}-seed", seed))
    found, words = EXERCISES.get(name)(now), all_words()[name]
    left, right = st.columns([5, 7], gap="medium")
    with left:
        st.markdown(f"#### {plain(words.title)}\n{words.markdown()}")
        # st.html takes drawings out; this one is ours, and has no text of anybody else's.
        st.markdown(f"<div>{found.picture}</div>", unsafe_allow_html=True)
        st.markdown(f":small[{given(found)}]")
        around(name, key, now)
        below = st.container()
    with right:
        marks = ask(found, f"{key}-{now}")
    with below:
        formula(found, f"{key}-{now}", marks or {})
    return None if marks is None else all(mark.kind is Kind.RIGHT for mark in marks.values())


def given(found: Exercise) -> str:
    """The numbers beside the drawing, in one line that wraps."""
    shown = (one for one in found.given if one.shown)
    return " \N{EN SPACE}".join(f"${{{latex_symbol(g.name)} = {number(g.value)}}}$" for g in shown)


def around(name: str, key: str, seed: int) -> None:
    """Other numbers, and the same exercise on paper."""
    with st.container(horizontal=True, gap="xsmall"):
        if st.button("Other numbers", icon=":material/casino:", key=f"{key}-other"):
            st.session_state[f"{key}-seed"] = seed + 1
            st.rerun()
        for label, solved in (("Worksheet", False), ("Solution", True)):
            st.download_button(
                label,
                worksheet(name, seed, solved),
                f"{name.replace(' ', '-')}-{seed}-{label.lower()}.html",
                "text/html",
                on_click="ignore",
                key=f"{key}-{label}",
            )


def formula(found: Exercise, key: str, marks: Mapping[str, Mark]) -> None:
    """The formula of a blank that is asked for; its numbers too, if it is right or one asks."""
    blanks = {blank.name: blank for blank in found.blanks}
    chosen = st.pills(
        "Show the formula of",
        list(blanks),
        format_func=plain_symbol,
        key=f"{key}-formula",
    )
    if chosen is None:
        return
    expression = blanks[chosen].expression
    st.markdown(f"${latex_symbol(chosen)} = {expression.latex()}$")
    right = chosen in marks and marks[chosen].kind is Kind.RIGHT
    if right or st.checkbox("With the numbers", key=f"{key}-numbers-{chosen}"):
        st.markdown(f"$= {expression.latex(found.rounded())}$")


def ask(found: Exercise, key: str) -> dict[str, Mark] | None:
    """The blanks -> their marks, once Check was pressed."""
    with st.form(key, border=False):
        with st.container(gap="xxsmall"):
            rows = {blank.name: row(blank, key) for blank in found.blanks}
        if st.form_submit_button("Check", type="primary", icon=":material/done_all:"):
            typed = {name: st.session_state.get(f"{key}-{name}") or "" for name in rows}
            st.session_state[f"{key}-answers"] = typed
    answers: Mapping[str, str] | None = st.session_state.get(f"{key}-answers")
    if answers is None:
        return None
    marks = found.mark(answers)
    for name, place in rows.items():
        place.markdown(said(marks[name]))
    return marks


def said(mark: Mark) -> str:
    return f"{ICONS[mark.kind]} {mark.latex()}"


def row(blank: Blank, key: str) -> DeltaGenerator:
    """Symbol and field of a blank -> the place for its mark."""
    symbol, field, mark = st.columns(ROW, gap="small", vertical_alignment="center")
    symbol.markdown(f"${latex_symbol(blank.name)} =$")
    asked = f"{blank.decimals} decimals" if blank.decimals else "whole"
    field.text_input(
        plain_symbol(blank.name), placeholder=asked, key=f"{key}-{blank.name}",
        label_visibility="collapsed", autocomplete="off", max_chars=24,
    )  # fmt: skip
    return mark.empty()
