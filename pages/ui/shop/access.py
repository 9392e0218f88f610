"""The API for a shop's programmer: tokens of this run, and requests to copy."""

import time
from typing import Any
from urllib.parse import quote

import streamlit as st

from nn_core import jobs
from pages.ui.address import server_address
from pages.ui.shop.opened import opened
from pages.ui.shop.plain import plain
from pages.ui.shop.workspace import Workspace

CURL = """curl -H "Authorization: Bearer $GLASSNET_TOKEN" \\
  "{address}/recommendations?user={user}&k=10"
"""
PYTHON = """import json, os, urllib.request

request = urllib.request.Request(
    "{address}/recommendations?user={user}&k=10",
    headers={{"Authorization": "Bearer " + os.environ["GLASSNET_TOKEN"]}},
)
with urllib.request.urlopen(request) as answer:
    for item in json.load(answer)["items"]:
        print(item["rank"], item["product"], item["name"])
"""
BASKET = """curl -H "Authorization: Bearer $GLASSNET_TOKEN" --json '{{"products": [{products}]}}' \\
  "{address}/basket"
"""


def access(run_id: str, workspace: Workspace) -> None:
    """Tokens at the left, examples with this run's own address at the right."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        new_token(run_id, workspace)
        known(run_id, workspace)
    with right:
        examples(run_id)


def new_token(run_id: str, workspace: Workspace) -> None:
    with st.form("token", clear_on_submit=True, border=False):
        name = st.text_input("Name of a new token", placeholder="web shop", max_chars=60)
        pressed = st.form_submit_button("Make a token", icon=":material/key:")
    if pressed:
        try:
            made = jobs.make_token(workspace.key, run_id, name)
        except jobs.TooManyTokensError as error:
            st.error(plain(str(error)))
            return
        st.success("Copy it now: it is shown this once.", icon=":material/key:")
        st.code(made, language=None, wrap_lines=True)


def known(run_id: str, workspace: Workspace) -> None:
    """The names of the tokens, each with a button that revokes it."""
    for token in jobs.tokens(run_id):
        said, button = st.columns([3, 2], vertical_alignment="center")
        made = time.strftime("%d %b %Y", time.localtime(token["created"]))
        said.markdown(f"{plain(token['name'])}  \n:small[made on {made}]")
        button.button(
            "Revoke",
            key=f"revoke {token['id']}",
            on_click=jobs.revoke_token,
            args=(workspace.key, run_id, token["id"]),
            icon=":material/key_off:",
        )


def examples(run_id: str) -> None:
    """Requests that work as they stand, once the token is in the variable."""
    catalogue = opened(run_id).catalogue
    address = f"{server_address()}/api/v1/runs/{run_id}"
    user = quote(catalogue.customers[0], safe="")
    basket = ", ".join(f'"{safe(product)}"' for product in catalogue.products[:2])
    shown: Any = st.tabs(["curl", "Python", "A basket"])
    for tab, text, language in zip(shown, (CURL, PYTHON, BASKET), ("bash", "python", "bash")):
        with tab:
            request = text.format(address=address, user=user, products=basket)
            st.code(request, language=language, wrap_lines=True)
    base = f"{server_address()}/api/v1"
    st.markdown(f"[All requests]({base}/docs), and for programs [OpenAPI 3.1]({base}/openapi.json)")


def safe(product: str) -> str:
    """A product's id inside of JSON inside of a shell's single quotes."""
    return "".join(f"\\u{ord(sign):04x}" if sign in "\\\"'" else sign for sign in product)
