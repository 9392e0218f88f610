"""One customer: what was bought, and what each model would show next."""

from typing import Any

import pandas as pd
import streamlit as st

from nn_core.recommender.runs import Run
from pages.ui.shop.opened import opened
from pages.ui.shop.training import TASKS

PICKED_FROM_A_LIST = 5_000  # customers; among more one types the id


def customer(run_id: str) -> None:
    """Who, by which model, and the lists side by side."""
    run = opened(run_id)
    study = run.comparison
    who, model, task, places = st.columns([3, 3, 3, 1])
    with who:
        chosen = pick(run)
    labels = {entry["model"]: entry["label"] for entry in study["models"]}
    names = list(labels)
    with model:
        best = names.index(run.best())
        by: Any = st.selectbox("Model", names, best, format_func=labels.__getitem__, key="by")
    with task:
        own = list(TASKS).index(study["task"])
        question: Any = st.selectbox("Question", list(TASKS), own, format_func=TASKS.__getitem__)
    with places:
        k = st.number_input("k", 1, 100, study["k"], key="places")
    if chosen:
        lists(run, chosen, k, question, by)


def pick(run: Run) -> str | None:
    customers = run.catalogue.customers
    if len(customers) <= PICKED_FROM_A_LIST:
        return st.selectbox("Customer", customers, index=0, key="customer")
    return st.text_input("Customer", customers[0], key="customer").strip()


def lists(run: Run, chosen: str, k: int, task: str, model: str) -> None:
    """History at the left, recommendations at the right; names are text in a table."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Bought so far, latest first**")
        history = pd.DataFrame(run.history(chosen), columns=["product", "name", "times"])
        st.dataframe(history, hide_index=True, height=390, alt="What this customer bought")
    with right:
        answer = run.recommend(chosen, k, task, model)
        st.markdown("**Recommended**")
        rows = pd.DataFrame(answer.rows, columns=["rank", "product", "name", "score"])
        st.dataframe(rows, hide_index=True, height=390, alt="What is recommended to this customer")
        if answer.note:
            st.text(answer.note)
