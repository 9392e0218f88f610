"""The options of the course's network as controls, each with the network's own default."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from nn_core.recommender.models.course import CHOICES, Course

# Those that the course names, then the others.
FIRST = {
    "epochs": "Epochs",
    "batch_size": "Batch size",
    "hidden": "Hidden units",
    "learning_rate": "Learning rate",
    "target": "Target",
}
MORE = {
    "patience": "Epochs without progress",
    "activation": "Activation",
    "optimizer": "Optimizer",
    "loss": "Loss",
    "largest": "Products at most",
    "validation": "Share of customers to validate on",
    "seed": "Seed",
}


def network() -> dict[str, Any]:
    """What the course names in one line, the rest below."""
    first = options(FIRST, st.columns(len(FIRST), vertical_alignment="bottom"))
    return first | options(MORE, st.columns(4))


def options(labels: Mapping[str, str], columns: Any) -> dict[str, Any]:
    """A control for each of these options of the network, its default filled in."""
    usual = Course()
    found: dict[str, Any] = {}
    for place, (name, label) in enumerate(labels.items()):
        with columns[place % len(columns)]:
            found[name] = control(name, label, getattr(usual, name))
    return found


def control(name: str, label: str, usual: Any) -> Any:
    """A whole number, a share or rate, a list of units, or a choice among words."""
    if isinstance(usual, tuple):
        return units_of(st.text_input(label, ", ".join(str(units) for units in usual)))
    if isinstance(usual, str):
        return st.selectbox(label, CHOICES[name], index=CHOICES[name].index(usual))
    if isinstance(usual, float):
        return st.number_input(label, 0.0, 1.0, usual, format="%g", step=usual)
    return st.number_input(label, 0 if name in ("seed", "patience") else 1, 1_000_000, usual)


def units_of(text: str) -> tuple[int, ...]:
    """ "64, 32" -> (64, 32); anything that is no number is left for the model to refuse."""
    words = text.replace(",", " ").split()
    return tuple(int(word) if word.isdigit() else 0 for word in words)
