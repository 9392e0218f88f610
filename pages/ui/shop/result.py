"""The result of a run: who is best at what, one customer's list, and everybody's as a file."""

from typing import Any

import pandas as pd
import streamlit as st

from nn_core.recommender.job import open_study
from nn_core.recommender.runs import Run
from pages.figures import shop as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import plain
from pages.ui.shop.training import TASKS

PICKED_FROM_A_LIST = 5_000  # customers; among more one types the id
METRICS = {"ndcg": "NDCG", "recall": "Recall", "hit_rate": "Hit rate", "coverage": "Coverage"}


@st.cache_resource(max_entries=2, show_spinner="Opening the result ...")
def opened(run: str) -> Run:
    """Models are loaded once and shared by whoever has the link."""
    return open_study(run)


def result(run_id: str) -> None:
    run = opened(run_id)
    study = run.comparison
    st.success(plain(study["winner"]), icon=":material/emoji_events:")
    said, link = st.columns([5, 1])
    said.caption(plain(judged_on(study)))
    with link.popover("Share", width="stretch"):
        st.markdown(section("shop", "Sharing"))
        st.code(f"{address()}?run={run_id}", language=None, wrap_lines=True)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        table(study, "discover")
        table(study, "all")
        notes(study)
        formulas(study)
    with right:
        chart(figures.comparison(study["models"], study["k"]), "comparison")
    customer(run, study)


def address() -> str:
    """Of this page, without what only its owner may know."""
    return str(st.context.url or "/shop").partition("?")[0]


def judged_on(study: dict[str, Any]) -> str:
    """On what data the numbers stand."""
    details = study["split_details"]
    pairs = details["pairs"][study["task"]]
    return (
        f"{details['words'].capitalize()}; learned from {details['customers']:,} customers and "
        f"{details['products']:,} products; {pairs['judged']:,} of {pairs['pairs']:,} "
        f"customer-product pairs after the cut could be judged."
    )


def table(study: dict[str, Any], task: str) -> None:
    """A row a model, the best NDCG first."""
    k = study["k"]
    rows = [
        {"Model": model["label"]}
        | {title: model["tasks"][task]["metrics"][f"{name}@{k}"] for name, title in METRICS.items()}
        for model in study["models"]
    ]
    frame = pd.DataFrame(rows).sort_values("NDCG", ascending=False)
    st.markdown(f"**{TASKS[task]}** (first {k})")
    number: dict[str, Any] = {
        title: st.column_config.NumberColumn(
            format="%.4f", width=77, help=plain(study["formulas"][f"{name}@{k}"])
        )
        for name, title in METRICS.items()
    }
    number["Model"] = st.column_config.TextColumn(width=245)
    st.dataframe(frame, hide_index=True, column_config=number, alt=f"Results: {TASKS[task]}")


def notes(study: dict[str, Any]) -> None:
    """What a model has to say about its own fit."""
    for model in study["models"]:
        if model["note"]:
            st.text(f"{model['label']}: {model['note']}")


def formulas(study: dict[str, Any]) -> None:
    with st.expander("How the numbers are computed"):
        for name, formula in study["formulas"].items():
            st.text(f"{name} = {formula}")


def customer(run: Run, study: dict[str, Any]) -> None:
    """One customer: what was bought, and what each model would show next."""
    st.markdown("**One customer**")
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
    st.download_button(
        "Recommendations for all customers (CSV)",
        lambda: everybody(run, k, question, by),
        "recommendations.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def everybody(run: Run, k: int, task: str, model: str) -> bytes:
    """The file of all lists, or the sentence that says why there is none."""
    file = run.exported(k, task, model)
    if file is None:
        return b"The lists could not be made; memory may be short. Try again, or choose another k."
    return file.read_bytes()


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
