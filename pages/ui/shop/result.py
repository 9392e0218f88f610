"""The result of a run as a story: use it or not, who is best at what, how sure, and for whom."""

from typing import Any

import streamlit as st

from nn_core.recommender.judge.told import TITLES, metric_rows
from pages.ui.content import section
from pages.ui.shop.how_it_works import how_it_works
from pages.ui.shop.later import in_short
from pages.ui.shop.opened import opened
from pages.ui.shop.question import question
from pages.ui.shop.result_insight import insights
from pages.ui.shop.result_models import differences, groups, models
from pages.ui.shop.result_verdict import card
from pages.ui.shop.result_worked import by_hand


def result(run_id: str) -> None:
    """One question at a time; what follows answers it from the first glance to the last proof."""
    run = opened(run_id)
    study = run.comparison
    task = question(study)
    if not any(row["value"] for row in metric_rows(study, task, "ndcg")):
        st.info(section("shop", "Nothing to judge by"))
    card(study, task)
    in_short(run_id)
    models(study, task)
    how_it_works(run_id)
    differences(study, task)
    groups(study, task)
    insights(run_id, task)
    with st.expander("How the numbers are computed"):
        st.text(judged_on(study))
        by_hand(run, task)
        for name, formula in study["formulas"].items():
            metric, _, places = name.partition("@")
            st.text(f"{TITLES[metric]}@{places} = {formula}")
        st.markdown(section("shop", "Reading the result"))


def judged_on(study: dict[str, Any]) -> str:
    """On what data the numbers stand."""
    details = study["split_details"]
    pairs = details["pairs"][study["task"]]
    return (
        f"{details['words'].capitalize()}; learned from {details['customers']:,} customers and "
        f"{details['products']:,} products; {pairs['judged']:,} of {pairs['pairs']:,} "
        f"customer-product pairs after the cut could be judged."
    )
