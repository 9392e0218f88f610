"""Next month: the newer file joins the run's purchases, and what that changed."""

from dataclasses import replace
from typing import Any

import streamlit as st

from nn_core import jobs
from nn_core.recommender.data.exclude import Exclude
from nn_core.recommender.forgetting.kept_out import KeptOut
from nn_core.recommender.job import renewal, submit_next_month, to_be_renewed
from nn_core.recommender.runs.in_common import few, in_common, in_common_words
from nn_core.recommender.runs.made import how
from nn_core.recommender.runs.next_month import read_otherwise
from nn_core.recommender.runs.renewed import words
from pages.figures.runs import trained_again
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.columns import Ready, read
from pages.ui.shop.following import ACTIVE
from pages.ui.shop.opened import opened
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace


def later(run_id: str, workspace: Workspace, ready: Ready | None) -> None:
    """What the last newer file brought, and the door for the next one."""
    brought(run_id)
    if ready is None or ready.waits or ready.error is not None:
        st.info(section("leaving", "Which file is newer"), icon=":material/upload_file:")
        return
    st.markdown(f"**{plain(ready.source.name)}**")
    made = how(opened(run_id).folder)
    newer = is_newer(ready, made)
    otherwise = read_otherwise(
        made["columns"] if made else {}, ready.report["audit"]["columns"], ready.report["names"]
    )
    for sentence in otherwise:
        st.warning(plain(sentence), icon=":material/rule:")
    if newer:
        known(run_id, ready)
    if jobs.spec(run_id).get("added") == ready.source.name:
        st.caption(section("leaving", "Added before"))
    elif not newer:
        st.info(section("leaving", "Nothing newer"), icon=":material/event_busy:")
    if out := ready.report.get("forgotten"):
        st.info(
            f"{plain(out[0])} {section('leaving', 'Lifted where')}", icon=":material/person_off:"
        )
    elif KeptOut(workspace.folder).people():
        st.caption(section("leaving", "Nobody came back"))
    st.button(
        "Add this file and train again",
        type="primary" if newer and not otherwise else "secondary",
        icon=":material/event_repeat:",
        on_click=begin,
        args=(run_id, workspace, ready),
    )


def known(run_id: str, ready: Ready) -> None:
    """How many of the file's customers and products the run knows: of another shop's, none."""
    shared = in_common(jobs.folder(run_id) / "input", ready.folder / "shop")
    st.caption(in_common_words(shared))
    if few(shared):
        st.warning(section("leaving", "Few are known"), icon=":material/join_inner:")


def is_newer(ready: Ready, made: dict[str, Any] | None) -> bool:
    """Whether a purchase of the file is later than all of the run's; so too where nobody knows."""
    last = ready.report["audit"]["span"]["last"]
    known = made["span"] if made else None
    return not (last and known) or last.replace("T", " ")[: len(known[1])] > known[1]


def begin(run_id: str, workspace: Workspace, ready: Ready) -> None:
    """A new run of the same project."""
    ready = as_the_run(how(opened(run_id).folder), ready)
    run = submit_next_month(workspace.key, run_id, ready.folder / "shop", ready.source.name)
    st.query_params["run"] = run
    st.session_state["goto"] = "Training"


def as_the_run(made: dict[str, Any] | None, ready: Ready) -> Ready:
    """The newer file without what the run leaves out, whatever was left out of it until now."""
    same = Exclude.from_json((made or {}).get("exclude", {}))
    if ready.choices.exclude == same:
        return ready
    return read(ready.source, replace(ready.choices, exclude=same))


def brought(run_id: str) -> None:
    """Who and what is new, and whether training again pays; until that is known, that it comes."""
    if found := renewal(opened(run_id)):
        told(found)
    elif to_be_renewed(run_id):
        not_yet(run_id)


def told(found: dict[str, Any]) -> None:
    growth, change = found["growth"], found["change"]
    shown = {
        "Rows added": growth["rows"],
        "There already": growth["twice"],
        "New customers": growth["new_customers"],
        "New products": growth["new_products"],
    }
    for column, (label, value) in zip(st.columns(len(shown)), shown.items()):
        column.metric(label, f"{value:,}")
    st.markdown(plain(words(change) if change else found["why_not"]))
    if change:
        chart(trained_again(change), "trained again")
        with st.popover("How is this computed?"):
            st.markdown(section("leaving", "How the two models are compared"))


def in_short(run_id: str) -> None:
    """The same above the result, in words alone: whoever trained again came for this."""
    if not to_be_renewed(run_id):
        return
    found = renewal(opened(run_id))
    if found is None:
        not_yet(run_id)
        return
    said = words(found["change"]) if found["change"] else found["why_not"]
    st.info(f"**Trained again.** {plain(said)}", icon=":material/event_repeat:")


def not_yet(run_id: str) -> None:
    if jobs.status(run_id)["state"] in ACTIVE:
        awaited(run_id)
    else:
        st.info(section("leaving", "Never compared"), icon=":material/hourglass_disabled:")


@st.fragment(run_every=2)
def awaited(run_id: str) -> None:
    """Redrawn by itself until the comparison is there, or the run has ended without it."""
    if renewal(opened(run_id)) is not None or jobs.status(run_id)["state"] not in ACTIVE:
        st.rerun()
    st.info(section("leaving", "Being compared"), icon=":material/hourglass_top:")
