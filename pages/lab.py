"""The lab: choose data and a network at the left, watch it learn in the middle."""

import streamlit as st

from pages.ui.content import section
from pages.ui.network_controls import choose_network
from pages.ui.stage import stage

with st.sidebar:
    st.markdown("### Data and network")
    spec = choose_network()

st.html('<h1 class="glassnet-unseen">The lab: a network learns</h1>')
stage(spec, key="lab")

with st.expander("What am I looking at?"):
    st.markdown(section("lab", "What the stage shows"))
