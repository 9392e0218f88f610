"""The frame around every page: navigation, and the little CSS that gives the picture its room."""

from pathlib import Path

import streamlit as st

from pages.ui.content import FRAME_CSS

# Our own file: Streamlit's icons would be fetched from another server as a page's sign.
ICON = Path(__file__).parents[1] / "assets" / "icon.svg"

st.set_page_config(page_title="Glassnet", page_icon=ICON, layout="wide")
st.html(f"<style>{FRAME_CSS}</style>")

page = st.navigation(
    [
        st.Page("home.py", title="Home", icon=":material/home:", default=True),
        st.Page("course.py", title="Course", icon=":material/school:", url_path="course"),
        st.Page("lab.py", title="Lab", icon=":material/science:", url_path="lab"),
        st.Page(
            "compare.py", title="Compare", icon=":material/compare_arrows:", url_path="compare"
        ),
        st.Page("scenarios.py", title="Scenarios", icon=":material/quiz:", url_path="scenarios"),
        st.Page("teach.py", title="Teach", icon=":material/co_present:", url_path="teach"),
        st.Page("shop.py", title="Shop", icon=":material/storefront:", url_path="shop"),
    ],
    position="top",
)
page.run()
