"""Relatives of Adam: Adamax, Nadam, Lion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.optimizers.adam import M, V, follow
from nn_core.optimizers.base import Equation, Optimizer, Slots


@dataclass(frozen=True)
class Adamax(Optimizer):
    """Adam by the largest gradient of late instead of a mean square (Kingma and Ba, 2015).

    u <- max(beta_2 u, |g|); w <- w - learning_rate m / ((1 - beta_1^t)(u + epsilon)).
    """

    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    slot_powers: ClassVar[Mapping[str, int]] = {"m": 1, "u": 1}

    def rule(self) -> tuple[Equation, ...]:
        return (
            M,
            Equation(
                "u",
                "u = max(beta_2 u, |g|)",
                r"u \leftarrow \max(\beta_2 u, |g|)",
                "u = np.maximum(beta_2 * u, np.abs(g))",
            ),
            Equation(
                "w",
                "w = w - learning_rate m / ((1 - beta_1^t) (u + epsilon))",
                r"w \leftarrow w - \eta \frac{m}{(1 - \beta_1^t)(u + \epsilon)}",
                "w = w - learning_rate * m / ((1 - beta_1**t) * (u + epsilon))",
            ),
        )

    def slots(self) -> dict[str, float]:
        return {"m": 0.0, "u": 0.0}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        m, u, change, under = slots["m"], slots["u"], s[0], s[1]
        np.subtract(g, m, out=change)
        np.multiply(change, 1 - self.beta_1, out=change)
        np.add(m, change, out=m)
        np.multiply(u, self.beta_2, out=u)
        np.maximum(u, np.abs(g, out=change), out=u)
        start = 1 - power(self.beta_1, iteration, w.dtype)
        np.multiply(np.add(u, self.epsilon, out=under), start, out=under)
        np.divide(np.multiply(m, rate, out=change), under, out=change)
        np.subtract(w, change, out=w)


@dataclass(frozen=True)
class Nadam(Optimizer):
    """Adam with Nesterov's look ahead (Dozat 2016).

    mu_t = beta_1 (1 - 0.96^t / 2), p_t their product so far;
    m_hat = mu_t+1 m / (1 - p_t+1) + (1 - mu_t) g / (1 - p_t).
    """

    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    slot_powers: ClassVar[Mapping[str, int]] = {"m": 1, "v": 2}

    def rule(self) -> tuple[Equation, ...]:
        look = "m_hat = mu_(t+1) m / (1 - p_(t+1)) + (1 - mu_t) g / (1 - p_t)"
        return (
            Equation(
                "p",
                "p = p mu_t, mu_t = beta_1 (1 - 0.96^t / 2)",
                r"p \leftarrow p\, \mu_t",
                "mu, ahead = (beta_1 * (1 - 0.96**s / 2) for s in (t, t + 1))\np = p * mu",
            ),
            M,
            V,
            Equation(
                "w",
                f"w = w - learning_rate m_hat / (sqrt(v / (1 - beta_2^t)) + epsilon), {look}",
                r"w \leftarrow w - \eta \frac{\hat m}{\sqrt{v / (1 - \beta_2^t)} + \epsilon},\;"
                r" \hat m = \frac{\mu_{t+1} m}{1 - p_{t+1}} + \frac{(1 - \mu_t) g}{1 - p_t}",
                "m_hat = ahead * m / (1 - p * ahead) + (1 - mu) * g / (1 - p)\n"
                "w = w - learning_rate * m_hat / (np.sqrt(v / (1 - beta_2**t)) + epsilon)",
            ),
        )

    def slots(self) -> dict[str, float]:
        return {"m": 0.0, "v": 0.0, "p": 1.0}

    def asides(
        self,
        g: float,
        before: Mapping[str, float],
        after: Mapping[str, float],
        t: int,
        dtype: np.dtype,
    ) -> dict[str, float]:
        now, ahead, product = self.mu(t, dtype), self.mu(t + 1, dtype), after["p"]
        m_hat = ahead * after["m"] / (1 - product * ahead) + (1 - now) * g / (1 - product)
        found = {"mu_t": now, "mu_(t+1)": ahead, "p_t": product, "p_(t+1)": product * ahead}
        return found | {"m_hat": m_hat}

    def mu(self, t: int, dtype: np.dtype) -> float:
        """beta_1 (1 - 0.96^t / 2)."""
        return as_keras_casts(self.beta_1) * (1 - 0.5 * power(0.96, t, dtype))

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        m, v, change, other = slots["m"], slots["v"], s[0], s[1]
        now, ahead = self.mu(iteration, w.dtype), self.mu(iteration + 1, w.dtype)
        np.multiply(slots["p"], self.beta_1 * (1 - 0.5 * 0.96**iteration), out=slots["p"])
        product = float(slots["p"][:1].prod())
        beta_1, beta_2 = as_keras_casts(self.beta_1), as_keras_casts(self.beta_2)
        follow(m, v, g, 1 - beta_1, 1 - beta_2, change)
        np.multiply(m, rate * ahead / (1 - product * ahead), out=change)
        np.multiply(g, rate * (1 - now) / (1 - product), out=other)
        np.add(change, other, out=change)
        np.divide(v, 1 - power(self.beta_2, iteration, w.dtype), out=other)
        np.add(np.sqrt(other, out=other), self.epsilon, out=other)
        np.subtract(w, np.divide(change, other, out=change), out=w)


@dataclass(frozen=True)
class Lion(Optimizer):
    """Steps of one size, in the direction of a mean's sign (Chen 2023).

    w <- w - learning_rate sign(beta_1 m + (1 - beta_1) g); m <- beta_2 m + (1 - beta_2) g.
    """

    beta_1: float = 0.9
    beta_2: float = 0.99

    slot_powers: ClassVar[Mapping[str, int]] = {"m": 1}

    def rule(self) -> tuple[Equation, ...]:
        return (
            Equation(
                "w",
                "w = w - learning_rate sign(beta_1 m + (1 - beta_1) g)",
                r"w \leftarrow w - \eta\, \mathrm{sign}(\beta_1 m + (1 - \beta_1) g)",
                "w = w - learning_rate * np.sign(beta_1 * m + (1 - beta_1) * g)",
            ),
            Equation(
                "m",
                "m = beta_2 m + (1 - beta_2) g",
                r"m \leftarrow \beta_2 m + (1 - \beta_2) g",
                "m = beta_2 * m + (1 - beta_2) * g",
            ),
        )

    def slots(self) -> dict[str, float]:
        return {"m": 0.0}

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        m, change, other = slots["m"], s[0], s[1]
        beta_1, beta_2 = as_keras_casts(self.beta_1), as_keras_casts(self.beta_2)
        np.multiply(m, beta_1, out=change)
        np.add(change, np.multiply(g, 1 - beta_1, out=other), out=change)
        np.multiply(np.sign(change, out=change), rate, out=change)
        np.subtract(w, change, out=w)
        np.multiply(m, beta_2, out=m)
        np.add(m, np.multiply(g, 1 - beta_2, out=other), out=m)


def power(beta: float, t: int, dtype: np.dtype) -> float:
    """beta^t in the precision of the weights, as Keras has it."""
    return float(dtype.type(as_keras_casts(beta)) ** dtype.type(t))
