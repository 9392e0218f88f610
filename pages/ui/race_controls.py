"""The controls of a race: what is raced, which of its values, and what all runs have in common."""

from dataclasses import replace
from typing import Any, NamedTuple

import streamlit as st

from nn_core.datasets import DATASETS
from nn_core.live.races import IN_SCENE, MOST, RACED
from nn_core.live.settings import BATCH_SIZES, DRAWN, LEARNING_RATES, Settings
from nn_core.live.spec import Spec
from nn_core.optimizers import OPTIMIZERS
from pages.ui.network_controls import MOST_LAYERS

KEY = "compare"
# Controls of the common network that a race takes the place of, by the ends of their keys.
REPLACED = {
    "initializer": [f"initializer-{index}" for index in range(MOST_LAYERS)],
    "units": [f"units-{index}" for index in range(MOST_LAYERS)],
    "depth": [
        "layers",
        *(f"{name}-{i}" for name in ("units", "initializer") for i in range(1, MOST_LAYERS)),
    ],
    "loss": [f"loss-{dataset}" for dataset in DATASETS],
    "pool": ["pool-0", "pool-1"],
    "cell": ["cell"],
    "cell-units": ["cell-units"],
}
# Where the seed of a kind of data stands among the controls.
SEEDS = {
    "points": "seed",
    "pictures": "picture-seed",
    "sequences": "sequence-seed",
    "stack": "any-seed",
}


class Race(NamedTuple):
    """What is raced, its values, and what is counted: updates or epochs."""

    raced: str
    values: list[Any]
    by: str


def choose_race(spec: Spec) -> Race:
    """Draws the controls into the current container; those that the race replaces are not shown."""
    scene = spec.scene
    raced = st.selectbox(
        "What differs",
        IN_SCENE[scene],
        format_func=lambda name: RACED.get(name).label,
        key=f"{KEY}-raced-{scene}",
        bind="query-params",
    )
    what = RACED.get(raced)
    values = st.multiselect(
        f"Two to four of its values ({what.label})",
        what.values,
        default=what.first,
        max_selections=MOST,
        key=f"{KEY}-of-{scene}-{raced}",
        bind="query-params",
    )
    # Batches of different sizes make different numbers of updates of one epoch.
    by = st.segmented_control(
        "Equal steps are",
        ["updates", "epochs"],
        default="epochs" if raced == "batch" else "updates",
        required=True,
        key=f"{KEY}-by-{'batch' if raced == 'batch' else 'other'}",
        bind="query-params",
        help="With equal updates all have changed their weights equally often; with equal epochs "
        "all have seen every sample equally often. They differ where batch sizes do.",
    )
    if names := REPLACED.get(raced):
        of = '[data-testid="stColumn"]:has'
        rule = ", ".join(f".st-key-{KEY}-{n}, {of}(.st-key-{KEY}-{n})" for n in names)
        st.html(f"<style>{rule} {{ display: none; }}</style>")
    return Race(raced, values, by)


def choose_common(spec: Spec, race: Race) -> Settings:
    """What all runs are trained with; the raced setting is not among it."""
    first, scene = spec.start, spec.scene
    left, right = st.columns(2)
    places = iter([left, right, left, right])

    def choose(raced: str, label: str, options: list[Any], start: Any) -> Any:
        if raced == race.raced:
            return start
        return next(places).selectbox(
            label,
            options,
            options.index(start),
            key=f"{KEY}-all-{raced}-{scene}",
            bind="query-params",
        )

    changes = {
        "optimizer": choose("optimizer", "Optimizer", OPTIMIZERS.names(), first.optimizer),
        "learning_rate": choose("rate", "Learning rate", LEARNING_RATES, first.learning_rate),
        "batch_size": choose("batch", "Batch size", BATCH_SIZES, first.batch_size),
    }
    # A stack's line of layers says each layer's own.
    if first.activations and spec.carries_activations:
        one = choose("activation", "Activation", list(DRAWN), first.activations[0])
        changes["activations"] = (one,) * len(first.activations)
    return replace(first, **changes)
