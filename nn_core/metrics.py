"""Metrics: what people ask of a prediction, beside the loss."""

import numpy as np

from nn_core.arrays import Array
from nn_core.registry import Registry


class Metric:
    """A number for predictions a against targets y."""

    label: str

    def __call__(self, y: Array, a: Array) -> float:
        """y, a: (N, U) -> one number."""
        raise NotImplementedError


class Accuracy(Metric):
    """Share of samples on the right side of 0.5, or with the largest output in the right place."""

    label = "accuracy"

    def __call__(self, y: Array, a: Array) -> float:
        if y.shape[-1] == 1:
            return float(((a > 0.5) == (y > 0.5)).mean())
        return float((a.argmax(axis=-1) == y.argmax(axis=-1)).mean())


class R2(Metric):
    """1 - residual sum of squares / total sum of squares: 1 is exact, 0 no better than the mean."""

    label = "R2"

    def __call__(self, y: Array, a: Array) -> float:
        total = float(np.square(y - y.mean(axis=0)).sum())
        residual = float(np.square(y - a).sum())
        return 1 - residual / total if total else float("nan")


METRICS: Registry[Metric] = Registry("metric")
METRICS.add("accuracy", Accuracy())
METRICS.add("r2", R2())
