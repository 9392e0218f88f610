"""An exercise by hand as a part of a lesson: it is done when every blank is right."""

import streamlit as st

from nn_core.course.parts import ByHand
from pages.ui.course.classroom import seed_for, tell
from pages.ui.course.exercise import exercise
from pages.ui.course.place import Place, settle


def show(place: Place, part: ByHand) -> None:
    """The exercise, with the class's numbers to begin with."""
    if "Text" in place.said:
        st.markdown(place.said["Text"])
    right = exercise(part.exercise, place.key, seed_for(1))
    told = f"told {place.key}"
    if right is None or st.session_state.get(told) == right:
        return
    st.session_state[told] = right
    tell(part.name, "by hand", right, float(right))
    if right:
        settle(place)
        st.rerun()
