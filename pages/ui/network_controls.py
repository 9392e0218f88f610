"""The lab's controls for points in the plane: data, inputs, layers, loss, penalty and seed."""

from typing import Any

import streamlit as st

from nn_core.datasets import DATASETS, FEATURES
from nn_core.initializers import INITIALIZERS
from nn_core.live.points import OWN, Hidden, Points, losses_for
from nn_core.live.table import FILE, Table, losses_of
from pages.ui.table_controls import choose_table

MOST_LAYERS, MOST_UNITS = 6, 16
DEFAULT_UNITS = (4, 2, 2, 2, 2, 2)
LOSS_LABELS = {
    "binary_crossentropy": "binary cross-entropy",
    "mse": "mean squared error",
    "categorical_crossentropy": "categorical cross-entropy",
    "sparse_categorical_crossentropy": "sparse categorical cross-entropy",
}


def choose_network(prefix: str = "lab") -> Points:
    """Draws the controls into the current container -> the spec they stand for.

    prefix: of the controls' keys, and so of their names in the address.
    """
    dataset = st.selectbox(
        "Data set",
        [*DATASETS.names(), OWN, FILE],
        key=f"{prefix}-dataset",
        bind="query-params",
    )
    table = choose_table(prefix) if dataset == FILE else None
    if dataset == FILE and table is None:
        dataset = DATASETS.names()[0]
    left, right = st.columns(2)
    noise = left.slider(
        "Noise, %",
        0,
        50,
        0,
        5,
        key=f"{prefix}-noise",
        bind="query-params",
        disabled=dataset in (OWN, FILE),
    )
    share = right.slider(
        "Train share, %", 10, 90, 50, 10, key=f"{prefix}-share", bind="query-params"
    )
    order = () if table else choose_inputs(prefix)
    hidden = choose_layers(prefix)
    loss = st.selectbox(
        "Loss",
        losses_of(len(table["classes"])) if table else losses_for(dataset),
        format_func=LOSS_LABELS.__getitem__,
        key=f"{prefix}-loss-{dataset}" + (f"-{len(table['classes'])}" if table else ""),
        bind="query-params",
    )
    left, right = st.columns(2)
    penalty = left.selectbox(
        "Penalty", ["none", "l1", "l2"], key=f"{prefix}-penalty", bind="query-params"
    )
    rate = right.select_slider(
        "Its rate",
        [0.0001, 0.001, 0.003, 0.01, 0.03, 0.1],
        0.001,
        key=f"{prefix}-rate",
        bind="query-params",
    )
    seed = st.number_input(
        "Seed",
        0,
        1_000_000,
        1,
        key=f"{prefix}-seed",
        bind="query-params",
        help="Of data and weights.",
    )
    learnt: dict[str, Any] = {
        "train_share": share / 100,
        "hidden": hidden,
        "loss": loss,
        "penalty": penalty,
        "penalty_rate": rate,
        "seed": int(seed),
    }
    if table:
        return Table(**table, **learnt)
    return Points(dataset=dataset, noise=noise / 100, features=order, **learnt)


def choose_inputs(prefix: str) -> tuple[str, ...]:
    """What the first layer reads of a point."""
    inputs = st.pills(
        "Inputs",
        FEATURES.names(),
        selection_mode="multi",
        default=["x1", "x2"],
        key=f"{prefix}-features",
        bind="query-params",
        help="What the first layer reads of a point. Powers, products and sines of x1 and x2 are "
        "given so that one can see what a hidden layer has to find by itself.",
    )
    # Without an input there is no network; the first one stands in until another is picked.
    return tuple(name for name in FEATURES if name in (inputs or ["x1"]))


def choose_layers(prefix: str) -> tuple[Hidden, ...]:
    """The hidden layers: how many, and of each the units and how its weights start."""
    count = st.slider(
        "Hidden layers", 0, MOST_LAYERS, 2, key=f"{prefix}-layers", bind="query-params"
    )
    found: list[Hidden] = []
    for index in range(count):
        left, right = st.columns([2, 3])
        units = left.number_input(
            f"Units {index + 1}",
            1,
            MOST_UNITS,
            DEFAULT_UNITS[index],
            key=f"{prefix}-units-{index}",
            bind="query-params",
        )
        initializer = right.selectbox(
            f"Weights {index + 1}",
            INITIALIZERS.names(),
            key=f"{prefix}-initializer-{index}",
            bind="query-params",
        )
        found.append(Hidden(int(units), initializer=initializer))
    return tuple(found)
