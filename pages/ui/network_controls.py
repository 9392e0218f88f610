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
    dataset, table = choose_data(prefix)
    noise, share = choose_split(prefix, generated=dataset in DATASETS)
    order = () if table else choose_inputs(prefix)
    learnt: dict[str, Any] = {
        "train_share": share,
        "hidden": choose_layers(prefix),
        "loss": choose_loss(prefix, dataset, table),
        **choose_penalty(prefix),
        "seed": choose_seed(prefix),
    }
    if table:
        return Table(**table, **learnt)
    return Points(dataset=dataset, noise=noise, features=order, **learnt)


def choose_data(prefix: str) -> tuple[str, dict[str, Any] | None]:
    """The data set's name and, where it is a file, what was read of it.

    Until a file is there, the first of the data sets stands in.
    """
    names = [*DATASETS.names(), OWN, FILE]
    dataset = st.selectbox("Data set", names, key=f"{prefix}-dataset", bind="query-params")
    table = choose_table(prefix) if dataset == FILE else None
    if dataset == FILE and table is None:
        dataset = DATASETS.names()[0]
    return dataset, table


def choose_split(prefix: str, generated: bool) -> tuple[float, float]:
    """The noise and the share to train on, both from 0 to 1. generated: whether noise applies."""
    left, right = st.columns(2)
    noise = left.slider(
        "Noise, %",
        0,
        50,
        0,
        5,
        key=f"{prefix}-noise",
        bind="query-params",
        disabled=not generated,
    )
    share = right.slider(
        "Train share, %", 10, 90, 50, 10, key=f"{prefix}-share", bind="query-params"
    )
    return noise / 100, share / 100


def choose_loss(prefix: str, dataset: str, table: dict[str, Any] | None) -> str:
    """The loss, of those that fit the data's classes or heights."""
    classes = len(table["classes"]) if table else None
    return st.selectbox(
        "Loss",
        losses_for(dataset) if classes is None else losses_of(classes),
        format_func=LOSS_LABELS.__getitem__,
        key=f"{prefix}-loss-{dataset}" + ("" if classes is None else f"-{classes}"),
        bind="query-params",
    )


def choose_penalty(prefix: str) -> dict[str, Any]:
    """The penalty on large weights and its rate."""
    left, right = st.columns(2)
    penalty = left.selectbox(
        "Penalty", ["none", "l1", "l2"], key=f"{prefix}-penalty", bind="query-params"
    )
    rates = [0.0001, 0.001, 0.003, 0.01, 0.03, 0.1]
    rate = right.select_slider("Its rate", rates, 0.001, key=f"{prefix}-rate", bind="query-params")
    return {"penalty": penalty, "penalty_rate": rate}


def choose_seed(prefix: str) -> int:
    """Of the data and of the weights."""
    key = f"{prefix}-seed"
    return int(
        st.number_input(
            "Seed", 0, 1_000_000, 1, key=key, bind="query-params", help="Of data and weights."
        )
    )


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
