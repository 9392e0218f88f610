"""Forgetting a customer: asked once, carried out as a job, and proved."""

import streamlit as st

from nn_core import jobs
from nn_core.recommender.data.personal import is_pseudonym
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.elsewhere import Elsewhere, called, elsewhere, known_as
from nn_core.recommender.forgetting.forget import proofs, purchases_of
from nn_core.recommender.forgetting.kept_out import KeptOut
from nn_core.recommender.job import forget_customer
from pages.ui.content import section
from pages.ui.shop.following import FORGETS
from pages.ui.shop.kept import let_go
from pages.ui.shop.plain import plain
from pages.ui.shop.proof import shown
from pages.ui.shop.workspace import Workspace


def forgetting(run_id: str, workspace: Workspace) -> None:
    """Whom to forget; below, the proof of each time, the latest first."""
    with st.form("forget", clear_on_submit=True, border=False):
        name, button = st.columns([3, 2], vertical_alignment="bottom")
        customer = name.text_input("Customer's id", placeholder="as it stands in your file").strip()
        pressed = button.form_submit_button("Look for this customer", icon=":material/search:")
    if pressed and customer:
        look_for(run_id, workspace, customer)
    if why := st.session_state.pop("not forgotten", None):
        st.error(plain(why))
    if people := KeptOut(workspace.folder).people():
        staying_out(workspace, len(people))
    for place, proof in enumerate(proofs(jobs.folder(run_id))):
        shown(proof, place)


def staying_out(workspace: Workspace, count: int) -> None:
    """How many of this workspace are kept out, and the way back for one who agrees to it."""
    with st.expander(f"Forgotten here and kept out of later files: {count:,}"):
        st.markdown(section("leaving", "Who stays out"))
        with st.form("lift", clear_on_submit=True, border=False):
            name, button = st.columns([3, 2], vertical_alignment="bottom")
            back = name.text_input("Id of a customer who agreed to come back").strip()
            if button.form_submit_button("Let back in", icon=":material/undo:") and back:
                lift(workspace, back)


def lift(workspace: Workspace, customer: str) -> None:
    """Says what it changed; by the id of the file, as by the pseudonym made from it."""
    lifted = KeptOut(workspace.folder).lift(customer)
    told = section("leaving", "Lifted" if lifted else "Not on the list")
    (st.success if lifted else st.error)(told)


def look_for(run_id: str, workspace: Workspace, customer: str) -> None:
    """Asks whether to forget whom there is; says it of somebody whom there is not."""
    try:
        purchases_of(jobs.folder(run_id), called(workspace.folder, run_id, customer))
    except ShopDataError as error:
        st.error(plain(str(error)))
    else:
        confirm(run_id, workspace, customer)


@st.dialog("Forget this customer?")
def confirm(run_id: str, workspace: Workspace, customer: str) -> None:
    """Says what will happen, asks of everywhere else that the customer stands; the button acts."""
    given, customer = customer, called(workspace.folder, run_id, customer)
    st.markdown(f"**{plain(given)}**")
    if customer != given:
        how = "under the pseudonym" if is_pseudonym(customer) else "spelled"
        st.caption(f"Here {how} {plain(customer)}.")
    st.markdown(section("leaving", "What forgetting does"))
    others = elsewhere(workspace.folder, run_id, customer, given)
    if others.runs or others.uploads:
        everywhere(others)
    if st.button(
        "Forget and train again",
        type="primary",
        icon=":material/person_off:",
        on_click=forget,
        args=(run_id, others, workspace, customer, given),
    ):
        st.rerun()


def everywhere(others: Elsewhere) -> None:
    """Where else it is to be done: a tick for each run and each upload."""
    st.markdown(section("leaving", "Where else the customer stands"))
    for run, title in others.runs.items():
        st.checkbox(f"Forget in the run {plain(title)} too", True, key=f"forget in {run}")
        st.caption(others.told(run))
    for upload, name in others.uploads.items():
        st.checkbox(f"Delete the upload {plain(name)}", key=f"forget with {upload}")
        st.caption(others.told(upload))


def forget(run_id: str, others: Elsewhere, workspace: Workspace, customer: str, given: str) -> None:
    """Begins it, and shows how far it is; or keeps the sentence that says why not. What is ticked
    now is asked of the session: the button was drawn before the last tick."""
    for run in [run_id, *(one for one in others.runs if st.session_state.get(f"forget in {one}"))]:
        try:
            there = known_as(workspace.folder, run, customer, given)
            forget_customer(workspace.key, run, there, given)
        except (ShopDataError, PermissionError) as error:
            st.session_state["not forgotten"] = f"{jobs.spec(run)['title']}: {error}"
            return
    for upload in others.uploads:
        if st.session_state.get(f"forget with {upload}"):
            workspace.forget(upload)
    let_go()
    st.session_state.update({"goto": "Training", FORGETS: run_id})
