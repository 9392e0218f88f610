"""The comparison as a Streamlit component: it is handed the tokens of plays, and steers them."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nn_core.live.hub import the_hub
from nn_core.live.links import unpacked
from nn_core.live.races import RACED, Lane, lanes
from nn_core.live.run import Script
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.stack import Stack
from pages.ui.hiding import hidden
from pages.ui.race_controls import KEY, SEEDS, Race
from pages.ui.stage import loader, route_prefix, version


def race(spec: Spec, settings: Settings, chosen: Race, key: str) -> None:
    """Shows a play a lane. The same race goes on as it is; another one begins anew."""
    try:
        found = lanes(spec, settings, chosen.raced, chosen.values)
        tokens = plays(found, key)
    except ValueError as error:
        st.info(str(error), icon=":material/compare_arrows:")
        return
    mount = component("glassnet_race", js=loader(), isolate_styles=False)
    mount(
        key=f"{key}-component",
        data={
            "module": "race",
            "base": route_prefix(),
            "version": version(),
            "lanes": [{"value": lane.value, "token": token} for lane, token in zip(found, tokens)],
            "raced": RACED.get(chosen.raced).label,
            "by": chosen.by,
            "scene": spec.scene,
            "seed": spec.seed,
            "setup": repr([setup(lane.spec, lane.settings) for lane in found]),
            "hide": hidden(),
        },
        on_page_change=partial(take_seed, f"{key}-component", f"{KEY}-{SEEDS[spec.scene]}"),
    )


def setup(spec: Spec, settings: Settings) -> tuple[Spec, dict[str, Any]]:
    """What makes a lane the same race with another seed."""
    if isinstance(spec, Stack):
        return replace(spec, source=replace(spec.source, seed=0)), asdict(settings)
    return replace(spec, seed=0), asdict(settings)


def plays(found: tuple[Lane, ...], key: str) -> list[str]:
    """The plays of these lanes -> their tokens. Raises ValueError if the server has no room."""
    hub = the_hub()
    held: tuple[tuple[Lane, ...], list[str]] | None = st.session_state.get(key)
    if held is not None and held[0] == found and all(hub.find(token) for token in held[1]):
        return held[1]
    for token in held[1] if held else []:
        hub.close(token)
    script = changed_in_all()
    try:
        tokens = [hub.open(lane.spec, lane.settings, script=script) for lane in found]
    except ValueError:
        if script is None:
            raise
        # The changes of the link were for another network than the one that is chosen now.
        tokens = [hub.open(lane.spec, lane.settings) for lane in found]
    st.session_state[key] = (found, tokens)
    return tokens


def changed_in_all() -> Script | None:
    """What the address says was changed in every run, weights set by hand for instance."""
    try:
        return unpacked(st.query_params.get("run", ""))[1]
    except ValueError:
        return None


def take_seed(part: str, control: str) -> None:
    """Sets the seed that the stage asks for. A message comes from a browser: others are nothing."""
    message: Any = st.session_state[part].get("page")
    seed = message.get("seed") if isinstance(message, Mapping) else None
    if type(seed) is int and 0 <= seed <= 1_000_000 and control in st.session_state:
        st.session_state[control] = seed
