"""Controls that a link hides: a teacher leaves the ones that a lesson is about."""

import streamlit as st

# A group of the sidebar's controls, by the beginnings of their keys behind the page's own name.
IN_SIDEBAR = {
    "kind": ("kind",),
    "data": (
        "dataset",
        "noise",
        "share",
        "picture-share",
        "pictures",
        "samples",
        "task",
        "steps",
        "sequences",
        "sequence-share",
        "own",
        "any-data",
        "any-noise",
        "any-samples",
        "any-share",
        "any-steps",
    ),
    "inputs": ("features",),
    "layers": (
        "layers",
        "units",
        "initializer",
        "convolutions",
        "filters",
        "kernel",
        "padding",
        "pool",
        "cell",
        "block",
        "stack",
    ),
    "loss": (
        "loss",
        "penalty",
        "rate",
        "picture-loss",
        "sequence-loss",
        "any-loss",
    ),
    "seed": ("seed", "picture-seed", "sequence-seed", "any-seed"),
}
# What stands in the sidebar of a race, and in the lab on the stage.
IN_RACE = {
    "race": ("raced", "of-", "by-"),
    "rate": ("all-rate",),
    "optimizer": ("all-optimizer",),
    "batch": ("all-batch",),
    "activation": ("all-activation",),
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
    return [name for name in (*HIDEABLE, "race") if name in asked]


def hide(page: str = "lab") -> None:
    """Takes the sidebar's hidden controls off a page, for the eye and for the keyboard."""
    names = hidden()
    groups = [IN_SIDEBAR, IN_RACE] if page == "compare" else [IN_SIDEBAR]
    keys = [f"{page}-{key}" for group in groups for name in names for key in group.get(name, ())]
    if keys:
        rule = ", ".join(f'[data-testid="stSidebar"] [class*="st-key-{key}"]' for key in keys)
        st.html(f"<style>{rule} {{ display: none; }}</style>")
