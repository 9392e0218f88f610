"""The report to hand on, and a card for each model."""

import streamlit as st

from nn_core import jobs
from nn_core.recommender.report import model_card, report
from pages.ui.shop.opened import opened
from pages.ui.shop.take_home import download, model_of
from pages.ui.shop.workspace import Workspace


def documents(run_id: str, workspace: Workspace | None) -> None:
    """Both as files; the card also to be read here."""
    run, title = opened(run_id), str(jobs.spec(run_id).get("title", ""))
    download("The report (HTML)", lambda: report(run, title).encode(), "report.html", "text/html")
    model = model_of(run, "Model card of")
    card = model_card(run, model, title)
    download("The card (Markdown)", card.encode, f"{model}.md", "text/markdown")
    with st.expander("Read it here"):
        st.markdown(card)
