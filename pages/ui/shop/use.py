"""What one leaves with: everybody's list as a file, and the link of the run."""

from typing import Any

import streamlit as st

from nn_core.recommender.runs import Run
from pages.ui.content import section
from pages.ui.shop.opened import opened
from pages.ui.shop.training import TASKS


def use(run_id: str) -> None:
    """The file of all lists with its settings, and the link."""
    run = opened(run_id)
    study = run.comparison
    labels = {entry["model"]: entry["label"] for entry in study["models"]}
    names = list(labels)
    by, about, places = st.columns([4, 4, 1])
    model: Any = by.selectbox(
        "Lists by", names, names.index(run.best()), format_func=labels.__getitem__
    )
    own = list(TASKS).index(study["task"])
    task: Any = about.selectbox("Lists of", list(TASKS), own, format_func=TASKS.__getitem__)
    k = places.number_input("Places", 1, 100, study["k"])
    st.download_button(
        "Recommendations for all customers (CSV)",
        lambda: everybody(run, k, task, model),
        "recommendations.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    st.markdown(section("shop", "Sharing"))
    st.code(f"{address()}?run={run_id}", language=None, wrap_lines=True)


def address() -> str:
    """Of this page, without what only its owner may know."""
    return str(st.context.url or "/shop").partition("?")[0]


def everybody(run: Run, k: int, task: str, model: str) -> bytes:
    """The file of all lists, or the sentence that says why there is none."""
    file = run.exported(k, task, model)
    if file is None:
        return b"The lists could not be made; memory may be short. Try again, or choose another k."
    return file.read_bytes()
