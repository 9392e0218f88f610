"""Training: a loop that yields events and knows nothing of who listens."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array
from nn_core.network import QUIET, Sequential


@dataclass(frozen=True)
class BatchEnd:
    """An update is done. loss: of its batch, before the update."""

    epoch: int
    step: int
    loss: float


@dataclass(frozen=True)
class EpochEnd:
    """Every sample has been seen once more. loss: the mean over the epoch's samples."""

    epoch: int
    loss: float
    val_loss: float | None


def batches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[Array]:
    """Shuffled indices of n samples, cut in batches; the last one may be smaller."""
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


def fit(
    model: Sequential,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    epochs: int = 1,
    batch_size: int = 32,
    validation_data: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
) -> Iterator[BatchEnd | EpochEnd]:
    """Trains while it is iterated, shuffling with the model's generator. x, y: (N, ...)."""
    data = model.input(x)
    target = model.target(y, len(data))
    step = 0
    for epoch in range(1, epochs + 1):
        total = 0.0
        for index in batches(len(data), batch_size, model.rng):
            with np.errstate(**QUIET):
                loss = model.step(data[index], target[index])
            step += 1
            total += loss * len(index)
            yield BatchEnd(epoch, step, loss)
        val_loss = model.evaluate(*validation_data) if validation_data else None
        yield EpochEnd(epoch, total / len(data), val_loss)
