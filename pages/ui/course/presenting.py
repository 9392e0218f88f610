"""The presenter's view: large type, no sidebar, a paragraph at a time, arrow keys."""

import re

import streamlit as st

CSS = """
html { font-size: 20px; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: none; }
.st-key-course-head h1 { font-size: 1.7rem !important; }
"""


def presenting() -> bool:
    """Whether the page is shown to a class; the address carries it."""
    on = st.query_params.get("view") == "present"
    if on:
        st.html(f"<style>{CSS}</style>")
    return on


def switch(on: bool) -> None:
    """Into the presenter's view, or out of it."""
    if on:
        st.query_params["view"] = "present"
    else:
        st.query_params.pop("view", None)


def shown_so_far(text: str, key: str) -> tuple[str, bool]:
    """As much of a text as has come up -> it, and whether that is all."""
    # What ends with a colon comes with what it announces.
    blocks = re.split(r"(?<!:)\n\n", text)
    at = st.session_state.setdefault(f"shown {key}", 1)
    st.session_state[f"most {key}"] = len(blocks)
    return "\n\n".join(blocks[:at]), at >= len(blocks)


def more(key: str, by: int) -> bool:
    """One paragraph more or less -> whether there was one."""
    at = st.session_state.get(f"shown {key}", 1) + by
    if not 1 <= at <= st.session_state.get(f"most {key}", 1):
        return False
    st.session_state[f"shown {key}"] = at
    return True
