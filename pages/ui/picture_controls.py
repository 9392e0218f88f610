"""The lab's controls for pictures: which digits, the convolutions and pools, loss and seed."""

from typing import Literal, cast

import streamlit as st

from nn_core.live.convolution import LOSSES, Block, Pictures
from pages.ui.network_controls import LOSS_LABELS

DIGITS = {"digits8": "8x8 digits", "digits28": "28x28 digits"}
MOST_FILTERS = 12
POOL_LABELS = {"max": "max pooling", "average": "average pooling", "none": "no pooling"}
KERNELS = {"digits8": [2, 3, 4], "digits28": [3, 5, 7]}
DEFAULT_FILTERS = (4, 8)


def choose_pictures(prefix: str = "lab") -> Pictures:
    """Draws the controls into the current container -> the spec they stand for.

    prefix: of the controls' keys, and so of their names in the address.
    """
    dataset = st.selectbox(
        "Pictures",
        list(DIGITS),
        format_func=DIGITS.__getitem__,
        key=f"{prefix}-pictures",
        bind="query-params",
    )
    left, right = st.columns(2)
    most = 1800 if dataset == "digits8" else 1000
    samples = left.slider(
        "How many", 100, most, 600, 100, key=f"{prefix}-samples-{dataset}", bind="query-params"
    )
    share = right.slider(
        "Train share, %", 10, 90, 70, 10, key=f"{prefix}-picture-share", bind="query-params"
    )
    count = st.slider("Convolutions", 1, 2, 1, key=f"{prefix}-convolutions", bind="query-params")
    blocks = tuple(choose_block(index, dataset, prefix) for index in range(count))
    loss = st.selectbox(
        "Loss",
        LOSSES,
        format_func=LOSS_LABELS.__getitem__,
        key=f"{prefix}-picture-loss",
        bind="query-params",
    )
    seed = st.number_input(
        "Seed",
        0,
        1_000_000,
        1,
        key=f"{prefix}-picture-seed",
        bind="query-params",
        help="Of the choice of pictures and of the weights.",
    )
    return Pictures(
        dataset=dataset,
        samples=samples,
        train_share=share / 100,
        blocks=blocks,
        loss=loss,
        seed=int(seed),
    )


def choose_block(index: int, dataset: str, prefix: str) -> Block:
    """A convolution: filters, kernel and padding, and the pool behind it."""
    st.markdown(f"**Convolution {index + 1}**")
    left, right = st.columns(2)
    default = DEFAULT_FILTERS[index]
    filters = left.number_input(
        "Filters", 1, MOST_FILTERS, default, key=f"{prefix}-filters-{index}", bind="query-params"
    )
    sizes = KERNELS[dataset]
    kernel = right.selectbox(
        "Kernel",
        sizes,
        1 if dataset == "digits8" else 0,
        format_func=lambda k: f"{k}x{k}",
        key=f"{prefix}-kernel-{dataset}-{index}",
        bind="query-params",
    )
    # A second convolution of an 8x8 picture needs the margin that padding gives it.
    paddings = ["valid", "same"] if index == 0 else ["same", "valid"]
    padding = left.selectbox(
        "Padding", paddings, key=f"{prefix}-padding-{index}", bind="query-params"
    )
    pool = right.selectbox(
        "Pool",
        list(POOL_LABELS),
        format_func=POOL_LABELS.__getitem__,
        key=f"{prefix}-pool-{index}",
        bind="query-params",
    )
    return Block(
        int(filters),
        kernel,
        cast(Literal["valid", "same"], padding),
        "relu",
        cast(Literal["max", "average", "none"], pool),
    )
