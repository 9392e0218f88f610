"""Teach: a link for a class, and its answers as they come in."""

import streamlit as st

from nn_core.course.classes import find_class, own_class
from pages.ui.content import section
from pages.ui.course.teaching import board, form

st.title("Teach a class")
key = st.query_params.get("key", "")
code = own_class(key) if key else None
given = find_class(code) if code else None
if code and given:
    board(code, key, given)
else:
    if key:
        st.warning(section("course", "No class"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        form()
    with right:
        st.markdown(section("course", "Teaching"))
        with st.expander("Lesson plans of 45 and of 90 minutes"):
            st.markdown(section("teaching", "45 minutes"))
            st.markdown(section("teaching", "90 minutes"))
