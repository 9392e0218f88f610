"""Stochastic gradient descent, with momentum, with Nesterov's look ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.optimizers.base import Equation, Optimizer, Slots
from nn_core.schedules import Schedule


@dataclass(frozen=True)
class SGD(Optimizer):
    """w <- w - learning_rate g; with momentum: v <- momentum v - learning_rate g, w <- w + v.

    Nesterov looks ahead: w <- w + momentum v - learning_rate g. Source: keras.optimizers.SGD.
    """

    learning_rate: float | Schedule = 0.01
    momentum: float = 0.0
    nesterov: bool = False

    slot_powers: ClassVar[Mapping[str, int]] = {"velocity": 1}

    def rule(self) -> tuple[Equation, ...]:
        if not self.momentum:
            latex, line = r"w \leftarrow w - \eta g", "w = w - learning_rate * g"
            return (Equation("w", "w = w - learning_rate g", latex, line),)
        velocity = Equation(
            "velocity",
            "v = momentum v - learning_rate g",
            r"v \leftarrow \mu v - \eta g",
            "velocity = momentum * velocity - learning_rate * g",
        )
        if self.nesterov:
            text, latex = "w = w + momentum v - learning_rate g", r"w \leftarrow w + \mu v - \eta g"
            line = "w = w + momentum * velocity - learning_rate * g"
            return velocity, Equation("w", text, latex, line)
        return velocity, Equation("w", "w = w + v", r"w \leftarrow w + v", "w = w + velocity")

    def slots(self) -> dict[str, float]:
        return {"velocity": 0.0} if self.momentum else {}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        change = np.multiply(g, -rate, out=s[0])
        if not self.momentum:
            np.add(w, change, out=w)
            return
        v, momentum = slots["velocity"], as_keras_casts(self.momentum)
        np.multiply(v, momentum, out=v)
        np.add(v, change, out=v)
        if self.nesterov:
            np.add(change, np.multiply(v, momentum, out=s[1]), out=change)
            np.add(w, change, out=w)
        else:
            np.add(w, v, out=w)
