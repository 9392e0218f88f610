"""The control for files that are too large for the server's memory."""

from functools import cache, partial
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component

from nn_core.jobs.receiving import LIMIT
from pages.ui.shop.workspace import Workspace
from pages.ui.stage import route_prefix

PARTS = Path(__file__).parents[3] / "assets" / "shop"


@cache
def part(kind: str) -> str:
    """The component's file of this kind."""
    return (PARTS / f"upload.{kind}").read_text(encoding="utf-8")


def large_upload(workspace: Workspace) -> None:
    """Sends a file to our own route; when it has arrived, it is what is worked with."""
    mount = component("glassnet_upload", html=part("html"), css=part("css"), js=part("js"))
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
