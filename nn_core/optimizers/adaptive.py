"""Rates of their own for every weight, from the squares of its gradients."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.optimizers.base import Equation, Optimizer, Slots


@dataclass(frozen=True)
class Adagrad(Optimizer):
    """s <- s + g^2; w <- w - learning_rate g / sqrt(s + epsilon) (Duchi 2011)."""

    initial_accumulator_value: float = 0.1
    epsilon: float = 1e-7

    slot_powers: ClassVar[Mapping[str, int]] = {"accumulator": 2}

    def rule(self) -> tuple[Equation, ...]:
        return (
            Equation(
                "accumulator",
                "s = s + g^2",
                r"s \leftarrow s + g^2",
                "accumulator = accumulator + g**2",
            ),
            Equation(
                "w",
                "w = w - learning_rate g / sqrt(s + epsilon)",
                r"w \leftarrow w - \eta \frac{g}{\sqrt{s + \epsilon}}",
                "w = w - learning_rate * g / np.sqrt(accumulator + epsilon)",
            ),
        )

    def slots(self) -> dict[str, float]:
        return {"accumulator": as_keras_casts(self.initial_accumulator_value)}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        total, change, root = slots["accumulator"], s[0], s[1]
        np.add(total, np.multiply(g, g, out=change), out=total)
        np.multiply(g, rate, out=change)
        np.divide(change, root_of(total, self.epsilon, root), out=change)
        np.subtract(w, change, out=w)


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """Adagrad with a fading memory, and steps in the weights' own unit (Zeiler 2012).

    v <- rho v + (1 - rho) g^2; d = -g sqrt(u + epsilon) / sqrt(v + epsilon);
    u <- rho u + (1 - rho) d^2; w <- w + learning_rate d.
    """

    rho: float = 0.95
    epsilon: float = 1e-7

    slot_powers: ClassVar[Mapping[str, int]] = {"velocity": 2}

    def rule(self) -> tuple[Equation, ...]:
        d_tex = r"d = -g \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}}"
        return (
            SQUARES,
            Equation(
                "accumulated_delta",
                "u = rho u + (1 - rho) d^2, d = -g sqrt(u + epsilon) / sqrt(v + epsilon)",
                rf"u \leftarrow \rho u + (1 - \rho) d^2,\; {d_tex}",
                "d = -g * np.sqrt(accumulated_delta + epsilon) / np.sqrt(velocity + epsilon)\n"
                "accumulated_delta = rho * accumulated_delta + (1 - rho) * d**2",
            ),
            Equation(
                "w",
                "w = w + learning_rate d",
                r"w \leftarrow w + \eta d",
                "w = w + learning_rate * d",
            ),
        )

    def slots(self) -> dict[str, float]:
        return {"velocity": 0.0, "accumulated_delta": 0.0}

    def asides(
        self,
        g: float,
        before: Mapping[str, float],
        after: Mapping[str, float],
        t: int,
        dtype: np.dtype,
    ) -> dict[str, float]:
        above, under = before["accumulated_delta"], after["velocity"]
        return {"d": -g * math.sqrt(above + self.epsilon) / math.sqrt(under + self.epsilon)}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        squares, deltas, d, root = slots["velocity"], slots["accumulated_delta"], s[0], s[1]
        fade(squares, np.multiply(g, g, out=d), self.rho)
        np.multiply(root_of(deltas, self.epsilon, d), g, out=d)
        np.divide(d, root_of(squares, self.epsilon, root), out=d)
        np.negative(d, out=d)
        fade(deltas, np.multiply(d, d, out=root), self.rho)
        np.add(w, np.multiply(d, rate, out=d), out=w)


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """v <- rho v + (1 - rho) g^2; w <- w - learning_rate g / sqrt(v + epsilon) (Hinton 2012).

    centered takes the square of the mean gradient off v; epsilon stands inside the root, as in
    keras.optimizers.RMSprop.
    """

    rho: float = 0.9
    momentum: float = 0.0
    epsilon: float = 1e-7
    centered: bool = False

    slot_powers: ClassVar[Mapping[str, int]] = {"velocity": 2, "mean": 1}

    def rule(self) -> tuple[Equation, ...]:
        latex, line = r"m \leftarrow \rho m + (1 - \rho) g", "mean = rho * mean + (1 - rho) * g"
        mean = Equation("mean", "m = rho m + (1 - rho) g", latex, line)
        under, tex = ("v - m^2", "v - m^2") if self.centered else ("v", "v")
        root = f"np.sqrt(velocity{' - mean**2' * self.centered} + epsilon)"
        step = f"learning_rate g / sqrt({under} + epsilon)"
        line = f"learning_rate * g / {root}"
        step_tex = rf"\eta \frac{{g}}{{\sqrt{{{tex} + \epsilon}}}}"
        found: list[Equation] = [SQUARES, *([mean] if self.centered else [])]
        if self.momentum:
            push = rf"p \leftarrow \mu p + {step_tex}"
            rule = f"p = momentum * p + {line}"
            found.append(Equation("momentum", f"p = momentum p + {step}", push, rule))
            step, step_tex, line = "p", "p", "p"
        latex = rf"w \leftarrow w - {step_tex}"
        return (*found, Equation("w", f"w = w - {step}", latex, f"w = w - {line}"))

    def slots(self) -> dict[str, float]:
        asked = {"velocity": True, "mean": self.centered, "momentum": self.momentum > 0}
        return {name: 0.0 for name, wanted in asked.items() if wanted}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        v, change, root = slots["velocity"], s[0], s[1]
        fade(v, np.multiply(g, g, out=change), self.rho)
        np.copyto(root, v)
        if self.centered:
            mean = slots["mean"]
            fade(mean, g, self.rho, change)
            np.subtract(root, np.multiply(mean, mean, out=change), out=root)
        root_of(root, self.epsilon, root)
        np.multiply(g, rate, out=change)
        np.divide(change, root, out=change)
        if self.momentum:
            p = slots["momentum"]
            np.multiply(p, self.momentum, out=p)
            change = np.add(p, change, out=p)
        np.subtract(w, change, out=w)


SQUARES = Equation(
    "velocity",
    "v = rho v + (1 - rho) g^2",
    r"v \leftarrow \rho v + (1 - \rho) g^2",
    "velocity = rho * velocity + (1 - rho) * g**2",
)


def root_of(values: Array, epsilon: float, out: Array) -> Array:
    """sqrt(values + epsilon) into out."""
    return np.sqrt(np.add(values, epsilon, out=out), out=out)


def fade(kept: Array, new: Array, rho: float, memory: Array | None = None) -> None:
    """kept <- rho kept + (1 - rho) new, in place; new is written over unless memory is given."""
    np.multiply(kept, rho, out=kept)
    np.add(kept, np.multiply(new, 1 - rho, out=new if memory is None else memory), out=kept)
