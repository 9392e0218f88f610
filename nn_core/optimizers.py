"""Optimizers: how a gradient changes the weights.

Each works in place on one flat vector that holds every weight of the network, so a step is a few
vector operations whatever the number of layers. Rules, names and defaults are those of Keras 3.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.registry import Registry

Slots = dict[str, Array]
Equation = tuple[str, str, str]


class Optimizer(Protocol):
    """A frozen set of hyper-parameters and an in-place update rule."""

    @property
    def learning_rate(self) -> float: ...

    def equations(self) -> tuple[Equation, ...]:
        """(what changes, equation, LaTeX), in the order of computing."""
        ...

    def slots(self) -> tuple[str, ...]:
        """Names of the vectors it carries from step to step, each as long as the weights."""
        ...

    def update(self, w: Array, g: Array, slots: Slots, iteration: int, scratch: Array) -> None:
        """Changes w: (P,) in place. g: (P,) gradient; iteration counts from 1; scratch: (2, P)."""
        ...


@dataclass(frozen=True)
class SGD:
    """w <- w - learning_rate g; with momentum: v <- momentum v - learning_rate g, w <- w + v.

    Nesterov looks ahead: w <- w + momentum v - learning_rate g. Source: keras.optimizers.SGD.
    """

    learning_rate: float = 0.01
    momentum: float = 0.0
    nesterov: bool = False

    def __post_init__(self) -> None:
        check_learning_rate("SGD", self.learning_rate)
        check_fraction("SGD", "momentum", self.momentum)

    def equations(self) -> tuple[Equation, ...]:
        if not self.momentum:
            return (("w", "w = w - learning_rate g", r"w \leftarrow w - \eta g"),)
        velocity = (
            "velocity",
            "v = momentum v - learning_rate g",
            r"v \leftarrow \mu v - \eta g",
        )
        if self.nesterov:
            look_ahead = r"w \leftarrow w + \mu v - \eta g"
            return velocity, ("w", "w = w + momentum v - learning_rate g", look_ahead)
        return velocity, ("w", "w = w + v", r"w \leftarrow w + v")

    def slots(self) -> tuple[str, ...]:
        return ("velocity",) if self.momentum else ()

    def update(self, w: Array, g: Array, slots: Slots, iteration: int, scratch: Array) -> None:
        change = np.multiply(g, -self.learning_rate, out=scratch[0])
        if not self.momentum:
            np.add(w, change, out=w)
            return
        v, momentum = slots["velocity"], as_keras_casts(self.momentum)
        np.multiply(v, momentum, out=v)
        np.add(v, change, out=v)
        if self.nesterov:
            np.add(change, np.multiply(v, momentum, out=scratch[1]), out=change)
            np.add(w, change, out=w)
        else:
            np.add(w, v, out=w)


@dataclass(frozen=True)
class Adam:
    """Moving means of g and g^2, corrected for their start at zero (Kingma and Ba, 2015).

    m <- m + (1 - beta_1)(g - m); v <- v + (1 - beta_2)(g^2 - v);
    w <- w - learning_rate sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + epsilon).
    epsilon stands outside the root, as in keras.optimizers.Adam.
    """

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    def __post_init__(self) -> None:
        check_learning_rate("Adam", self.learning_rate)
        check_fraction("Adam", "beta_1", self.beta_1)
        check_fraction("Adam", "beta_2", self.beta_2)

    def equations(self) -> tuple[Equation, ...]:
        return (
            ("m", "m = m + (1 - beta_1) (g - m)", r"m \leftarrow m + (1 - \beta_1)(g - m)"),
            ("v", "v = v + (1 - beta_2) (g^2 - v)", r"v \leftarrow v + (1 - \beta_2)(g^2 - v)"),
            (
                "w",
                "w = w - learning_rate sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + epsilon)",
                r"w \leftarrow w - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}"
                r" \frac{m}{\sqrt{v} + \epsilon}",
            ),
        )

    def slots(self) -> tuple[str, ...]:
        return ("m", "v")

    def update(self, w: Array, g: Array, slots: Slots, iteration: int, scratch: Array) -> None:
        m, v, change, root = slots["m"], slots["v"], scratch[0], scratch[1]
        np.subtract(g, m, out=change)
        np.multiply(change, 1 - self.beta_1, out=change)
        np.add(m, change, out=m)
        np.multiply(g, g, out=change)
        np.subtract(change, v, out=change)
        np.multiply(change, 1 - self.beta_2, out=change)
        np.add(v, change, out=v)
        correction = bias_correction(self.beta_1, self.beta_2, iteration, w.dtype)
        np.sqrt(v, out=root)
        np.add(root, self.epsilon, out=root)
        np.multiply(m, self.learning_rate * correction, out=change)
        np.divide(change, root, out=change)
        np.subtract(w, change, out=w)


def bias_correction(beta_1: float, beta_2: float, t: int, dtype: np.dtype) -> float:
    """sqrt(1 - beta_2^t) / (1 - beta_1^t), in the precision of the weights, as Keras has it."""
    one = dtype.type(1)
    power_1 = dtype.type(as_keras_casts(beta_1)) ** dtype.type(t)
    power_2 = dtype.type(as_keras_casts(beta_2)) ** dtype.type(t)
    return float(np.sqrt(one - power_2) / (one - power_1))


def check_learning_rate(optimizer: str, value: float) -> None:
    """Raises ValueError unless the learning rate is a finite number of zero or more."""
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(
            f"{optimizer} expects a learning_rate of 0 or more; received {value}. Try 0.01."
        )


def check_fraction(optimizer: str, name: str, value: float) -> None:
    """Raises ValueError unless 0 <= value < 1."""
    if not 0 <= value < 1:
        raise ValueError(
            f"{optimizer} expects {name} from 0 to below 1; received {value}. Try 0.9."
        )


OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer")
OPTIMIZERS.add("sgd", SGD)
OPTIMIZERS.add("adam", Adam)
