"""Losses for numbers: squared and absolute error, Huber, log-cosh."""

import math
from dataclasses import dataclass

import numpy as np

from nn_core.arrays import Array, as_keras_casts
from nn_core.losses.base import Loss

LOG_2 = as_keras_casts(math.log(2))


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """mean (a - y)^2."""

    equation = "loss = mean (a - y)^2"
    latex = r"L = \frac{1}{NU} \sum (a - y)^2"
    backward_equation = "da = 2 (a - y) / (N U)"
    backward_latex = r"\mathrm{d}a = \frac{2 (a - y)}{NU}"
    numpy = "loss = ((a - y) ** 2).mean()"
    backward_numpy = "da = 2 * (a - y) / a.size"

    def values(self, y: Array, a: Array) -> Array:
        return np.square(a - y).mean(axis=-1)

    def forward(self, y: Array, a: Array) -> float:
        d = np.subtract(a, y)
        return float(np.vdot(d, d)) / d.size

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        da = np.subtract(a, y, out=out)
        return np.multiply(da, 2 / da.size, out=da)


@dataclass(frozen=True)
class MeanAbsoluteError(Loss):
    """mean |a - y|: far points pull no harder than near ones."""

    equation = "loss = mean |a - y|"
    latex = r"L = \frac{1}{NU} \sum |a - y|"
    backward_equation = "da = sign(a - y) / (N U)"
    backward_latex = r"\mathrm{d}a = \frac{\mathrm{sign}(a - y)}{NU}"
    numpy = "loss = np.abs(a - y).mean()"
    backward_numpy = "da = np.sign(a - y) / a.size"

    def values(self, y: Array, a: Array) -> Array:
        return np.abs(a - y).mean(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        da = np.subtract(a, y, out=out)
        np.sign(da, out=da)
        return np.divide(da, da.size, out=da)


@dataclass(frozen=True)
class Huber(Loss):
    """Half the squared error up to delta, a straight line beyond (Huber 1964)."""

    delta: float = 1.0

    equation = "loss = mean (e^2 / 2 if |e| <= delta else delta |e| - delta^2 / 2), e = a - y"
    latex = (
        r"L = \frac{1}{NU} \sum \begin{cases} \frac{1}{2} e^2 & |e| \le \delta \\"
        r" \delta |e| - \frac{1}{2} \delta^2 & |e| > \delta \end{cases},\; e = a - y"
    )
    backward_equation = "da = min(max(a - y, -delta), delta) / (N U)"
    backward_latex = r"\mathrm{d}a = \frac{\min(\max(a - y, -\delta), \delta)}{NU}"
    numpy = (
        "e = np.abs(a - y)\n"
        "loss = np.where(e <= {delta}, e**2 / 2, {delta} * e - {delta} ** 2 / 2).mean()"
    )
    backward_numpy = "da = np.clip(a - y, -{delta}, {delta}) / a.size"

    def __post_init__(self) -> None:
        if not self.delta > 0:
            raise ValueError(f"Huber expects a delta above 0; received {self.delta}. Try 1.0.")

    def values(self, y: Array, a: Array) -> Array:
        e = np.abs(a - y)
        near = np.minimum(e, self.delta)
        # Both branches in one: half the near part squared, and delta for each unit beyond.
        return (near * near / 2 + self.delta * (e - near)).mean(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        da = np.subtract(a, y, out=out)
        np.clip(da, -self.delta, self.delta, out=da)
        return np.divide(da, da.size, out=da)


@dataclass(frozen=True)
class LogCosh(Loss):
    """mean log cosh(a - y): squared error near zero, absolute error far away, smooth between."""

    equation = "loss = mean log(cosh(a - y))"
    latex = r"L = \frac{1}{NU} \sum \log \cosh (a - y)"
    backward_equation = "da = tanh(a - y) / (N U)"
    backward_latex = r"\mathrm{d}a = \frac{\tanh(a - y)}{NU}"
    numpy = "loss = np.log(np.cosh(a - y)).mean()"
    backward_numpy = "da = np.tanh(a - y) / a.size"

    def values(self, y: Array, a: Array) -> Array:
        # log cosh e = |e| + log(1 + e^-2|e|) - log 2, which never overflows.
        e = np.abs(a - y)
        return (e + np.log1p(np.exp(-2 * e)) - LOG_2).mean(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        da = np.subtract(a, y, out=out)
        np.tanh(da, out=da)
        return np.divide(da, da.size, out=da)
