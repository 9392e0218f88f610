"""Every model on one question: its numbers, its distance to others, and for whom it works."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from nn_core.recommender.judge.people_groups import words
from nn_core.recommender.judge.told import (
    ALIKE,
    RIGHT,
    TITLES,
    difference_rows,
    group_rows,
    meaning,
    metric_rows,
    metric_table,
    same_words,
)
from nn_core.recommender.judge.verdict import begins
from nn_core.recommender.settings_words import changed, raw, worded
from pages.figures import judgement as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import plain

COLUMNS = {"right": "How right the lists are", "alike": "What the lists are like"}
TABLE, CELL = 545, 61
"""Pixels of the table beside its chart on a laptop's screen, and of a number with its heading."""
NO_COLUMNS: dict[str, list[str]] = {"taken": [], "further": [], "unfit": []}
"""Of a table of customers; a run of before does not say."""
BASES = {"simple": "the strongest simple method", "winner": "the model in front"}


def models(study: dict[str, Any], task: str) -> None:
    """A chart of one measure, and beside it the table of all."""
    st.markdown("#### Every model")
    k = study["k"]
    known = [name for name in TITLES if f"{name}@{k}" in study["formulas"]]
    left, right = st.columns([5, 8], gap="small")
    with left:
        measure: Any = st.selectbox(
            "Measure", known, format_func=lambda name: f"{TITLES[name]}: {meaning(name)}"
        )
        rows = metric_rows(study, task, measure)
        if any(row["value"] is not None for row in rows):
            chart(figures.models(rows, f"{TITLES[measure]}@{k}"), f"models {task}")
        else:
            st.markdown("This data does not tell it: no prices are known.")
    with right:
        which: Any = st.segmented_control(
            "Columns", list(COLUMNS), default="right", format_func=COLUMNS.__getitem__
        )
        table(study, task, ALIKE if which == "alike" else RIGHT)
        st.caption(plain(f"{TITLES[measure]}@{k} = {study['formulas'][f'{measure}@{k}']}"))
        for said in same_words(study, task):
            st.caption(plain(said))
        notes(study)
        with st.expander("Settings of every model"):
            settings(study)


def table(study: dict[str, Any], task: str, metrics: tuple[str, ...]) -> None:
    """A row a model, the best NDCG first; each heading opens to its formula."""
    k = study["k"]
    config: dict[str, Any] = {
        TITLES[name]: st.column_config.NumberColumn(
            format="%.3f", width=CELL, help=plain(study["formulas"].get(f"{name}@{k}", ""))
        )
        for name in metrics
    }
    config["Model"] = st.column_config.TextColumn(width=TABLE - CELL * len(metrics))
    st.dataframe(
        pd.DataFrame(metric_table(study, task, metrics)),
        hide_index=True,
        column_config=config,
        alt=f"Every model, first {k} places",
    )


def notes(study: dict[str, Any]) -> None:
    """What a model has to say about its own fit."""
    for model in study["models"]:
        if model["note"]:
            st.text(f"{begins(model)}: {model['note']}")


def settings(study: dict[str, Any]) -> None:
    """With what each was fitted, in words, and as the command line takes it."""
    dated = study["split_details"].get("dated", True)
    for model in study["models"]:
        said = worded(model["model"], model["options"], dated)
        st.markdown(f"**{plain(model['label'])}**: {plain(said)}.")
        other = changed(model["model"], model["options"])
        other.pop("chosen", None)  # what the automatic choice took is told above
        if other:
            st.code(raw(other), language=None, wrap_lines=True)


def differences(study: dict[str, Any], task: str) -> None:
    """How far each model is from one other, and whether chance could have done it."""
    there = [base for base in BASES if base in study.get("differences", {}).get(task, {})]
    if not there:
        return
    st.markdown("#### How sure the differences are")
    left, right = st.columns([3, 2], gap="medium")
    with right:
        base: Any = st.radio("Difference to", there, format_func=BASES.__getitem__)
        metric: Any = st.radio(
            "Measured in", ["ndcg", "hit_rate"], format_func=TITLES.__getitem__, horizontal=True
        )
        against, how, rows = difference_rows(study, task, base, metric)
        st.caption(plain(how))
        with st.expander("How to read this"):
            st.markdown(section("shop", "How sure"))
    with left:
        unit = f"{TITLES[metric]}@{study['k']}, difference with 95% interval"
        chart(figures.forest(rows, against, unit), f"forest {task}")


def groups(study: dict[str, Any], task: str) -> None:
    """The heat map of models and groups, and who is in which group."""
    if not group_rows(study, task, "ndcg")[0]:
        return
    st.markdown("#### For whom it works")
    left, right = st.columns([3, 2], gap="medium")
    with right:
        metric: Any = st.radio(
            "Told in",
            ["ndcg", "hit_rate"],
            format_func=lambda name: f"{TITLES[name]}: {meaning(name)}",
        )
        columns, rows = group_rows(study, task, metric)
    with left:
        title = f"{TITLES[metric]}@{study['k']} by group: blue beats the yardstick, * clearly"
        usual = [group for group in columns if not group.get("own")]
        chart(figures.groups(rows, usual, title), f"groups {task}")
        for own in dict.fromkeys(group["own"] for group in columns if group.get("own")):
            title = (
                f"{TITLES[metric]}@{study['k']} by {escape(own)}, as your customers' table has it"
            )
            told = [group for group in columns if group["own"] == own]
            chart(figures.groups(rows, told, title), f"groups {task} {own}")
    with right:
        who = [
            (plain(group["name"]), plain(group["definition"]), f"{group['customers']:,}")
            for group in usual  # the shop's own groups are called what they are
        ]
        frame = pd.DataFrame(who, columns=["Group", "Who is in it", "Judged"])
        st.table(frame.set_index("Group"), border="horizontal")
        if said := words(study.get("people", NO_COLUMNS)):
            st.caption(plain(said))
        with st.expander("How to read this map"):
            st.markdown(section("shop", "For whom"))
