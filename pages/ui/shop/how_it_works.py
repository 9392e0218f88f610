"""How each model of a run works: three sentences, and the way into it."""

import streamlit as st

from nn_core.recommender.models import MODELS
from pages.ui.content import section
from pages.ui.shop.asking import brief, model_labels
from pages.ui.shop.opened import opened


def how_it_works(run_id: str) -> None:
    """One model at a time; a network can be opened on a customer from here."""
    run = opened(run_id)
    labels, best = model_labels(run), run.best()
    st.markdown("#### How a model works")
    chosen = st.pills(
        "Model",
        list(labels),
        default=best,
        format_func=lambda name: brief(labels[name]),
        required=True,
        key="how it works",
        label_visibility="collapsed",
        wrap=True,
    )
    st.markdown(f"**{labels[chosen]}.** {section('models', chosen)}")
    if MODELS[chosen].network:
        st.button(
            "Open its network",
            icon=":material/account_tree:",
            on_click=open_network,
            args=(labels[chosen],),
        )


def open_network(label: str) -> None:
    """To the picture of its neurons, on a customer of this shop."""
    st.session_state.update({"goto": "Customers", "look": "Inside", "inside-model": label})
