"""Adam, its variants AMSGrad and AdamW."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.optimizers.base import Equation, Optimizer, Slots

M = Equation(
    "m",
    "m = m + (1 - beta_1) (g - m)",
    r"m \leftarrow m + (1 - \beta_1)(g - m)",
    "m = m + (1 - beta_1) * (g - m)",
)
V = Equation(
    "v",
    "v = v + (1 - beta_2) (g^2 - v)",
    r"v \leftarrow v + (1 - \beta_2)(g^2 - v)",
    "v = v + (1 - beta_2) * (g**2 - v)",
)


@dataclass(frozen=True)
class Adam(Optimizer):
    """Moving means of g and g^2, corrected for their start at zero (Kingma and Ba, 2015).

    m <- m + (1 - beta_1)(g - m); v <- v + (1 - beta_2)(g^2 - v);
    w <- w - learning_rate sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt(v) + epsilon).
    AMSGrad divides by the largest v so far (Reddi 2018). epsilon stands outside the root, as in
    keras.optimizers.Adam.
    """

    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7
    amsgrad: bool = False

    slot_powers: ClassVar[Mapping[str, int]] = {"m": 1, "v": 2, "v_max": 2}

    def rule(self) -> tuple[Equation, ...]:
        v = "v_max" if self.amsgrad else "v"
        v_tex = r"v_{\max}" if self.amsgrad else "v"
        latex, line = r"v_{\max} \leftarrow \max(v_{\max}, v)", "v_max = np.maximum(v_max, v)"
        largest = Equation("v_max", "v_max = max(v_max, v)", latex, line)
        w = Equation(
            "w",
            f"w = w - learning_rate sqrt(1 - beta_2^t) / (1 - beta_1^t) m / (sqrt({v}) + epsilon)",
            r"w \leftarrow w - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}"
            rf" \frac{{m}}{{\sqrt{{{v_tex}}} + \epsilon}}",
            "rate = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)\n"
            f"w = w - rate * m / (np.sqrt({v}) + epsilon)",
        )
        return (M, V, largest, w) if self.amsgrad else (M, V, w)

    def slots(self) -> dict[str, float]:
        return {"m": 0.0, "v": 0.0} | ({"v_max": 0.0} if self.amsgrad else {})

    def step(self, w: Array, g: Array, slots: Slots, iteration: int, rate: float, s: Array) -> None:
        m, v, change, root = slots["m"], slots["v"], s[0], s[1]
        follow(m, v, g, 1 - self.beta_1, 1 - self.beta_2, change)
        if self.amsgrad:
            v = np.maximum(slots["v_max"], v, out=slots["v_max"])
        correction = bias_correction(self.beta_1, self.beta_2, iteration, w.dtype)
        np.sqrt(v, out=root)
        np.add(root, self.epsilon, out=root)
        np.multiply(m, rate * correction, out=change)
        np.divide(change, root, out=change)
        np.subtract(w, change, out=w)


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam that first takes weight_decay learning_rate w off every weight (Loshchilov 2019)."""

    weight_decay: float | None = field(default=0.004, kw_only=True)


def follow(m: Array, v: Array, g: Array, share_1: float, share_2: float, change: Array) -> None:
    """m and v go their share of the way to g and g^2, in place; change: (P,) memory."""
    np.subtract(g, m, out=change)
    np.multiply(change, share_1, out=change)
    np.add(m, change, out=m)
    np.multiply(g, g, out=change)
    np.subtract(change, v, out=change)
    np.multiply(change, share_2, out=change)
    np.add(v, change, out=v)


def bias_correction(beta_1: float, beta_2: float, t: int, dtype: np.dtype) -> float:
    """sqrt(1 - beta_2^t) / (1 - beta_1^t), in the precision of the weights, as Keras has it."""
    one = dtype.type(1)
    power_1 = dtype.type(as_keras_casts(beta_1)) ** dtype.type(t)
    power_2 = dtype.type(as_keras_casts(beta_2)) ** dtype.type(t)
    return float(np.sqrt(one - power_2) / (one - power_1))
