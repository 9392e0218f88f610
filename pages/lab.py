"""The lab: choose data and a network at the left, watch it learn in the middle."""

import streamlit as st

from pages.ui.content import section
from pages.ui.hiding import hide
from pages.ui.network_controls import choose_network
from pages.ui.picture_controls import choose_pictures
from pages.ui.sequence_controls import choose_sequences
from pages.ui.stack_controls import choose_stack
from pages.ui.stage import stage

KINDS = {
    "Points": (choose_network, "What the stage shows"),
    "Pictures": (choose_pictures, "What the stage shows of pictures"),
    "Sequences": (choose_sequences, "What the stage shows of sequences"),
    "Any stack": (choose_stack, "What the stage shows of any stack"),
}

hide()
with st.sidebar:
    kind = st.segmented_control(
        "Data", list(KINDS), default="Points", required=True, key="lab-kind", bind="query-params"
    )
    choose, lesson = KINDS[kind]
    spec = choose()

st.html('<h1 class="glassnet-unseen">The lab: a network learns</h1>')
stage(spec, key="lab")

with st.expander("What am I looking at?"):
    st.markdown(section("lab", lesson))
    st.markdown(section("lab", "Below the pictures"))
