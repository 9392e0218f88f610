"""Controls that a link hides: a teacher leaves the ones that a lesson is about."""

import streamlit as st

# A group of the sidebar's controls, by the beginnings of their keys.
IN_SIDEBAR = {
    "kind": ("lab-kind",),
    "data": (
        "lab-dataset",
        "lab-noise",
        "lab-share",
        "lab-picture-share",
        "lab-pictures",
        "lab-samples",
        "lab-task",
        "lab-steps",
        "lab-sequences",
        "lab-sequence-share",
        "lab-own",
        "lab-any-data",
        "lab-any-samples",
        "lab-any-share",
        "lab-any-steps",
    ),
    "inputs": ("lab-features",),
    "layers": (
        "lab-layers",
        "lab-units",
        "lab-initializer",
        "lab-convolutions",
        "lab-filters",
        "lab-kernel",
        "lab-padding",
        "lab-pool",
        "lab-cell",
        "lab-block",
        "lab-stack",
    ),
    "loss": (
        "lab-loss",
        "lab-penalty",
        "lab-rate",
        "lab-picture-loss",
        "lab-sequence-loss",
        "lab-any-loss",
    ),
    "seed": ("lab-seed", "lab-picture-seed", "lab-sequence-seed", "lab-any-seed"),
}
ON_STAGE = {
    "play": "Play and step",
    "speed": "Speed",
    "rate": "Learning rate",
    "optimizer": "Optimizer",
    "batch": "Batch size",
    "activation": "Activations",
    "time": "Time machine",
    "edit": "Weights by hand",
    "panels": "Panels",
}
HIDEABLE = {
    "kind": "Kind of data",
    "data": "Data",
    "inputs": "Inputs",
    "layers": "Layers",
    "loss": "Loss and penalty",
    "seed": "Seed",
    **ON_STAGE,
}


def hidden() -> list[str]:
    """The groups that the address hides, those that there are."""
    asked = str(st.query_params.get("hide", "")).split(",")
    return [name for name in HIDEABLE if name in asked]


def hide() -> None:
    """Takes the sidebar's hidden controls off the page, for the eye and for the keyboard."""
    keys = [key for name in hidden() for key in IN_SIDEBAR.get(name, ())]
    if keys:
        rule = ", ".join(f'[data-testid="stSidebar"] [class*="st-key-{key}"]' for key in keys)
        st.html(f"<style>{rule} {{ display: none; }}</style>")
