"""What a reader of a result must know of how a network learned, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_core.recommender.models.base import Arrays
from nn_core.recommender.split import TrainingData

if TYPE_CHECKING:
    from nn_core.recommender.models.network import Network

NO_ORDER = (
    "Nobody knows what was bought first here, so the network learns from a part of each customer's "
    "purchases to the rest of them."
)


def how_it_learned(network: Network, train: TrainingData, found: Arrays) -> str:
    """found: what the training returned."""
    said = (unordered(network, train), sampled(network, train), stopped(found, network.epochs))
    return " ".join(filter(None, said))


def unordered(network: Network, train: TrainingData) -> str:
    return NO_ORDER if network.by_basket and train.histories.basket is None else ""


def sampled(network: Network, train: TrainingData) -> str:
    there = network.batches(train, 0).count
    if there <= network.epoch_samples:
        return ""
    return f"Each epoch saw {network.epoch_samples:,} of {there:,} samples, drawn anew."


def stopped(arrays: Arrays, epochs: int) -> str:
    """A sentence if the training ended, or its best weights were found, before the last epoch."""
    ran, best = len(arrays["losses"]), int(arrays["epochs"])
    if best == epochs:
        return ""
    return f"The validation was best after epoch {best} of {ran}, whose weights are kept."
