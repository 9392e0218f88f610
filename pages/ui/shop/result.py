"""The result of a run: who is best at what, and how sure that is."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.figures import shop as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.opened import opened
from pages.ui.shop.plain import plain
from pages.ui.shop.training import TASKS

METRICS = {"ndcg": "NDCG", "recall": "Recall", "hit_rate": "Hit rate", "coverage": "Coverage"}


def result(run_id: str) -> None:
    run = opened(run_id)
    study = run.comparison
    st.success(plain(study["winner"]), icon=":material/emoji_events:")
    st.caption(plain(judged_on(study)))
    left, right = st.columns([5, 3], gap="medium")
    with left:
        table(study, "discover")
        table(study, "all")
        notes(study)
        formulas(study)
    with right:
        chart(figures.comparison(study["models"], study["k"]), "comparison")
    with st.expander("What do these numbers say?"):
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
