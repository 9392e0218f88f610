"""What a diagnosis is made of: findings, each with its number and the change that mends it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np

from nn_core.arrays import Array
from nn_core.network import Sequential
from nn_core.registry import Registry
from nn_core.trace import Trace
from nn_core.training import EpochEnd


@dataclass(frozen=True)
class Change:
    """A change to the spec. target: whose fields: layers (by name), optimizer, inputs or fit.

    afresh: the weights as they are cannot be helped; it holds for a run that begins again.
    inputs: {"standardise": True}: take off each feature's mean and divide by its deviation.
    fit: arguments of `fit`.
    """

    target: Literal["layers", "optimizer", "inputs", "fit"]
    fields: dict[str, Any]
    layers: tuple[str, ...] = ()
    afresh: bool = False


@dataclass(frozen=True)
class Finding:
    """Something wrong with a run: where, in a sentence, by which number, and what mends it."""

    kind: str
    sentence: str
    evidence: float
    change: Change
    where: str = ""


@dataclass(frozen=True)
class Run:
    """What is looked at: a model, its epochs so far, and the trace of a batch."""

    model: Sequential
    epochs: Sequence[EpochEnd]
    trace: Trace
    losses: Sequence[float] = ()
    restored: bool = False

    @property
    def learning_rate(self) -> float:
        """The rate of the next step."""
        return self.model.optimizer.rate(self.model.iterations + 1)

    def lower_rate(self, afresh: bool = False) -> Change:
        """A tenth of the learning rate, and no more than ten times the rule's default."""
        most = 10 * type(self.model.optimizer)().rate(1)
        rate = min(self.learning_rate / 10, most)
        return Change("optimizer", {"learning_rate": rate}, afresh=afresh)

    def value(self, name: str) -> Array | None:
        """A value of the trace, where it has it."""
        return self.trace.values.get(name)


Check: TypeAlias = Callable[[Run], Iterator[Finding]]
CHECKS: Registry[Check] = Registry("check")


def mended(model: Sequential, change: Change) -> Sequential:
    """A new model with the change, its weights drawn anew from the same seed."""
    layers = [
        replace(layer, **change.fields)
        if change.target == "layers" and layer.name in change.layers
        else layer
        for layer in model.layers
    ]
    optimizer = model.optimizer
    if change.target == "optimizer":
        optimizer = replace(optimizer, **change.fields)
    found = Sequential(layers, model.input_shape, model.seed, model.dtype.name)
    found.compile(optimizer, model.loss or "mse")
    return found


def rms(values: Array) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.mean(np.square(values, dtype=np.float64)))) if values.size else 0.0
