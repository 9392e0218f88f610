"""The lab's controls for sequences: task, length, the cell that reads them, loss and seed."""

import streamlit as st

from nn_core.live.recurrent import (
    CELLS,
    LONGEST,
    MOST_UNITS,
    SHORTEST,
    Sequences,
    sequence_losses,
)
from nn_core.sequences import TASKS
from pages.ui.network_controls import LOSS_LABELS

TASK_LABELS = {
    "remember": "remember the first symbol",
    "adding": "add the two marked numbers",
    "sine": "continue a sine wave",
    "sales": "tomorrow's sales of the shop",
}
LENGTHS = {"remember": 10, "adding": 10, "sine": 12, "sales": 14}


def choose_sequences(prefix: str = "lab") -> Sequences:
    """Draws the controls into the current container -> the spec they stand for.

    prefix: of the controls' keys, and so of their names in the address.
    """
    dataset = st.selectbox(
        "Task",
        TASKS.names(),
        format_func=TASK_LABELS.__getitem__,
        key=f"{prefix}-task",
        bind="query-params",
    )
    steps = st.slider(
        "Steps in time",
        SHORTEST,
        LONGEST,
        LENGTHS[dataset],
        key=f"{prefix}-steps-{dataset}",
        bind="query-params",
    )
    left, right = st.columns(2)
    samples = left.slider(
        "How many", 100, 1000, 600, 100, key=f"{prefix}-sequences", bind="query-params"
    )
    share = right.slider(
        "Train share, %", 10, 90, 70, 10, key=f"{prefix}-sequence-share", bind="query-params"
    )
    left, right = st.columns([3, 2])
    cell = left.selectbox("Cell", list(CELLS), index=1, key=f"{prefix}-cell", bind="query-params")
    units = right.number_input(
        "Units", 1, MOST_UNITS, 8, key=f"{prefix}-cell-units", bind="query-params"
    )
    loss = st.selectbox(
        "Loss",
        sequence_losses(dataset),
        format_func=LOSS_LABELS.__getitem__,
        key=f"{prefix}-sequence-loss-{dataset}",
        bind="query-params",
    )
    seed = st.number_input(
        "Seed",
        0,
        1_000_000,
        1,
        key=f"{prefix}-sequence-seed",
        bind="query-params",
        help="Of the sequences and the weights.",
    )
    return Sequences(
        dataset=dataset,
        steps=steps,
        samples=samples,
        train_share=share / 100,
        cell=cell,
        units=int(units),
        loss=loss,
        seed=int(seed),
    )
