"""The controls by which a question is answered, one for each kind, and what was said in words."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nn_core.course.questions import Choice, Curve, Number, Order, Question, Sign, written
from pages.ui.course.place import script, style

SIGNS = {-1: "negative", 0: "zero", 1: "positive"}


def choice(question: Choice, options: tuple[str, ...], key: str) -> int | None:
    return st.radio(
        "Your prediction",
        range(len(options)),
        index=None,
        format_func=options.__getitem__,
        label_visibility="collapsed",
        key=key,
    )


def sign(question: Sign, options: tuple[str, ...], key: str) -> int | None:
    return st.segmented_control("Its sign", list(SIGNS), format_func=SIGNS.__getitem__, key=key)


def order(question: Order, options: tuple[str, ...], key: str) -> tuple[int, ...] | None:
    """A menu for each place, of what does not stand in a place above."""
    found: list[int] = []
    for place in range(len(options)):
        left = [at for at in range(len(options)) if at not in found]
        chosen = st.selectbox(
            f"Place {place + 1}",
            left,
            index=None,
            format_func=options.__getitem__,
            key=f"{key} {place}",
        )
        if chosen is None:
            return None
        found.append(chosen)
    return tuple(found)


def number(question: Number, options: tuple[str, ...], key: str) -> float | None:
    return st.number_input(
        f"Your number, {written(question.low)} to {written(question.high)}{question.unit}",
        float(question.low),
        float(question.high),
        None,
        question.step,
        format="%g",
        key=key,
    )


def curve(question: Curve, options: tuple[str, ...], key: str) -> tuple[float, ...] | None:
    kept = f"{key} drawn"
    mount = component("glassnet_draw", js=script("draw"), css=style("draw"))
    drawn: Any = mount(
        key=key,
        data={
            "places": question.PLACES,
            "updates": question.updates,
            "low": question.low,
            "high": question.high,
            "what": question.what,
            "drawn": st.session_state.get(kept),
        },
        on_curve_change=lambda: None,
    ).get("curve")
    if is_curve(drawn, question):
        st.session_state[kept] = drawn
    return tuple(drawn) if is_curve(drawn, question) else None


def is_curve(drawn: Any, question: Curve) -> bool:
    """A browser's message: others are nothing."""
    return (
        isinstance(drawn, list)
        and len(drawn) == question.PLACES
        and all(isinstance(each, int | float) for each in drawn)
    )


Ask = Callable[[Any, tuple[str, ...], str], Any]
ASKED: dict[str, Ask] = {
    "choice": choice,
    "sign": sign,
    "order": order,
    "number": number,
    "curve": curve,
}

# What is still missing when a guess is to be run and there is none.
WANTED = {
    "choice": "First your prediction: choose one of the answers.",
    "sign": "First your prediction: choose a sign.",
    "order": "First your prediction: choose for each place, one after the other.",
    "number": "First your prediction: a number within the range that stands above the field.",
    "curve": "First your prediction: press at the left of the picture and draw to its right end.",
}


def in_words(question: Question, value: Any, options: tuple[str, ...]) -> str:
    """An answer, or the truth, as a line of text."""
    if question.kind == "order":
        return " → ".join(options[at] for at in value)
    if question.kind == "choice":
        return options[value]
    if question.kind == "sign":
        return SIGNS[(value > 0) - (value < 0)]
    return f"{written(value)}{getattr(question, 'unit', '')}"
