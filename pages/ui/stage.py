"""The live view as a Streamlit component: it is handed a play's token and nothing else.

What it asks of the page, the page's controls take over before they are drawn.
"""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component

from nn_core.live.hub import the_hub
from nn_core.live.links import unpacked
from nn_core.live.routes import stage_version
from nn_core.live.run import Script
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from pages.ui.address import base_path
from pages.ui.hiding import HIDEABLE, hidden
from pages.ui.mending import take_over

STAGE = Path(__file__).parents[2] / "assets" / "stage"


def route_prefix() -> str:
    """Where the live routes stand."""
    return f"{base_path()}/glassnet"


@cache
def version() -> str:
    """The digest of the browser's modules, read once."""
    return stage_version(STAGE)


@cache
def loader() -> str:
    """The component's JavaScript: it imports the modules from our own route."""
    return (STAGE / "loader.js").read_text()


def stage(spec: Spec, key: str) -> None:
    """Shows a play of this spec. Another spec begins a new one; the same goes on as it is.

    The first play of a page is the one that the address carries, if it carries one.
    """
    held = playing(spec, key)
    if held is None:
        token = linked(spec, key) if key not in st.session_state else None
        held = token or opened(spec, spec.start, key)
        st.session_state[key] = (spec, held)
    mount(held, key, hidden())


def playing(spec: Spec, key: str) -> str | None:
    """The token of the play that this page shows, if it is one of this spec and goes on."""
    held: tuple[Spec, str] | None = st.session_state.get(key)
    if held is None or held[0] != spec or the_hub().find(held[1]) is None:
        return None
    return held[1]


def opened(spec: Spec, settings: Settings, key: str, script: Script | None = None) -> str:
    """A new play -> its token; it takes the place of the one that the page has shown."""
    held: tuple[Spec, str] | None = st.session_state.get(key)
    return the_hub().open(spec, settings, replaces=held[1] if held else None, script=script)


def mount(
    token: str, key: str, hide: list[str], lit: Sequence[str] = (), folded: bool = False
) -> None:
    """The component. hide: controls that are left out; lit: what a lesson speaks of; folded:
    whether the code waits behind its button where nobody has opened or closed it yet."""
    component("glassnet_stage", js=loader(), isolate_styles=False)(
        key=f"{key}-component",
        data={
            "token": token,
            "base": route_prefix(),
            "version": version(),
            "hide": hide,
            "hideable": HIDEABLE,
            "lit": list(lit),
            "folded": folded,
        },
        on_page_change=partial(take_over, f"{key}-component"),
    )


def linked(spec: Spec, key: str) -> str | None:
    """A play of the run that the address or an opened file carries -> its token, if there is one.

    What does not hold is said in a sentence, and the page goes on without it.
    """
    text = st.session_state.pop(f"{key}-file", None) or st.query_params.get("run")
    if not text:
        return None
    try:
        settings, script = unpacked(text)
        return the_hub().open(spec, settings, script=script)
    except ValueError as error:
        st.warning(f"The run of this link could not be opened. {error}", icon=":material/link_off:")
        return None
