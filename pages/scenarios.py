"""Scenarios: a start worth watching, a question before it, and what the runs answer."""

import streamlit as st

from pages.ui.content import section
from pages.ui.course.classroom import entrance, seat
from pages.ui.course.scenario import choose, show

sitting = seat()
with st.sidebar:
    name = choose(sitting.given.scenario if sitting else "")
    st.caption(section("course", "Scenarios"))

if sitting and not sitting.learner:
    entrance(sitting)
else:
    show(name)
