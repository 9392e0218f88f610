"""Losses: one number for how wrong the prediction is, and its gradient.

All average over the samples, as Keras does. Cross-entropy behind its own activation (sigmoid,
softmax) goes through the logits z: the derivative of the pair is a - y, exact also where the
activation is saturated (z = 40, y = 0: loss 40, gradient 1; clipped probabilities give 15.9 and 0).
"""

from typing import Protocol

import numpy as np

from nn_core.arrays import Array
from nn_core.registry import Registry

# Keras keeps probabilities this far from 0 and 1 before a logarithm.
EPSILON = 1e-7


class Loss(Protocol):
    """A loss over predictions a and targets y, both (N, U)."""

    equation: str
    latex: str
    backward_equation: str
    backward_latex: str

    def forward(self, y: Array, a: Array) -> float:
        """y, a: (N, U) -> mean loss."""
        ...

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        """y, a: (N, U) -> da: (N, U)."""
        ...


class LogitsLoss(Loss, Protocol):
    """A loss that has a simpler and exact form together with one activation."""

    activation: str
    logits_equation: str
    logits_latex: str
    logits_backward_equation: str
    logits_backward_latex: str

    def forward_logits(self, y: Array, z: Array) -> float:
        """y, z: (N, U) -> mean loss of activation(z)."""
        ...

    def backward_logits(self, y: Array, a: Array, out: Array | None = None) -> Array:
        """y, a = activation(z): (N, U) -> dz: (N, U)."""
        ...


class MeanSquaredError:
    """mean (a - y)^2."""

    equation = "loss = mean (a - y)^2"
    latex = r"L = \frac{1}{NU} \sum (a - y)^2"
    backward_equation = "da = 2 (a - y) / (N U)"
    backward_latex = r"\mathrm{d}a = \frac{2 (a - y)}{NU}"

    def forward(self, y: Array, a: Array) -> float:
        d = np.subtract(a, y)
        return float(np.vdot(d, d)) / d.size

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        da = np.subtract(a, y, out=out)
        return np.multiply(da, 2 / da.size, out=da)


class BinaryCrossentropy:
    """-mean (y log a + (1 - y) log(1 - a)), for yes/no targets."""

    activation = "sigmoid"
    equation = "loss = -mean (y log(a) + (1 - y) log(1 - a))"
    latex = r"L = -\frac{1}{NU} \sum \left( y \log a + (1 - y) \log (1 - a) \right)"
    backward_equation = "da = (a - y) / (a (1 - a) N U)"
    backward_latex = r"\mathrm{d}a = \frac{a - y}{a (1 - a) NU}"
    logits_equation = "loss = mean (max(z, 0) - z y + log(1 + exp(-|z|)))"
    logits_latex = r"L = \frac{1}{NU} \sum \left( \max(z, 0) - z y + \log(1 + e^{-|z|}) \right)"
    logits_backward_equation = "dz = (a - y) / (N U)"
    logits_backward_latex = r"\mathrm{d}z = \frac{a - y}{NU}"

    def forward(self, y: Array, a: Array) -> float:
        p = np.clip(a, EPSILON, 1 - EPSILON)
        return -float((y * np.log(p) + (1 - y) * np.log1p(-p)).mean())

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        p = np.clip(a, EPSILON, 1 - EPSILON)
        da = np.divide(p - y, p * (1 - p) * y.size, out=out)
        # Outside the clip the loss is flat.
        return np.multiply(da, p == a, out=da)

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


class CategoricalCrossentropy:
    """-mean over samples of sum_i y_i log a_i, for one-hot targets."""

    activation = "softmax"
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

    def forward(self, y: Array, a: Array) -> float:
        p = np.clip(a / a.sum(axis=-1, keepdims=True), EPSILON, 1 - EPSILON)
        return -float((y * np.log(p)).sum()) / rows(y)

    def backward(self, y: Array, a: Array, out: Array | None = None) -> Array:
        total = a.sum(axis=-1, keepdims=True)
        share = a / total
        p = np.clip(share, EPSILON, 1 - EPSILON)
        # Through log p = log(clip(share)), then share_i = a_i / sum_j a_j.
        dshare = np.where(p == share, -y / p, 0) / rows(y)
        da = dshare - (dshare * share).sum(axis=-1, keepdims=True)
        return np.divide(da, total, out=out)

    def forward_logits(self, y: Array, z: Array) -> float:
        top = z.max(axis=-1, keepdims=True)
        log_sum = np.log(np.exp(z - top).sum(axis=-1, keepdims=True)) + top
        return float((y * (log_sum - z)).sum()) / rows(y)

    def backward_logits(self, y: Array, a: Array, out: Array | None = None) -> Array:
        dz = np.multiply(a, y.sum(axis=-1, keepdims=True), out=out)
        np.subtract(dz, y, out=dz)
        return np.divide(dz, rows(y), out=dz)


def rows(y: Array) -> int:
    """How many distributions y holds: all axes but the last."""
    return y.size // y.shape[-1]


LOSSES: Registry[Loss] = Registry("loss")
LOSSES.add("mse", MeanSquaredError())
LOSSES.add("binary_crossentropy", BinaryCrossentropy())
LOSSES.add("categorical_crossentropy", CategoricalCrossentropy())


def through_logits(loss: Loss, activation: str) -> LogitsLoss | None:
    """The loss in its logits form if the network ends in the activation it belongs to."""
    fused: LogitsLoss | None = loss if hasattr(loss, "logits_equation") else None  # type: ignore[assignment]
    return fused if fused is not None and fused.activation == activation else None
