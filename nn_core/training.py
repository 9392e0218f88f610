"""Training: a loop that yields events and knows nothing of who listens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array
from nn_core.data import weights, whole
from nn_core.metrics import classes
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


@dataclass(frozen=True)
class Stopped:
    """Early stopping ended the run after `epoch`; restored says whose weights the model has."""

    epoch: int
    best_epoch: int
    best: float
    restored: bool


Event: TypeAlias = BatchEnd | EpochEnd | Stopped


@dataclass(frozen=True)
class EarlyStopping:
    """Ends a run whose loss has not fallen by more than min_delta for `patience` epochs.

    Source: keras.callbacks.EarlyStopping. restore_best_weights also holds for a run that was not
    stopped.
    """

    monitor: Literal["val_loss", "loss"] = "val_loss"
    min_delta: float = 0.0
    patience: int = 0
    restore_best_weights: bool = False

    def __post_init__(self) -> None:
        whole("patience", self.patience, 0)
        if self.monitor not in ("val_loss", "loss"):
            raise ValueError(
                f"EarlyStopping expects to monitor val_loss or loss; received {self.monitor!r}."
            )


class Watch:
    """Early stopping at work: the best loss so far, its epoch and its weights."""

    def __init__(self, rule: EarlyStopping) -> None:
        self.rule = rule
        self.best = float("inf")
        self.best_epoch = 0
        self.weights: list[Array] = []
        self.wait = 0

    def look(self, model: Sequential, end: EpochEnd) -> bool:
        """Whether the run should end after this epoch."""
        value = end.val_loss if self.rule.monitor == "val_loss" else end.loss
        if value is None:
            raise ValueError(
                "EarlyStopping watches val_loss, and fit received no validation_data. Give it, or "
                'choose EarlyStopping(monitor="loss").'
            )
        self.wait += 1
        if not self.best_epoch or value + abs(self.rule.min_delta) < self.best:
            self.best, self.best_epoch, self.wait = value, end.epoch, 0
            if self.rule.restore_best_weights:
                self.weights = model.get_weights()
        return self.wait >= self.rule.patience and self.wait > 0

    def restore(self, model: Sequential) -> bool:
        """Gives the model its best weights back, where they were kept."""
        if self.weights:
            model.set_weights(self.weights)
        return bool(self.weights)


def batches(n: int, batch_size: int, rng: np.random.Generator | None) -> Iterator[Array]:
    """Indices of n samples, shuffled if there is a generator, cut in batches; the last one may be
    smaller."""
    order = np.arange(n) if rng is None else rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


def fit(
    model: Sequential,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    epochs: int = 1,
    batch_size: int = 32,
    validation_data: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    *,
    sample_weight: npt.ArrayLike | None = None,
    class_weight: Mapping[int, float] | None = None,
    early_stopping: EarlyStopping | None = None,
    shuffle: bool = True,
) -> Iterator[Event]:
    """Trains while it is iterated, shuffling with the model's generator. x, y: (N, ...)."""
    rows = model.input(x)
    target = model.target(y, len(rows))
    weight = weights_of(model, target, sample_weight, class_weight)
    epochs, batch_size = whole("epochs", epochs, 0), whole("batch_size", batch_size, 1)
    watch = Watch(early_stopping) if early_stopping else None
    rng = model.rng if shuffle else None
    step = 0
    for epoch in range(1, epochs + 1):
        total = 0.0
        for index in batches(len(rows), batch_size, rng):
            with np.errstate(**QUIET):
                own = None if weight is None else weight[index]
                loss = model.step(rows[index], target[index], own)
            step += 1
            total += loss * len(index)
            yield BatchEnd(epoch, step, loss)
        val_loss = model.evaluate(*validation_data) if validation_data else None
        end = EpochEnd(epoch, total / len(rows), val_loss)
        yield end
        if watch and watch.look(model, end):
            yield Stopped(epoch, watch.best_epoch, watch.best, watch.restore(model))
            return
    if watch:
        watch.restore(model)


def weights_of(
    model: Sequential,
    target: Array,
    sample_weight: npt.ArrayLike | None,
    class_weight: Mapping[int, float] | None,
) -> Array | None:
    """Sample and class weights as one number a sample: (N,), or None. target: (N, ...)."""
    found = weights(sample_weight, len(target), model.dtype)
    if class_weight is None:
        return found
    labels = classes(target, len(model.output_shape) + 1)
    missing = sorted(set(np.unique(labels).tolist()) - set(class_weight))
    if missing or labels.ndim != 1:
        raise ValueError(
            f"class_weight expects a number for every class of y; none was given for {missing}. "
            "A class that should count as before gets 1.0."
        )
    own = np.array([class_weight[int(label)] for label in labels], model.dtype)
    return own if found is None else found * own
