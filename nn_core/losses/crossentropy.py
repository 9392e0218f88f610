"""Cross-entropy: binary, categorical, and categorical with class numbers for targets.

Behind its own activation (sigmoid, softmax) each goes through the logits z: the derivative of the
pair is a - y, exact also where the activation is saturated (z = 40, y = 0: loss 40, gradient 1;
clipped probabilities give 15.9 and 0).
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nn_core.arrays import Array, Shape
from nn_core.losses.base import EPSILON, Loss, at, log_sum_exp, rows


@dataclass(frozen=True)
class BinaryCrossentropy(Loss):
    """-mean (y log a + (1 - y) log(1 - a)), for yes/no targets."""

    from_logits: bool = False

    activation: ClassVar[str] = "sigmoid"
    equation = "loss = -mean (y log(a) + (1 - y) log(1 - a))"
    latex = r"L = -\frac{1}{NU} \sum \left( y \log a + (1 - y) \log (1 - a) \right)"
    backward_equation = "da = (a - y) / (a (1 - a) N U)"
    backward_latex = r"\mathrm{d}a = \frac{a - y}{a (1 - a) NU}"
    logits_equation = "loss = mean (max(z, 0) - z y + log(1 + exp(-|z|)))"
    logits_latex = r"L = \frac{1}{NU} \sum \left( \max(z, 0) - z y + \log(1 + e^{-|z|}) \right)"
    logits_backward_equation = "dz = (a - y) / (N U)"
    logits_backward_latex = r"\mathrm{d}z = \frac{a - y}{NU}"
    numpy = (
        "a = np.clip(a, 1e-7, 1 - 1e-7)\nloss = -(y * np.log(a) + (1 - y) * np.log(1 - a)).mean()"
    )
    backward_numpy = (
        "inside = (a >= 1e-7) & (a <= 1 - 1e-7)\n"
        "da = np.where(inside, (a - y) / (a * (1 - a) * a.size), 0)"
    )
    logits_numpy = "loss = (np.maximum({z}, 0) - {z} * y + np.log(1 + np.exp(-np.abs({z})))).mean()"
    logits_backward_numpy = "({a} - y) / y.size"

    def values(self, y: Array, a: Array) -> Array:
        p = np.clip(a, EPSILON, 1 - EPSILON)
        return -(y * np.log(p) + (1 - y) * np.log1p(-p)).mean(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        p = np.clip(a, EPSILON, 1 - EPSILON)
        da = np.divide(p - y, p * (1 - p) * y.size, out=out)
        # Outside the clip the loss is flat.
        return np.multiply(da, p == a, out=da)

    def values_logits(self, y: Array, z: Array) -> Array:
        loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
        return loss.mean(axis=-1)

    def forward_logits(self, y: Array, z: Array) -> float:
        loss = np.abs(z)
        np.negative(loss, out=loss)
        np.exp(loss, out=loss)
        np.log1p(loss, out=loss)
        loss += np.maximum(z, 0)
        return float(np.add.reduce(loss, axis=None) - np.vdot(z, y)) / z.size

    def backward_logits(self, y: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.subtract(a, y, out=out)
        return np.divide(dz, dz.size, out=dz)


@dataclass(frozen=True)
class CategoricalCrossentropy(Loss):
    """-mean over samples of sum_i y_i log a_i, for one-hot targets."""

    from_logits: bool = False

    activation: ClassVar[str] = "softmax"
    equation = "loss = -mean sum_i y_i log(a_i / sum_j a_j)"
    latex = r"L = -\frac{1}{N} \sum_n \sum_i y_i \log \frac{a_i}{\sum_j a_j}"
    backward_equation = "da = (sum_j y_j / sum_j a_j - y / a) / N"
    backward_latex = (
        r"\mathrm{d}a = \frac{1}{N} \left( \frac{\sum_j y_j}{\sum_j a_j} - \frac{y}{a} \right)"
    )
    logits_equation = "loss = mean sum_i y_i (log sum_j exp(z_j) - z_i)"
    logits_latex = r"L = \frac{1}{N} \sum_n \sum_i y_i \left( \log \sum_j e^{z_j} - z_i \right)"
    logits_backward_equation = "dz = (a sum_j y_j - y) / N"
    logits_backward_latex = r"\mathrm{d}z = \frac{a \sum_j y_j - y}{N}"
    numpy = (
        "p = np.clip(a / a.sum(axis=-1, keepdims=True), 1e-7, 1 - 1e-7)\n"
        "loss = -(y * np.log(p)).sum(axis=-1).mean()"
    )
    backward_numpy = (
        "p = a / a.sum(axis=-1, keepdims=True)\n"
        "inside = (p >= 1e-7) & (p <= 1 - 1e-7)\n"
        "dp = np.where(inside, -y / p, 0) / y[..., 0].size\n"
        "da = (dp - (dp * p).sum(axis=-1, keepdims=True)) / a.sum(axis=-1, keepdims=True)"
    )
    logits_numpy = (
        "log_sum = np.log(np.exp({z}).sum(axis=-1, keepdims=True))\n"
        "loss = (y * (log_sum - {z})).sum(axis=-1).mean()"
    )
    logits_backward_numpy = "({a} * y.sum(axis=-1, keepdims=True) - y) / y[..., 0].size"

    def values(self, y: Array, a: Array) -> Array:
        p = np.clip(a / a.sum(axis=-1, keepdims=True), EPSILON, 1 - EPSILON)
        return -(y * np.log(p)).sum(axis=-1)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        total = a.sum(axis=-1, keepdims=True)
        share = a / total
        p = np.clip(share, EPSILON, 1 - EPSILON)
        # Through log p = log(clip(share)), then share_i = a_i / sum_j a_j.
        dshare = np.where(p == share, -y / p, 0) / rows(y)
        da = dshare - (dshare * share).sum(axis=-1, keepdims=True)
        return np.divide(da, total, out=out)

    def values_logits(self, y: Array, z: Array) -> Array:
        return (y * (log_sum_exp(z) - z)).sum(axis=-1)

    def forward_logits(self, y: Array, z: Array) -> float:
        return float(self.values_logits(y, z).mean())

    def backward_logits(self, y: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.multiply(a, y.sum(axis=-1, keepdims=True), out=out)
        np.subtract(dz, y, out=dz)
        return np.divide(dz, rows(y), out=dz)


@dataclass(frozen=True)
class SparseCategoricalCrossentropy(Loss):
    """-mean log a_y, for targets that are the number of the class."""

    from_logits: bool = False

    activation: ClassVar[str] = "softmax"
    equation = "loss = -mean log(a_y / sum_j a_j), y the number of the class"
    latex = r"L = -\frac{1}{N} \sum_n \log \frac{a_y}{\sum_j a_j}"
    backward_equation = "da = (1 / sum_j a_j - [i = y] / a) / N"
    backward_latex = (
        r"\mathrm{d}a = \frac{1}{N} \left( \frac{1}{\sum_j a_j} - \frac{[i = y]}{a} \right)"
    )
    logits_equation = "loss = mean (log sum_j exp(z_j) - z_y)"
    logits_latex = r"L = \frac{1}{N} \sum_n \left( \log \sum_j e^{z_j} - z_y \right)"
    logits_backward_equation = "dz = (a - [i = y]) / N"
    logits_backward_latex = r"\mathrm{d}z = \frac{a - [i = y]}{N}"
    numpy = (
        "p, one_hot = np.clip(a, 1e-7, 1 - 1e-7), np.eye(a.shape[-1])[y]\n"
        "loss = (np.log(p.sum(axis=-1)) - np.log((p * one_hot).sum(axis=-1))).mean()"
    )
    backward_numpy = (
        "p, one_hot = np.clip(a, 1e-7, 1 - 1e-7), np.eye(a.shape[-1])[y]\n"
        "da = (p == a) * (1 / p.sum(axis=-1, keepdims=True) - one_hot / p) / y.size"
    )
    logits_numpy = (
        "log_sum, one_hot = np.log(np.exp({z}).sum(axis=-1)), np.eye({z}.shape[-1])[y]\n"
        "loss = (log_sum - ({z} * one_hot).sum(axis=-1)).mean()"
    )
    logits_backward_numpy = "({a} - np.eye({a}.shape[-1])[y]) / y.size"

    def values(self, y: Array, a: Array) -> Array:
        p = np.clip(a, EPSILON, 1 - EPSILON)
        return np.log(p.sum(axis=-1)) - np.log(at(p, y))

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        p = np.clip(a, EPSILON, 1 - EPSILON)
        da = np.divide(1 / y.size, p.sum(axis=-1, keepdims=True), out=np.empty_like(a))
        np.put_along_axis(
            da, y[..., None], at(da, y)[..., None] - 1 / (at(p, y) * y.size)[..., None], -1
        )
        return np.multiply(da, p == a, out=out)

    def values_logits(self, y: Array, z: Array) -> Array:
        return log_sum_exp(z)[..., 0] - at(z, y)

    def forward_logits(self, y: Array, z: Array) -> float:
        return float(self.values_logits(y, z).mean())

    def backward_logits(self, y: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.divide(a, y.size, out=out)
        np.put_along_axis(dz, y[..., None], (at(dz, y) - 1 / y.size)[..., None], -1)
        return dz

    def target(self, y: npt.ArrayLike, n: int, shape: Shape, dtype: Any) -> Array:
        """Class numbers from 0: (N, ...); a last axis of 1 is dropped."""
        data = np.asarray(y)
        if data.shape == (n, *shape[:-1], 1):
            data = data[..., 0]
        if data.shape != (n, *shape[:-1]):
            raise ValueError(
                f"The model expects y of shape {(n, *shape[:-1])}, class numbers; received "
                f"{data.shape}. For one-hot rows choose categorical_crossentropy."
            )
        wrong = (data < 0) | (data >= shape[-1]) | (data != np.floor(data))
        if wrong.any():
            raise ValueError(
                f"sparse_categorical_crossentropy expects class numbers from 0 to {shape[-1] - 1}; "
                f"received {data[wrong].min()} to {data[wrong].max()}. "
                "The output layer needs one unit a class."
            )
        return data.astype(np.int64)
