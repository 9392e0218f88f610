"""A trained network as the lab draws it, one snapshot of it on the chosen customer."""

from collections.abc import Callable
from dataclasses import asdict

import streamlit as st
from streamlit.components.v2 import component

from nn_core.recommender.customer.inside import Inside
from nn_core.recommender.customer.neurons import neurons
from pages.ui.content import section, sections
from pages.ui.stage import loader, route_prefix, version


def picture(found: Inside, told: Callable[[str | int], str], network: str) -> None:
    """told: what a unit or a product's number is called; network: the model's name."""
    columns = neurons(found)
    layers = [asdict(column) | {"names": [told(n) for n in column.names]} for column in columns]
    component("glassnet_inside", js=loader(), isolate_styles=False)(
        key=f"neurons-{network}",
        data={
            "module": "inside",
            "base": route_prefix(),
            "version": version(),
            "layers": layers,
            "hint": section("shop", "Pointing at a neuron"),
        },
    )
    gaps = [f"No edges into {column.kind}" for column in columns[1:] if not column.weights]
    for heading in [*gaps, f"Edges of {network}"]:
        if heading in sections("shop"):
            st.caption(section("shop", heading))
