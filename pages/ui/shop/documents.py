"""The report to hand on, and a card for each model."""

import streamlit as st

from nn_core import jobs
from nn_core.recommender.report import model_card, report
from pages.ui.shop.opened import opened
from pages.ui.shop.take_home import download, model_of
from pages.ui.shop.workspace import Workspace

HEIGHT = 560
"""Pixels of the report on the page: a screen of it, which scrolls."""


def documents(run_id: str, workspace: Workspace | None) -> None:
    """Both as files, and both to be read here."""
    run, title = opened(run_id), str(jobs.spec(run_id).get("title", ""))
    whole, card = st.tabs(["The report", "A model's card"])
    with whole:
        page = report(run, title)
        download("The report (HTML)", page.encode, "report.html", "text/html")
        st.iframe(page, height=HEIGHT)
    with card:
        model = model_of(run, "Model card of")
        text = model_card(run, model, title)
        download("The card (Markdown)", text.encode, f"{model}.md", "text/markdown")
        with st.container(border=True, key="model-card"):
            st.markdown(text)
