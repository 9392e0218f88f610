"""What if: products put into the basket and taken out, and every list moves at once."""

import streamlit as st
from streamlit.components.v2 import component

from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.parts import part
from pages.ui.stage import route_prefix

OFFERED = 5_000  # products, the best sellers first


def basket(asked: Asked) -> None:
    """The component asks our own route for the lists, so that a change reruns no page."""
    st.caption(section("shop", "What if"))
    if len(asked.names) > OFFERED:
        st.caption(section("shop", "What if in a large shop").format(offered=f"{OFFERED:,}"))
    css = part("lists.css") + part("whatif.css")
    mount = component(
        "glassnet_whatif",
        html=part("whatif.html"),
        css=css,
        js=part("whatif.js"),
        isolate_styles=False,
    )
    question = {"task": asked.task, "models": list(asked.models), "k": asked.k}
    mount(
        key="what-if",
        data={
            "url": f"{route_prefix()}/what-if?run={asked.run_id}",
            "headers": visitor(),
            # A moment in ns is more than a number of JavaScript holds.
            "asked": question | {"customer": asked.customer, "made": str(asked.made.at)},
            "names": asked.names[:OFFERED],
            "basket": {
                "title": "In the basket, latest first",
                "empty": "Nothing: these are the lists for a newcomer.",
            },
            "lists": [titled(asked, model) for model in asked.models],
        },
    )


def titled(asked: Asked, model: str) -> dict[str, str]:
    column = asked.column(model, [])
    return {"title": column.title, "empty": column.empty}


def visitor() -> dict[str, str]:
    """By what this visitor may see the run: a link to it, or the key of its workspace."""
    if link := st.query_params.get("shared"):
        return {"X-Glassnet-Link": link}
    return {"X-Glassnet-Workspace": st.session_state["workspace"]}
