"""The control for files that are too large for the server's memory."""

from functools import partial

import streamlit as st
from streamlit.components.v2 import component

from nn_core.jobs.receiving import LIMIT
from pages.ui.shop.parts import part
from pages.ui.shop.workspace import Workspace
from pages.ui.stage import route_prefix


def large_upload(workspace: Workspace) -> None:
    """Sends a file to our own route; when it has arrived, it is what is worked with."""
    html, css, js = (part(f"upload.{kind}") for kind in ("html", "css", "js"))
    mount = component("glassnet_upload", html=html, css=css, js=js)
    mount(
        key="large",
        data={
            "url": f"{route_prefix()}/uploads",
            "workspace": workspace.key,
            "limit": LIMIT,
            "label": f"A file of up to {LIMIT / 1e6:,.0f} MB",
        },
        on_upload_change=partial(arrived, "large"),
    )


def arrived(key: str) -> None:
    if upload := st.session_state[key].get("upload"):
        st.session_state["source"] = upload
