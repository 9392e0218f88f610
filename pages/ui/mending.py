"""What the stage asks of the page: controls that are set for the viewer, who sees them change."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from nn_core.initializers import INITIALIZERS
from pages.ui.table_controls import give


def take_over(component: str) -> None:
    """Sets the page's controls as the stage's message says; they make a new play.

    component: the key of the stage. A message comes from a browser: what does not fit is nothing.
    """
    message: Any = st.session_state[component].get("page")
    if isinstance(message, Mapping) and isinstance(message.get("table"), str):
        give("lab", message["table"])
    wanted = message.get("initializers") if isinstance(message, Mapping) else None
    for layer, name in (wanted if isinstance(wanted, Mapping) else {}).items():
        key = f"lab-initializer-{layer}"
        if key in st.session_state and isinstance(name, str) and name in INITIALIZERS:
            st.session_state[key] = name
