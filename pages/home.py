"""Home: what Glassnet is, and the ways in."""

import streamlit as st

from pages.ui.content import section

st.title("A neural network, opened like a glass box")
st.markdown(section("home", "Lead"))

learn, shop = st.columns(2, gap="large")
with learn.container(border=True, height="stretch"):
    st.subheader("Learn: the lab")
    st.markdown(section("home", "Learn"))
    st.page_link("lab.py", label="Open the lab", icon=":material/science:")
with shop.container(border=True, height="stretch"):
    st.subheader("Shop: recommendations")
    st.markdown(section("home", "Shop"))
    st.page_link("shop.py", label="Open the shop", icon=":material/storefront:")

st.markdown(section("home", "Promise"))
