"""Which of the three questions the Result tab answers."""

from typing import Any

import streamlit as st

from pages.ui.shop.training import TASKS


def question(study: dict[str, Any]) -> str:
    """The run's own to begin with."""
    chosen = st.segmented_control(
        "Question",
        list(TASKS),
        default=study["task"],
        format_func=TASKS.__getitem__,
        key=key(study["task"]),
        label_visibility="collapsed",
    )
    return chosen or study["task"]


def back_to(own: str) -> None:
    """The run's own question is chosen again."""
    st.session_state[key(own)] = own


def key(own: str) -> str:
    """Of the control; runs that were made for the same question share what is looked at."""
    return f"question {own}"
