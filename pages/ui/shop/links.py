"""Links that show this run to a colleague, and that can be taken back."""

import time

import streamlit as st

from nn_core import jobs
from pages.ui.address import page_address
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace


def links(run_id: str, workspace: Workspace) -> None:
    """A new link, and those there are."""
    with st.form("link", clear_on_submit=True, border=False):
        name, button = st.columns([3, 2], vertical_alignment="bottom")
        called = name.text_input("For whom", placeholder="Ada, purchasing", max_chars=60)
        pressed = button.form_submit_button("Make a link", icon=":material/add_link:")
    if pressed:
        jobs.make_share(workspace.key, run_id, called)
    for share in jobs.shares(workspace.key, run_id):
        one(run_id, workspace, share["id"], share["name"], share["created"])


def one(run_id: str, workspace: Workspace, share: str, name: str, created: float) -> None:
    """Whose it is and since when, the address to copy, and the way to take it back."""
    said, shown, button = st.columns([2, 5, 2], vertical_alignment="center")
    made = time.strftime("%d %b %Y", time.localtime(created))
    said.markdown(f"{plain(name)}  \n:small[made on {made}]")
    shown.code(f"{page_address()}?shared={share}", language=None, wrap_lines=True)
    button.button(
        "Take it back",
        key=f"revoke {share}",
        on_click=jobs.revoke_share,
        args=(workspace.key, run_id, share),
        icon=":material/link_off:",
    )
