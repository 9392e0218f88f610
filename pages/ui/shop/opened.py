"""A run's result, opened once for everybody who looks at it."""

import streamlit as st

from nn_core.recommender.job import open_study
from nn_core.recommender.runs import Run


@st.cache_resource(max_entries=2, show_spinner="Opening the result ...")
def opened(run: str) -> Run:
    """Models are loaded once and shared by whoever has the link."""
    return open_study(run)
