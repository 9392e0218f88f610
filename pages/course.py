"""The course: a lesson's parts at the left, one of them in the middle."""

import streamlit as st

from pages.ui.course.classroom import entrance, seat
from pages.ui.course.lesson import choose, show
from pages.ui.course.place import here
from pages.ui.course.presenting import presenting

sitting = seat()
place = here(sitting.given if sitting and sitting.given.lesson else None, presenting())
contents = st.sidebar.container()
if sitting and not sitting.learner:
    entrance(sitting)
else:
    show(place)
with contents:
    choose(place)
    if sitting and sitting.learner:
        entrance(sitting)
