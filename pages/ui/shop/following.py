"""A run while it works: how far, how long yet, what the network has learnt; and how to stop."""

from typing import Any

import pandas as pd
import streamlit as st

from nn_core import jobs
from nn_core.recommender.models import MODELS
from nn_core.recommender.runs.opened import has_result
from nn_core.recommender.settings_words import raw, worded
from pages.figures import shop as figures
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.plain import fault, plain
from pages.ui.shop.workspace import Workspace

ACTIVE = ("queued", "running")
TASKS = {"discover": "Discover", "all": "All", "buy-again": "Buy again"}
SMALL_STUDIES = "The result is there; small studies are at work: splits, more data, ageing"
STEPS = ("fit", "judge", "model", "insight")
RAW = "At the command line"
FORGETS = "forgets"
"""In the session: the run in which a customer is being forgotten."""


@st.fragment(run_every=1)
def follow(run: str, workspace: Workspace, judged: bool) -> None:
    """Redrawn every second by itself; when the run ends, or its result comes (`judged`: it was
    there when the page was drawn), the page is drawn anew."""
    now = jobs.status(run)
    forgets = st.session_state.get(FORGETS) == run  # its owner waits for the proof
    if has_result(run) and not judged and not forgets:
        st.session_state["goto"] = "Result"
        st.rerun()
    if now["state"] not in ACTIVE:
        if forgets:
            del st.session_state[FORGETS]
            st.session_state.update({"goto": "Use it", "use": "Forget a customer"})
        st.rerun()
    said = heard(run)
    steps = [event for event in said if event["event"] in STEPS]
    if now["state"] == "queued":
        st.progress(0.0, f"Waiting, number {now['place']} in line")
    elif not steps:
        st.progress(0.0, "The worker starts and cuts the purchases ...")
    else:
        st.progress(steps[-1]["share"], progress_text(steps[-1]))
    if jobs.is_own(workspace.key, run):
        label = "Cancel what is left" if judged else "Cancel"
        st.button(label, key="cancel", on_click=jobs.cancel, args=(workspace.key, run))


@st.fragment(run_every=1)
def learning(run: str) -> None:
    """What the networks have learnt so far and what was tried, redrawn every second by itself."""
    curves(heard(run))


def heard(run: str) -> list[dict[str, Any]]:
    """What was said since the run was last given an order: what it said before is of other models,
    which had a customer who is forgotten now."""
    said = jobs.events(run)
    orders = [place for place, event in enumerate(said) if event["event"] == "again"]
    return said[orders[-1] :] if orders else said


def progress_text(step: dict[str, Any]) -> str:
    """Which model, which epoch, and the time that is left."""
    model = MODELS.get(step["model"])
    parts = [plain(model.label) if model else SMALL_STUDIES]
    if "tries" in step:
        parts.append(f"tries {plain(MODELS[step['tries']].short())}")
    if "epoch" in step:
        parts.append(f"epoch {step['epoch']}")
    if step["event"] == "judge":
        parts.append("being judged")
    if step.get("stage"):
        parts.append("now on all purchases")
    left = step["seconds_left"]
    parts.append("time left: not known yet" if left is None else f"about {duration(left)} left")
    return f"{step['share']:.0%}, " + ", ".join(parts)


def duration(seconds: float) -> str:
    """75 -> "1 min 15 s"."""
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def curves(said: list[dict[str, Any]]) -> None:
    """Loss and validation of the networks so far, and the trials of the automatic choice."""
    networks = epochs_of(said)
    if networks:
        chart(figures.learning(networks), "learning")
    if tried := trials_of(said):
        st.markdown(
            "**What the automatic choice tried, judged within what it learns from (NDCG@10)**"
        )
        names = {name: model.short(dated(said)) for name, model in MODELS.items()}
        chart(figures.tried(tried, TASKS, names), "tried")
        number: Any = st.column_config.NumberColumn(format="%.3f", width=70)
        config: Any = {
            "Model": st.column_config.TextColumn(width=130),
            "Settings": st.column_config.TextColumn(width=430),
            "Seconds": st.column_config.NumberColumn(format="%.1f", width=70),
            RAW: st.column_config.TextColumn(help=section("shop", "Settings at the command line")),
        }
        st.dataframe(
            pd.DataFrame(rows_of(tried, dated(said))),
            hide_index=True,
            column_config=dict.fromkeys(TASKS.values(), number) | config,
            alt="What the automatic choice tried",
        )


def trials_of(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The trials of the automatic choice, in the order they were made."""
    return [event["trial"] for event in said if "trial" in event and not event.get("stage")]


def dated(said: list[dict[str, Any]]) -> bool:
    """Whether the run's data has dates, as far as it is known."""
    return all(event.get("dated", True) for event in said)


def rows_of(tried: list[dict[str, Any]], dated: bool = True) -> list[dict[str, Any]]:
    """A row for each trial."""
    return [
        {
            "Model": MODELS[trial["model"]].short(dated),
            "Settings": trial.get("left_out") or worded(trial["model"], trial["options"], dated),
            **{title: trial["ndcg@10"].get(task) for task, title in TASKS.items()},
            "Seconds": trial["seconds"],
            RAW: raw(trial["options"]),
        }
        for trial in tried
    ]


def epochs_of(said: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """{a network's label: the last thing that was said about each of its epochs}."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for event in said:
        if "epoch" in event and "loss" in event and not event.get("stage"):
            found.setdefault(event["model"], {})[event["epoch"]] = event
    return {
        MODELS[name].label if name in MODELS else name: [rows[epoch] for epoch in sorted(rows)]
        for name, rows in found.items()
    }


def in_vain(run: str) -> bool:
    """Whether it ended without a result, and would again."""
    now = jobs.status(run)
    return now["state"] == "failed" and not jobs.can_go_on(now) and not has_result(run)


def ended(run: str, workspace: Workspace) -> None:
    """How a run that is over ended; an interrupted one can go on. What was asked of these purchases
    in vain is asked otherwise, or of others."""
    now = jobs.status(run)
    if now["state"] == "done":
        st.success("This run is done: its result is under Result.")
    else:
        st.error(fault(now["reason"]))
        if has_result(run):
            st.info("Its result is there all the same, under Result; small studies may be missing.")
        if in_vain(run):
            st.markdown(section("shop", "When a run ends without a result"))
        if jobs.can_go_on(now) and jobs.is_own(workspace.key, run):
            st.button("Resume", key="resume", on_click=jobs.resume, args=(workspace.key, run))
