"""A trained network on the chosen customer: its neurons and edges, and every array as a map."""

from collections.abc import Callable

import streamlit as st

from nn_core.recommender.customer.inside import Inside, look_inside, networks
from nn_core.recommender.customer.layer_words import path
from nn_core.recommender.models import Fitted
from pages.figures.inside import maps
from pages.ui.chart import chart
from pages.ui.content import section
from pages.ui.shop.asking import Asked
from pages.ui.shop.neurons import picture
from pages.ui.shop.plain import plain


def inside(asked: Asked) -> None:
    """Which network, what was asked for, the lab's picture of it, then maps of its arrays."""
    known = to_look_into(asked)
    if not known:
        st.info(section("shop", "No network to look into"))
        return
    chosen = st.selectbox("Network", list(known), key="inside-model")
    found = look_inside(known[chosen], asked.history)
    if found is None:
        st.info(section("shop", "No history to look into"))
        return
    name = known[chosen].model.name
    st.markdown(section("models", name))
    st.caption(path(found.model))
    names = asked.catalogue.names
    ids = asked.catalogue.products

    def told(cell: str | int) -> str:
        return cell if isinstance(cell, str) else names[cell] or ids[cell]

    wanted = ", ".join(plain(told(n)) for n in found.wanted[:8])
    loss, next_basket = st.columns([1, 4], vertical_alignment="center")
    about = section("shop", "Loss on a customer")
    loss.metric("Loss on this customer", f"{found.loss:.4g}", help=about)
    next_basket.markdown(f"**In the last basket:** {wanted}")
    picture(found, told, name)
    with st.expander("What does this picture say?"):
        st.markdown(section("shop", "Neurons of a network"))
    arrays(found, told, name)


def arrays(found: Inside, told: Callable[[str | int], str], name: str) -> None:
    """A pair of maps for each array, drawn once they are asked for."""
    below = st.expander("Every array as a map", key=f"inside-maps-{name}", on_change="rerun")
    if not below.open:
        return
    below.markdown(section("shop", "Inside a network"))
    for place, sheet in enumerate(found.sheets):
        rows, columns = ([told(cell) for cell in cells] for cells in (sheet.rows, sheet.columns))
        title, keras = f"{place + 1}. {sheet.told}", f"{sheet.layer}: {sheet.name}"
        cells = sheet.value.tolist(), sheet.gradient.tolist()
        figure = maps(title, keras, rows, columns, *cells, sheet.middle)
        with below:
            chart(figure, f"inside-{name}-{place}")


def to_look_into(asked: Asked) -> dict[str, Fitted]:
    """Every network of the run, those too that the automatic choice or a blend took up."""
    found: dict[str, Fitted] = {}
    for model in asked.run.models():
        label = asked.label(model)
        for one in networks(asked.run.model(model), asked.task):
            inner = one.model.name != model
            found[f"{one.model.label}, in: {label}" if inner else label] = one
    return found
