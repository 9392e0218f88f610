"""A trained network as the lab draws it, one snapshot of it on the chosen customer."""

from collections.abc import Callable
from dataclasses import asdict

import streamlit as st
from streamlit.components.v2 import component

from nn_core.recommender.inside import Inside
from nn_core.recommender.neurons import neurons
from pages.ui.content import section
from pages.ui.stage import loader, route_prefix, version


def picture(found: Inside, told: Callable[[str | int], str], key: str) -> None:
    """told: what a unit or a product's number is called."""
    columns = neurons(found)
    layers = [asdict(column) | {"names": [told(n) for n in column.names]} for column in columns]
    component("glassnet_inside", js=loader(), isolate_styles=False)(
        key=key,
        data={
            "module": "inside",
            "base": route_prefix(),
            "version": version(),
            "layers": layers,
            "hint": section("shop", "Pointing at a neuron"),
        },
    )
    for column in columns[1:]:
        if not column.weights:
            st.caption(section("shop", f"No edges into {column.kind}"))
