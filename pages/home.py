"""Home: what Glassnet is, and the ways in."""

import streamlit as st

from pages.ui.content import section
from pages.ui.screens import picture

st.title("A neural network, opened like a glass box")
st.markdown(section("home", "Lead"))

learn, shop = st.columns(2, gap="large")
with learn.container(border=True, height="stretch"):
    st.subheader("Learn: the lab")
    picture("lab")
    st.markdown(section("home", "Learn"))
    if st.button("Open the lab", type="primary", icon=":material/science:"):
        st.switch_page("lab.py")
with shop.container(border=True, height="stretch"):
    st.subheader("Shop: recommendations")
    picture("shop")
    st.markdown(section("home", "Shop"))
    if st.button("Open the shop", type="primary", icon=":material/storefront:"):
        st.switch_page("shop.py")

st.markdown(section("home", "Promise"))
