"""A run as somebody sees it who has a link to it: no uploads, no other runs, nothing to change."""

import streamlit as st

from nn_core import jobs
from nn_core.recommender.runs.opened import has_result
from pages.ui.content import section
from pages.ui.shop import customer, result, use
from pages.ui.shop.plain import plain


def asked() -> str | None:
    """The link in the address, if it is one that shows a run."""
    return st.query_params.get("shared")


def view(link: str) -> None:
    """The result, the customers and the files of the run that the link shows."""
    try:
        run = jobs.shared_run(link)
    except jobs.UnknownRunError as error:
        st.warning(plain(str(error)), icon=":material/link_off:")
        return
    if not has_result(run):
        st.info(section("leaving", "A shared run at work"), icon=":material/hourglass:")
        return
    with st.sidebar:
        st.markdown(f"### {plain(jobs.spec(run)['title'])}")
        st.caption(section("leaving", "A shared run"))
    shown = st.tabs(["Result", "Customers", "Use it"], key="step", on_change="rerun")
    for tab, show in zip(shown, (result.result, customer.customer, lambda run: use.use(run, None))):
        if tab.open:
            with tab:
                show(run)
