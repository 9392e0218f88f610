"""Where the app stands: its path on the server, and its address as the browser has it."""

import streamlit as st


def base_path() -> str:
    """ "" or "/some/path": Streamlit gives its baseUrlPath to none but its own routes."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def page_address() -> str:
    """Of this page, without what only its owner may know."""
    return str(st.context.url or "/shop").partition("?")[0]


def server_address() -> str:
    """The address under which the app's own routes stand."""
    return page_address().removesuffix("/").removesuffix("/shop").removesuffix("/")
