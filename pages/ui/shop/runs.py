"""Which run is shown: the address names it, a workspace lists its own."""

import time

import streamlit as st

from nn_core import jobs
from nn_core.recommender.runs.opened import has_result
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace

NOT_HERE = "There is no such run here: the link is incomplete, or the run was deleted."


def shown(workspace: Workspace) -> str | None:
    """The run of the address or of this session; one of another workspace is as good as none."""
    run = st.query_params.get("run") or st.session_state.get("run")
    if not run:
        return None
    try:
        if not jobs.is_own(workspace.key, run):
            raise jobs.UnknownRunError(NOT_HERE)
    except jobs.UnknownRunError as error:
        st.warning(plain(str(error)))
        return None
    if st.session_state.get("run") != run:
        st.session_state["goto"] = "Result" if has_result(run) else "Training"
    st.session_state["run"] = run
    st.query_params["run"] = run
    return run


def choose(workspace: Workspace, run: str | None) -> None:
    """The sidebar's list of earlier runs."""
    own = {entry["id"]: entry for entry in jobs.list_runs(workspace.key)}
    if not own:
        return
    ids = list(own)
    with st.expander(f"Runs ({len(ids)})"):
        for entry in own.values():
            when = time.strftime("%d %b %H:%M", time.localtime(entry["created"]))
            st.button(
                f"{when}, {plain(entry['title'])}: {entry['state']}",
                key=f"run {entry['id']}",
                on_click=show,
                args=(entry["id"],),
                disabled=entry["id"] == run,
                width="stretch",
            )


def show(run: str) -> None:
    """A click on an earlier run."""
    st.query_params["run"] = run
