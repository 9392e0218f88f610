"""Scenarios: a start worth watching, a question before it, and what the runs answer."""

import streamlit as st

from pages.ui.content import section
from pages.ui.course.scenario import choose, show

with st.sidebar:
    name = choose()
    st.caption(section("course", "Scenarios"))

show(name)
