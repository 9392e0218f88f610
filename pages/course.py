"""The course: a lesson's parts at the left, one of them in the middle."""

import streamlit as st

from pages.ui.course.lesson import choose, show
from pages.ui.course.place import here

place = here()
contents = st.sidebar.container()
show(place)
with contents:
    choose(place)
