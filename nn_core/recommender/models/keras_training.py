"""Trains a network with Keras. Only the worker and tests come here, for Keras's weight.

One compiled step over batches that are made dense one at a time: `fit` on 11,600 samples of 3,066
products would hold 140 MB of zeros, and its bookkeeping takes longer than the step. XLA fuses what
Adam does to each weight, and one thread does it all: a step of the course's network takes 2.9 ms
for 4.9 (5.5 for 10 at 8,000 products).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.layers import Layer
from nn_core.recommender.extent import Extent
from nn_core.recommender.models.base import Arrays, Report
from nn_core.recommender.models.batches import Batch, Batches
from nn_core.recommender.models.checkpoint import Checkpoint
from nn_core.recommender.models.network import Network
from nn_core.recommender.split import TrainingData

WORTH_COMPILING = 800
"""Steps. XLA takes a second to compile one, and for each shape again, so there is one shape."""


def train_network(
    network: Network,
    train: TrainingData,
    check: Callable[[Arrays], float] | None,
    report: Report,
) -> Arrays:
    """-> the weights, `losses` and `ndcgs` (if there is a check) of all epochs, and `epochs`: how
    many led to these weights, the best by the check or else the last.

    Goes on from the report's checkpoint if there is one, to the same weights as without the stop:
    every epoch has its own seed, and the optimizer's state is kept too.
    """
    trainer = Trainer(network, train, network.steps(Extent.of(train.histories)) > WORTH_COMPILING)
    trainer.begin_with(network.start(train))
    kept = Checkpoint.read(report.checkpoint) or Checkpoint(trainer.state(), trainer.values())
    trainer.set_state(kept.state)
    for epoch in range(len(kept.losses), network.epochs):
        stale = bool(network.patience) and kept.stale >= network.patience
        if stale or (epoch and report.enough()):
            report.say({"epoch": epoch, "epochs": network.epochs, "done": 1.0})
            break
        loss = one_epoch(trainer, network.batches(train, epoch), network, epoch, report)
        ndcg = check(trainer.weights()) if check else None
        kept = kept.after(trainer.state(), trainer.values(), loss, ndcg, bool(network.patience))
        kept.write(report.checkpoint)
        event = {"epoch": epoch + 1, "epochs": network.epochs, "loss": loss}
        seen = {} if ndcg is None else {"ndcg@10": ndcg}
        report.say({**event, **seen, "done": (epoch + 1) / network.epochs})
    curves = {"losses": np.array(kept.losses), "ndcgs": np.array(kept.ndcgs)}
    return trainer.named(kept.best) | curves | {"epochs": np.array(kept.best_epoch)}


def one_epoch(
    trainer: Trainer, batches: Batches, network: Network, epoch: int, report: Report
) -> float:
    """The mean loss over the samples, in an order of the epoch's own."""
    rng = np.random.default_rng([network.seed, epoch])
    order = batches.order(network.epoch_samples, rng)
    total, seen = 0.0, 0
    for first in range(0, len(order), network.batch_size):
        which = order[first : first + network.batch_size]
        total += len(which) * trainer.step(*batches.arrays(which, rng))
        seen += len(which)
        report.say(
            {
                "epoch": epoch + 1,
                "epochs": network.epochs,
                "batch": first // network.batch_size + 1,
                "batches": -(-len(order) // network.batch_size),
                "loss": total / seen,
                "done": (epoch + seen / len(order)) / network.epochs,
            }
        )
    return total / seen


class Trainer:
    """The Keras model, its optimizer, and one compiled training step (`fused`: by XLA)."""

    def __init__(self, network: Network, train: TrainingData, fused: bool = False) -> None:
        keras, tf = quiet_keras()
        self.batch_size = network.batch_size
        self.names = network.weight_names(len(train.products))
        self.model: Any = network.keras_model(keras, train)
        variables = self.model.trainable_variables
        config = {"learning_rate": network.learning_rate}
        self.optimizer: Any = keras.optimizers.get(
            {"class_name": network.optimizer, "config": config}
        )
        self.optimizer.build(variables)
        losses_of = network.losses(keras, self.model)

        def step(counts: Any, *batch: Any) -> Any:
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(counts * losses_of(*batch)) / tf.reduce_sum(counts)
            self.optimizer.apply(tape.gradient(loss, variables), variables)
            return loss

        self.compiled: Any = tf.function(step, jit_compile=fused)

    def step(self, *batch: NDArray[Any]) -> float:
        """One update with arrays of N rows, N at most the batch size -> the mean loss before it."""
        counts = np.ones(len(batch[0]), np.float32)
        return float(self.compiled(*padded((counts, *batch), self.batch_size)))

    def values(self) -> list[NDArray[Any]]:
        """The weights, in Keras's order."""
        return [np.asarray(variable) for variable in self.model.trainable_variables]

    def begin_with(self, arrays: Arrays) -> None:
        """Sets some of the weights, by name."""
        for name, array in arrays.items():
            self.model.trainable_variables[self.names.index(name)].assign(array)

    def named(self, values: list[NDArray[Any]]) -> Arrays:
        """The weights under the names that the server reads."""
        return dict(zip(self.names, values, strict=True))

    def weights(self) -> Arrays:
        return self.named(self.values())

    def state(self) -> list[NDArray[Any]]:
        """Weights and what the optimizer remembers."""
        return [*self.values(), *(np.asarray(v) for v in self.optimizer.variables)]

    def set_state(self, values: list[NDArray[Any]]) -> None:
        variables = (*self.model.trainable_variables, *self.optimizer.variables)
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)


def padded(batch: Batch, rows: int) -> Batch:
    """With rows of zeros, which do not count, so that every batch has one shape.

    An array with another number of rows than the first belongs to the batch as a whole.
    """
    given = len(batch[0])
    if given == rows:
        return batch
    return tuple(
        np.pad(a, [(0, rows - given)] + [(0, 0)] * (a.ndim - 1)) if len(a) == given else a
        for a in batch
    )


def in_keras(keras: Any, layer: Layer) -> Any:
    """A layer's config is Keras's: the same layer there."""
    config = {field.name: getattr(layer, field.name) for field in fields(layer)}
    return getattr(keras.layers, layer.keras_class)(**config | {"name": layer.name or None})


def quiet_keras() -> tuple[Any, Any]:
    """Keras and TensorFlow, which would greet everybody on stderr in C++."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # A step is too small to share: two threads take a fifth longer, and the core of the server.
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        import keras
        import tensorflow as tf
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
    return keras, tf
