"""Which purchases: the built-in year, or a file of one's own."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from nn_core.jobs import UploadsFullError, mark_opened
from nn_core.jobs.home import home
from nn_core.recommender.builtin import BUILTIN
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace

TEMPLATE = Path(__file__).parents[3] / "assets" / "samples" / "template.csv"
GROCERIES = "Grocery year (built in)"


@dataclass(frozen=True)
class Source:
    """A file that was chosen: where it is, what it is called, where it is made ready."""

    path: str
    name: str
    folder: Path


def choose(workspace: Workspace) -> Source | None:
    """The sidebar's first part; None until something is chosen."""
    st.file_uploader(
        "Upload purchases",
        type=["csv", "gz", "parquet"],
        key="upload",
        on_change=take,
        args=(workspace,),
        help="CSV (.csv, .csv.gz) or Parquet, one line a purchase. Only who knows the address of "
        "this page sees the file.",
    )
    if refused := st.session_state.pop("refused", None):
        st.error(plain(refused))
    options = {BUILTIN: GROCERIES} | workspace.uploads()
    asked = st.query_params.get("data")
    if "source" not in st.session_state and asked in options:
        st.session_state["source"] = asked
    chosen = st.selectbox(
        "Purchases to work with",
        list(options),
        index=None,
        format_func=lambda option: str(options.get(option, option)),
        placeholder="Choose, or upload above",
        key="source",
    )
    st.download_button(
        "Template (CSV)", TEMPLATE.read_bytes(), "template.csv", "text/csv", on_click="ignore",
        icon=":material/download:", help="Eight lines that show what a file may hold.",
    )  # fmt: skip
    if chosen is None:
        return None
    st.query_params["data"] = chosen
    if chosen == BUILTIN:
        return Source(BUILTIN, GROCERIES, home() / "builtin")
    place = workspace.upload(chosen)
    mark_opened(place)
    st.button(
        "Delete this upload",
        on_click=forget,
        args=(workspace, chosen),
        icon=":material/delete:",
        help="The file and what was read from it. Runs keep their own copy of the purchases.",
    )
    return Source(str(place / "source"), options[chosen], place)


def take(workspace: Workspace) -> None:
    """Keeps the file that was just uploaded and chooses it, or says why it cannot be kept."""
    file = st.session_state["upload"]
    if file is None:
        return
    try:
        st.session_state["source"] = workspace.keep(file.name, file.getvalue())
    except UploadsFullError as error:
        st.session_state["refused"] = str(error)


def forget(workspace: Workspace, upload: str) -> None:
    """Deletes the upload that is chosen; then nothing is."""
    workspace.forget(upload)
    st.session_state["source"] = None
    st.query_params.pop("data", None)
