"""What one takes home: everybody's lists, and the run as a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from nn_core import jobs
from nn_core.recommender.customer.desk import telling
from nn_core.recommender.runs.bundle import bundle
from nn_core.recommender.runs.runs import Run
from pages.figures.customer import scores
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.opened import opened
from pages.ui.shop.plain import plain
from pages.ui.shop.training import TASKS
from pages.ui.shop.workspace import Workspace

FAILED = b"The lists could not be made; memory may be short. Try again, or choose another k."


def lists(run_id: str, workspace: Workspace | None) -> None:
    """Whose lists, of what and how long; a file of them in two forms."""
    run = opened(run_id)
    by, about, places = st.columns([4, 4, 1])
    with by:
        model = model_of(run, "Lists by")
    own = list(TASKS).index(run.comparison["task"])
    task: Any = about.selectbox("Lists of", list(TASKS), own, format_func=TASKS.__getitem__)
    k = places.number_input("Places", 1, 100, run.comparison["k"])
    with st.container(horizontal=True):
        download(
            "Recommendations for all customers (CSV)",
            lambda: contents(run.exported(k, task, model)),
            "recommendations.csv",
            "text/csv",
        )
        download(
            "The same as Parquet",
            lambda: contents(run.exported(k, task, model, ".parquet")),
            "recommendations.parquet",
            "application/vnd.apache.parquet",
        )
    first_list(run, k, task, model)


def first_list(run: Run, k: int, task: str, model: str) -> None:
    """What the file begins with: the lines of one customer, and their scores as bars."""
    customer = run.catalogue.customers[telling(run.catalogue.histories)]
    found = run.recommend(customer, k, task, model)
    if not found.rows:
        st.info(plain(found.note))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(f"**Lines of the file: customer {plain(customer)}**")
        rows = [{"customer": customer, **row} for row in found.rows]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="The lines of one customer")
    with right:
        chart(
            scores(
                [row["name"] or row["product"] for row in found.rows],
                [row["score"] for row in found.rows],
            ),
            "first list",
        )
        with st.popover("What is a score?"):
            st.markdown(section("models", found.model))
            st.markdown(section("leaving", "What a score is"))


def folder(run_id: str, workspace: Workspace | None) -> None:
    """The run as a zip that the command line reads; purchases only where their owner asks."""
    run = opened(run_id)
    model = model_of(run, "Model")
    everything = st.checkbox("All models, not only this one", key="all models")
    whole = workspace is not None and st.checkbox(
        "With the purchases as they were uploaded", key="purchases"
    )
    models = run.models() if everything else [model]
    file = run.folder / "exports" / "run.zip"
    download(
        "The run (zip)",
        lambda: contents(bundle(jobs.folder(run_id), file, models, whole)),
        "run.zip",
        "application/zip",
    )


def model_of(run: Run, label: str) -> str:
    """A choice among the run's models, the best one first chosen."""
    labels = {entry["model"]: entry["label"] for entry in run.results}
    names = list(labels)
    model: Any = st.selectbox(label, names, names.index(run.best()), format_func=labels.__getitem__)
    return model


def download(label: str, made: Callable[[], bytes], name: str, kind: str) -> None:
    """A button whose file is made when it is pressed."""
    st.download_button(
        label, made, name, kind, on_click="ignore", icon=":material/download:", key=name
    )


def contents(file: Path | None) -> bytes:
    """The file, or the sentence that says why there is none."""
    return FAILED if file is None else file.read_bytes()
