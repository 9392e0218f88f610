"""Trains the course's network with Keras. Only the worker and tests come here, for Keras's weight.

One compiled step over batches that are made dense one at a time: `fit` on 11,600 samples of 3,066
products would hold 140 MB of zeros, and its bookkeeping takes longer than the step. XLA fuses what
Adam does to each weight, and one thread does it all: a step takes 2.9 ms for 4.9 (5.5 for 10 at
8,000 products).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.models.base import Arrays, Report
from nn_core.recommender.models.baskets import Samples
from nn_core.recommender.models.checkpoint import Checkpoint

if TYPE_CHECKING:
    from nn_core.recommender.models.course import Course


WORTH_COMPILING = 800
"""Steps. XLA takes a second to compile one, and for each shape again, so there is one shape."""


def train_network(
    course: Course,
    samples_of: Callable[[int], Samples],
    products: int,
    check: Callable[[Arrays], float] | None,
    report: Report,
) -> Arrays:
    """-> kernels and biases, and `losses` and `ndcgs` (if there is a check), one for each epoch.

    Goes on from the report's checkpoint if there is one, to the same weights as without the stop:
    every epoch has its own seed, and the optimizer's state is kept too.
    """
    steps = course.epochs * -(-min(len(samples_of(0)), course.epoch_samples) // course.batch_size)
    network = Network(course, products, fused=steps > WORTH_COMPILING)
    kept = Checkpoint.read(report.checkpoint) or Checkpoint(network.state(), [], [])
    network.set_state(kept.state)
    for epoch in range(len(kept.losses), course.epochs):
        loss = one_epoch(network, samples_of(epoch), course, epoch, report)
        kept.losses.append(loss)
        event: dict[str, Any] = {"epoch": epoch + 1, "epochs": course.epochs, "loss": loss}
        if check:
            kept.ndcgs.append(check(network.weights()))
            event["ndcg@10"] = kept.ndcgs[-1]
        Checkpoint(network.state(), kept.losses, kept.ndcgs).write(report.checkpoint)
        report.say({**event, "done": (epoch + 1) / course.epochs})
    curves = {"losses": np.array(kept.losses), "ndcgs": np.array(kept.ndcgs)}
    return network.weights() | curves


def one_epoch(
    network: Network, samples: Samples, course: Course, epoch: int, report: Report
) -> float:
    """The mean loss over the samples, each seen once at most, in an order of the epoch's own."""
    order = np.random.default_rng([course.seed, epoch]).permutation(len(samples))
    order = order[: course.epoch_samples]
    total, seen = 0.0, 0
    for first in range(0, len(order), course.batch_size):
        batch = order[first : first + course.batch_size]
        total += len(batch) * network.step(*samples.batch(batch, network.products))
        seen += len(batch)
        report.say(
            {
                "epoch": epoch + 1,
                "epochs": course.epochs,
                "batch": first // course.batch_size + 1,
                "batches": -(-len(order) // course.batch_size),
                "loss": total / seen,
                "done": (epoch + seen / len(order)) / course.epochs,
            }
        )
    return total / seen


class Network:
    """The Keras model, its optimizer, and one compiled training step (`fused`: by XLA)."""

    def __init__(self, course: Course, products: int, fused: bool = False) -> None:
        keras, tf = quiet_keras()
        self.products = products
        self.batch_size = course.batch_size
        units = [*course.hidden, products]
        activations = [course.activation] * len(course.hidden) + ["softmax"]
        self.model: Any = keras.Sequential(
            [keras.Input((products,))]
            + [
                keras.layers.Dense(
                    n,
                    activation=activation,
                    kernel_initializer=keras.initializers.GlorotUniform(course.seed + layer),
                )
                for layer, (n, activation) in enumerate(zip(units, activations))
            ]
        )
        config = {"learning_rate": course.learning_rate}
        self.optimizer: Any = keras.optimizers.get(
            {"class_name": course.optimizer, "config": config}
        )
        self.optimizer.build(self.model.trainable_variables)
        loss_of: Any = keras.losses.get(course.loss)

        def step(x: Any, y: Any, counts: Any) -> Any:
            with tf.GradientTape() as tape:
                losses = loss_of(y, self.model(x, training=True))
                loss = tf.reduce_sum(counts * losses) / tf.reduce_sum(counts)
            gradients = tape.gradient(loss, self.model.trainable_variables)
            self.optimizer.apply(gradients, self.model.trainable_variables)
            return loss

        rows = tf.TensorSpec((self.batch_size, products), tf.float32)
        counts = tf.TensorSpec((self.batch_size,), tf.float32)
        self.compiled: Any = tf.function(
            step, input_signature=[rows, rows, counts], jit_compile=fused
        )

    def step(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> float:
        """One update with x, y (N, I), N at most the batch size -> the mean loss before it."""
        missing = self.batch_size - len(x)
        counts = np.ones(len(x), np.float32)
        if missing:  # rows that do not count, so that every batch has one shape
            x, y = (np.pad(rows, ((0, missing), (0, 0))) for rows in (x, y))
            counts = np.pad(counts, (0, missing))
        return float(self.compiled(x, y, counts))

    def weights(self) -> Arrays:
        """kernel_0, bias_0, kernel_1, ...: arrays that NumPy scores with."""
        values = [np.asarray(variable) for variable in self.model.trainable_variables]
        names = [f"{kind}_{n}" for n in range(len(values) // 2) for kind in ("kernel", "bias")]
        return dict(zip(names, values))

    def state(self) -> list[NDArray[Any]]:
        """Weights and what the optimizer remembers."""
        return [np.asarray(v) for v in (*self.model.trainable_variables, *self.optimizer.variables)]

    def set_state(self, values: list[NDArray[Any]]) -> None:
        variables = (*self.model.trainable_variables, *self.optimizer.variables)
        for variable, value in zip(variables, values):
            variable.assign(value)


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
