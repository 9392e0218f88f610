"""Forgetting a customer: asked once, carried out as a job, and proved."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from nn_core import jobs
from nn_core.recommender.elsewhere import called, elsewhere
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forget import proofs, purchases_of
from nn_core.recommender.job import forget_customer
from pages.figures.runs import where_it_stood
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.kept import let_go
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace

TITLES = {
    "file": "File of the run",
    "how": "Searched",
    "before": "Found before",
    "after": "Found after",
    "sha256": "SHA-256 of the file now",
}


def forgetting(run_id: str, workspace: Workspace) -> None:
    """Whom to forget; below, the proof of each time."""
    with st.form("forget", clear_on_submit=True, border=False):
        name, button = st.columns([3, 2], vertical_alignment="bottom")
        customer = name.text_input("Customer's id", placeholder="as it stands in your file").strip()
        pressed = button.form_submit_button("Look for this customer", icon=":material/search:")
    if pressed and customer:
        look_for(run_id, workspace, customer)
    if why := st.session_state.pop("not forgotten", None):
        st.error(plain(why))
    for place, proof in enumerate(proofs(jobs.folder(run_id))):
        shown(proof, place)


def look_for(run_id: str, workspace: Workspace, customer: str) -> None:
    """Asks whether to forget whom there is; says it of somebody whom there is not."""
    try:
        purchases_of(jobs.folder(run_id), called(workspace.key, run_id, customer))
    except ShopDataError as error:
        st.error(plain(str(error)))
    else:
        confirm(run_id, workspace, customer)


@st.dialog("Forget this customer?")
def confirm(run_id: str, workspace: Workspace, customer: str) -> None:
    """Says what will happen and where else the customer stands; only the button does it."""
    given, customer = customer, called(workspace.key, run_id, customer)
    st.markdown(f"**{plain(given)}**")
    if customer != given:
        st.caption(f"Here under the pseudonym {plain(customer)}.")
    st.markdown(section("leaving", "What forgetting does"))
    others = elsewhere(workspace.key, run_id, customer)
    if others:
        st.warning(f"Also in, and not touched here: {plain('; '.join(others))}.")
    if st.button(
        "Forget and train again",
        type="primary",
        icon=":material/person_off:",
        on_click=forget,
        args=(run_id, workspace, customer),
    ):
        st.rerun()


def forget(run_id: str, workspace: Workspace, customer: str) -> None:
    """Begins it, and shows how far it is; or keeps the sentence that says why not."""
    try:
        forget_customer(workspace.key, run_id, customer)
    except (ShopDataError, PermissionError) as error:
        st.session_state["not forgotten"] = str(error)
    else:
        let_go()
        st.session_state["goto"] = "Training"


def shown(proof: dict[str, Any], place: int) -> None:
    """The sums of one proof, its files, and the proof as a file."""
    rows, found = proof["rows"], proof["found"]
    again = "" if proof.get("made_again") else " The models have not been trained again yet."
    st.success(
        f"{proof['at'][:10]}: {rows['before'] - rows['after']:,} of {rows['before']:,} purchases "
        f"went. The id stood in {found['before']:,} places; it stands in {found['after']:,} now."
        + again,
        icon=":material/verified:",
    )
    held = [one for one in proof["places"] if one["before"]]
    if held:
        chart(where_it_stood(held), f"where {place}")
    with st.expander(f"The {len(proof['places'])} files that were looked into"):
        st.markdown(section("leaving", "How it is proved"))
        files = pd.DataFrame(proof["places"]).astype({"before": "Int64", "after": "Int64"})
        st.dataframe(
            files.rename(columns=TITLES),
            hide_index=True,
            alt="Files, and how often the id stood in each",
        )
    st.download_button(
        "The proof (JSON)",
        json.dumps(proof, indent=1),
        "forgotten.json",
        "application/json",
        on_click="ignore",
        icon=":material/download:",
        key=f"proof {place}",
    )
