"""The lab's controls for any stack: its data, its layers as a line of text, and as a form.

The line of text is what counts, and what the address carries; the form writes it.
"""

from functools import partial
from typing import Any

import streamlit as st

from nn_core.datasets import DATASETS
from nn_core.live import convolution
from nn_core.live.convolution import Pictures
from nn_core.live.drafts import DIGITS, datasets, first_stack
from nn_core.live.notation import parse
from nn_core.live.points import Points, losses_for
from nn_core.live.recurrent import LONGEST, SHORTEST, Sequences, sequence_losses
from nn_core.live.stack import Stack
from pages.ui.network_controls import LOSS_LABELS
from pages.ui.picture_controls import DIGITS as DIGIT_LABELS
from pages.ui.sequence_controls import LENGTHS, TASK_LABELS
from pages.ui.stack_form import choose_layers

LABELS = DIGIT_LABELS | TASK_LABELS
HELP = "Layers from the input up, as conv2d(4,3)-flatten-dense(8). The output layer is added."


def choose_stack(prefix: str = "lab") -> Stack:
    """Draws the controls into the current container -> the spec they stand for.

    Where the layers do not fit, a sentence says so, and the last stack that did goes on.
    prefix: of the controls' keys, and so of their names in the address.
    """
    source = choose_source(prefix)
    key = f"{prefix}-stack"
    if key not in st.session_state:
        asked = st.query_params.get(key)
        st.session_state[key] = first_stack(source.dataset) if asked is None else asked
    text = st.text_area("Layers", key=key, bind="query-params", help=HELP, height=118)
    kept: Stack = st.session_state.get(f"{prefix}-kept-stack") or beginning(source)
    hidden = kept.hidden
    try:
        hidden = parse(text)
        kept = Stack(source=source, hidden=hidden)
        kept.check()
    except ValueError as error:
        kept = st.session_state.get(f"{prefix}-kept-stack") or beginning(source)
        st.error(f"{error} The last stack that fitted goes on.", icon=":material/layers_clear:")
    st.session_state[f"{prefix}-kept-stack"] = kept
    choose_layers(key, hidden, Stack(source=source, hidden=hidden).input_shape)
    return kept


def beginning(source: Points | Pictures | Sequences) -> Stack:
    """A stack that fits these data."""
    return Stack(source=source, hidden=parse(first_stack(source.dataset)))


def choose_source(prefix: str) -> Points | Pictures | Sequences:
    """The data, the loss and the seed, as the other kinds have them."""
    dataset = st.selectbox(
        "Data set",
        datasets(),
        index=datasets().index(DIGITS[0]),
        format_func=labelled,
        key=f"{prefix}-any-data",
        bind="query-params",
        on_change=partial(fit_data, prefix),
    )
    left, right = st.columns(2)
    samples = left.slider(
        "How many", 100, 1000, 600, 100, key=f"{prefix}-any-samples", bind="query-params"
    )
    share = right.slider(
        "Train share, %", 10, 90, 70, 10, key=f"{prefix}-any-share", bind="query-params"
    )
    steps, noise = 0, 0
    if dataset in DATASETS:
        noise = st.slider("Noise, %", 0, 50, 0, 5, key=f"{prefix}-any-noise", bind="query-params")
    if dataset in LENGTHS:
        steps = st.slider(
            "Steps in time",
            SHORTEST,
            LONGEST,
            LENGTHS[dataset],
            key=f"{prefix}-any-steps-{dataset}",
            bind="query-params",
        )
    left, right = st.columns([3, 2])
    loss = left.selectbox(
        "Loss",
        losses(dataset),
        format_func=LOSS_LABELS.__getitem__,
        key=f"{prefix}-any-loss-{dataset}",
        bind="query-params",
    )
    seed = right.number_input(
        "Seed", 0, 1_000_000, 1, key=f"{prefix}-any-seed", bind="query-params"
    )
    own: dict[str, Any] = {"train_share": share / 100, "loss": loss, "seed": int(seed)}
    if dataset in DATASETS:
        own["noise"] = noise / 100
    return source_of(dataset, samples, steps, own)


def source_of(
    dataset: str, samples: int, steps: int, own: dict[str, Any]
) -> Points | Pictures | Sequences:
    """The spec whose data they are. own: fields that all kinds have."""
    if dataset in DATASETS:
        return Points(dataset=dataset, points=samples, **own)
    if dataset in DIGITS:
        return Pictures(dataset=dataset, samples=samples, **own)
    return Sequences(dataset=dataset, steps=steps, samples=samples, **own)


def labelled(dataset: str) -> str:
    """What the choice of data calls one."""
    return LABELS.get(dataset, dataset)


def losses(dataset: str) -> list[str]:
    """The losses that fit, the usual one first."""
    if dataset in DATASETS:
        return losses_for(dataset)
    return list(convolution.LOSSES) if dataset in DIGITS else sequence_losses(dataset)


def fit_data(prefix: str) -> None:
    """Other data are chosen: layers that do not fit them give way to some that do."""
    dataset = st.session_state[f"{prefix}-any-data"]
    steps = LENGTHS.get(dataset, 0)
    source = source_of(dataset, 100, steps, {"loss": losses(dataset)[0]})
    try:
        Stack(source=source, hidden=parse(st.session_state[f"{prefix}-stack"])).check()
    except ValueError:
        st.session_state[f"{prefix}-stack"] = first_stack(dataset)
