"""All runs of a workspace: compared, renamed, deleted."""

import time
from typing import Any

import pandas as pd
import streamlit as st

from nn_core import jobs
from nn_core.recommender.models import MODELS
from nn_core.recommender.runs.opened import close_run
from nn_core.recommender.runs.run_list import differing, overview
from pages.figures.runs import side_by_side
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.asking import brief
from pages.ui.shop.kept import let_go
from pages.ui.shop.naming import apart
from pages.ui.shop.plain import plain
from pages.ui.shop.training import SPLITS, TASKS
from pages.ui.shop.workspace import Workspace

SETTINGS = {
    "task": "Question",
    "k": "Places of a list",
    "models": "Models",
    "split/method": "Held out",
    "split/test_days": "Days held out",
    "split/min_buyers": "Buyers needed",
    "split/seed": "Seed",
    "insight_seconds": "Seconds for small studies",
    "groups": "Columns that make groups",
}
"""A setting of a run, as the training form calls it."""


def all_runs(workspace: Workspace) -> None:
    """The table, and below it what can be done with those that are chosen."""
    runs = overview(workspace.key)
    if not runs:
        st.markdown(section("leaving", "No runs yet"))
        return
    table(runs)
    by_id = {run["id"]: run for run in runs}
    labels = apart({run["id"]: f"{run['title']}, {moment(run)}" for run in reversed(runs)})
    chosen: list[str] = st.multiselect(
        "Choose runs",
        list(by_id),
        format_func=labels.__getitem__,
        placeholder="One to open, rename or delete; two or more to compare",
        select_all=False,  # Enter would take it, and what is chosen can be deleted
        wrap=True,
        key="chosen runs",
    )
    if len(chosen) == 1:
        one(by_id[chosen[0]], workspace)
    if chosen:
        st.button(
            f"Delete {len(chosen)}" if len(chosen) > 1 else "Delete",
            icon=":material/delete:",
            on_click=ask,
            args=(chosen,),
            key="delete runs",
        )
    if st.session_state.pop("ask to delete", None) == chosen and chosen:
        confirm([by_id[run] for run in chosen], workspace)
    if len(chosen) > 1:
        compared([by_id[run] for run in chosen])


def moment(run: dict[str, Any]) -> str:
    return time.strftime("%d %b %Y %H:%M", time.localtime(run["created"]))


def table(runs: list[dict[str, Any]]) -> None:
    rows = [
        {
            "Run": run["title"],
            "NDCG": run["value"],
            "Best model": brief(run["model"] or ""),
            "Question": TASKS.get(run["task"] or "", ""),
            "State": run["state"],
            "Made": moment(run),
        }
        for run in runs
    ]
    most = max((run["value"] for run in runs if run["value"] is not None), default=1.0)
    bar = st.column_config.ProgressColumn(
        format="%.4f", max_value=most or 1.0, help=section("leaving", "NDCG of a run")
    )
    number: Any = {"NDCG": bar}
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=number, alt="All your runs")


def one(run: dict[str, Any], workspace: Workspace) -> None:
    """Open it, or call it otherwise."""
    name, rename, show = st.columns([5, 2, 2], vertical_alignment="bottom")
    field = f"title {run['id']}"
    name.text_input("Title", run["title"], max_chars=100, key=field)
    rename.button(
        "Rename",
        icon=":material/edit:",
        on_click=rename_run,
        args=(workspace, run["id"], field),
        width="stretch",
    )
    show.button(
        "Open", icon=":material/open_in_new:", on_click=open_run, args=(run["id"],), width="stretch"
    )


def rename_run(workspace: Workspace, run: str, field: str) -> None:
    """The menu knows its choices by their labels, of which this one is another now: chosen anew.

    field: where the title stands as it is now; who types and presses at once is ahead of the page.
    """
    jobs.rename(workspace.key, run, st.session_state[field])
    st.session_state["chosen runs"] = [run]


def open_run(run: str) -> None:
    st.query_params["run"] = run
    st.session_state.pop("run", None)  # so that its own first tab opens


def ask(chosen: list[str]) -> None:
    """The question is put once the page is drawn."""
    st.session_state["ask to delete"] = chosen


@st.dialog("Delete for ever?")
def confirm(runs: list[dict[str, Any]], workspace: Workspace) -> None:
    """Asked once; then purchases, models, lists, tokens and links are gone."""
    st.markdown("\n".join(f"- {plain(run['title'])}, {moment(run)}" for run in runs))
    st.markdown(section("leaving", "What deleting does"))
    ids = [run["id"] for run in runs]
    if st.button(
        "Delete for ever",
        type="primary",
        icon=":material/delete_forever:",
        on_click=remove,
        args=(ids, workspace),
    ):
        st.rerun()


def remove(ids: list[str], workspace: Workspace) -> None:
    """They are gone; if one of them was shown, nothing is."""
    for run in ids:
        jobs.delete(workspace.key, run)
        close_run(run)
    let_go()
    if st.session_state.get("run") in ids:
        st.session_state.pop("run")
        st.query_params.pop("run", None)


def compared(runs: list[dict[str, Any]]) -> None:
    """Quality beside each other, and the settings that are not the same."""
    done = [run for run in runs if run["value"] is not None]
    left, right = st.columns([3, 2], gap="large")
    with left:
        if len({(run["task"], run["k"]) for run in done}) > 1:
            st.info(section("leaving", "Different questions"), icon=":material/info:")
        elif done:
            chart(side_by_side(done, done[0]["k"]), "runs compared")
    with right:
        rows = {
            SETTINGS.get(name, name.replace("/", ": ").replace("_", " ")): [
                worded(name, value) for value in values
            ]
            for name, values in differing([run["id"] for run in runs]).items()
        }
        st.markdown(section("leaving", "Settings that differ" if rows else "The same settings"))
        titles = [f"{place}. {run['title']}" for place, run in enumerate(runs, 1)]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=titles)
        if rows:
            st.dataframe(frame, alt="Settings that differ between the runs")


def worded(setting: str, value: str) -> str:
    """A setting's value in the words of the training form: "time" -> "The last days"."""
    if setting == "models":
        return ", ".join(MODELS[name].short() for name in value.split(", ") if name in MODELS)
    known = {"task": TASKS, "split/method": SPLITS}
    return known.get(setting, {}).get(value, value)
