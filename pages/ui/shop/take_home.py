"""What one takes home: everybody's lists, and the run as a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from nn_core import jobs
from nn_core.recommender.bundle import bundle
from nn_core.recommender.runs import Run
from pages.ui.content import section
from pages.ui.shop.training import TASKS

FAILED = b"The lists could not be made; memory may be short. Try again, or choose another k."


def lists(run: Run) -> str:
    """Whose lists, of what and how long; a file of them in two forms -> the model chosen."""
    labels = {entry["model"]: entry["label"] for entry in run.results}
    names = list(labels)
    by, about, places = st.columns([4, 4, 1])
    model: Any = by.selectbox(
        "Lists by", names, names.index(run.best()), format_func=labels.__getitem__
    )
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
    return model


def folder(run_id: str, run: Run, model: str) -> None:
    """The run as a zip that the command line reads; purchases only where asked for."""
    st.markdown(section("shop", "The run as a folder"))
    everything = st.checkbox("All models, not only the one chosen above", key="all models")
    purchases = st.checkbox("With the purchases as they were uploaded", key="with purchases")
    models = run.models() if everything else [model]
    file = run.folder / "exports" / "run.zip"
    download(
        "The run (zip)",
        lambda: contents(bundle(jobs.folder(run_id), file, models, purchases)),
        "run.zip",
        "application/zip",
    )


def download(label: str, made: Callable[[], bytes], name: str, kind: str) -> None:
    """A button whose file is made when it is pressed."""
    st.download_button(
        label, made, name, kind, on_click="ignore", icon=":material/download:", key=name
    )


def contents(file: Path | None) -> bytes:
    """The file, or the sentence that says why there is none."""
    return FAILED if file is None else file.read_bytes()
