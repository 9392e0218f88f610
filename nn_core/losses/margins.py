"""Hinge and Kullback-Leibler: a margin between two classes, a distance between distributions."""

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import Array
from nn_core.losses.base import EPSILON, Loss, rows


@dataclass(frozen=True)
class Hinge(Loss):
    """mean max(1 - y a, 0) for y of -1 and 1; targets that are all 0 or 1 count as -1 and 1."""

    equation = "loss = mean max(1 - y a, 0)"
    latex = r"L = \frac{1}{NU} \sum \max(1 - y a, 0)"
    backward_equation = "da = -y (1 - y a >= 0) / (N U)"
    backward_latex = r"\mathrm{d}a = \frac{-y\, [1 - y a \ge 0]}{NU}"
    numpy = (
        "y = 2 * y - 1 if np.isin(y, (0, 1)).all() else y\nloss = np.maximum(1 - y * a, 0).mean()"
    )
    backward_numpy = (
        "y = 2 * y - 1 if np.isin(y, (0, 1)).all() else y\nda = -y * (1 - y * a >= 0) / a.size"
    )

    def values(self, y: Array, a: Array) -> Array:
        return np.maximum(1 - signs(y) * a, 0).mean(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        y = signs(y)
        da = np.multiply(y, 1 - y * a >= 0, out=out)
        return np.divide(da, -da.size, out=da)


@dataclass(frozen=True)
class KLDivergence(Loss):
    """mean sum_i y_i log(y_i / a_i): what coding y with a loses (Kullback and Leibler 1951)."""

    equation = "loss = mean sum_i y_i log(y_i / a_i)"
    latex = r"L = \frac{1}{N} \sum_n \sum_i y_i \log \frac{y_i}{a_i}"
    backward_equation = "da = -y / (a N)"
    backward_latex = r"\mathrm{d}a = -\frac{y}{a N}"
    numpy = (
        "y, a = np.clip(y, 1e-7, 1), np.clip(a, 1e-7, 1)\n"
        "loss = (y * np.log(y / a)).sum(axis=-1).mean()"
    )
    backward_numpy = (
        "y, inside = np.clip(y, 1e-7, 1), (a >= 1e-7) & (a <= 1)\n"
        "da = inside * -y / (np.clip(a, 1e-7, 1) * y[..., 0].size)"
    )

    def values(self, y: Array, a: Array) -> Array:
        y, p = np.clip(y, EPSILON, 1), np.clip(a, EPSILON, 1)
        return (y * np.log(y / p)).sum(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        p = np.clip(a, EPSILON, 1)
        da = np.divide(np.clip(y, EPSILON, 1), p * -rows(y), out=out)
        # Outside the clip the loss is flat.
        return np.multiply(da, p == a, out=da)


def signs(y: Array) -> Array:
    """Targets of 0 and 1 as -1 and 1, as Keras reads them; others as they are."""
    return 2 * y - 1 if ((y == 0) | (y == 1)).all() else y
