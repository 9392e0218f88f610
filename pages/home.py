"""Home: what Glassnet is, and the ways in."""

import streamlit as st

from pages.ui.content import section
from pages.ui.screens import picture

st.title("A neural network, opened like a glass box")
st.markdown(section("home", "Lead"))

learn, shop = st.columns(2, gap="large")
with learn.container(border=True, height="stretch"):
    st.subheader("Learn: the course and the lab")
    picture("lab")
    st.markdown(section("home", "Learn"))
    course, lab = st.columns(2)
    if course.button("Start the course", type="primary", icon=":material/school:"):
        st.switch_page("course.py")
    if lab.button("Open the lab", icon=":material/science:"):
        st.switch_page("lab.py")
with shop.container(border=True, height="stretch"):
    st.subheader("Shop: recommendations")
    picture("shop")
    st.markdown(section("home", "Shop"))
    if st.button("Open the shop", type="primary", icon=":material/storefront:"):
        st.switch_page("shop.py")

st.markdown(section("home", "Promise"))
