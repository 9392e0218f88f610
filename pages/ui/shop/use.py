"""The tab of what one leaves with: files to take home, and the link that shows the run."""

import streamlit as st

from pages.ui.content import section
from pages.ui.shop import take_home
from pages.ui.shop.opened import opened


def use(run_id: str) -> None:
    """The file of all lists with its settings, the run itself, and the link."""
    run = opened(run_id)
    model = take_home.lists(run)
    take_home.folder(run_id, run, model)
    st.markdown(section("shop", "Sharing"))
    st.code(f"{address()}?run={run_id}", language=None, wrap_lines=True)


def address() -> str:
    """Of this page, without what only its owner may know."""
    return str(st.context.url or "/shop").partition("?")[0]
