"""Compare: the same start, one setting apart. What is raced at the left, the runs in the middle."""

import streamlit as st

from pages.ui.content import section
from pages.ui.hiding import hide
from pages.ui.network_controls import choose_network
from pages.ui.picture_controls import choose_pictures
from pages.ui.race import race
from pages.ui.race_controls import choose_common, choose_race
from pages.ui.sequence_controls import choose_sequences
from pages.ui.stack_controls import choose_stack

KINDS = {
    "Points": choose_network,
    "Pictures": choose_pictures,
    "Sequences": choose_sequences,
    "Any stack": choose_stack,
}

hide("compare")
with st.sidebar:
    kind = st.segmented_control(
        "Data",
        list(KINDS),
        default="Points",
        required=True,
        key="compare-kind",
        bind="query-params",
    )
    raced, common, start = st.container(), st.container(), st.container()
    with start:
        st.markdown("**The same for all: data and network**")
        spec = KINDS[kind]("compare")
    with raced:
        chosen = choose_race(spec)
    with common:
        st.markdown("**The same for all: training**")
        settings = choose_common(spec, chosen)

st.html('<h1 class="glassnet-unseen">Compare: runs from one start</h1>')
race(spec, settings, chosen, key="compare")

with st.expander("What am I looking at?"):
    st.markdown(section("compare", "What the race shows"))
    if spec.scene == "sequences":
        st.markdown(section("compare", "Cells side by side"))
    st.markdown(section("compare", "Leaving with it"))
