"""Metrics: what people ask of a prediction, beside the loss."""

import numpy as np

from nn_core.arrays import Array
from nn_core.registry import Registry


class Metric:
    """A number for predictions a against targets y."""

    label: str

    def __call__(self, y: Array, a: Array) -> float:
        """y, a: (N, U), or y: (N,) class numbers -> one number; NaN where it is not defined."""
        raise NotImplementedError


class Accuracy(Metric):
    """Share of samples on the right side of 0.5, or with the largest output in the right place."""

    label = "accuracy"

    def __call__(self, y: Array, a: Array) -> float:
        return float((classes(y, a.ndim) == classes(a, a.ndim)).mean())


class Precision(Metric):
    """Of what was called positive (a > 0.5), the share that is: TP / (TP + FP)."""

    label = "precision"

    def __call__(self, y: Array, a: Array) -> float:
        called = a > 0.5
        return share((called & (y > 0.5)).sum(), called.sum())


class Recall(Metric):
    """Of what is positive, the share that was called so (a > 0.5): TP / (TP + FN)."""

    label = "recall"

    def __call__(self, y: Array, a: Array) -> float:
        positive = y > 0.5
        return share(((a > 0.5) & positive).sum(), positive.sum())


class AUC(Metric):
    """Area under the ROC curve by trapezoids over 200 thresholds, as keras.metrics.AUC."""

    label = "AUC"

    def __call__(self, y: Array, a: Array) -> float:
        inner = np.arange(1, 199) / 199
        thresholds = np.concatenate([[-1e-7], inner, [1 + 1e-7]])
        positive = np.sort(a[y > 0.5].ravel())
        negative = np.sort(a[y <= 0.5].ravel())
        if not positive.size or not negative.size:
            return float("nan")
        # The shares above each threshold, from all down to none.
        hits = 1 - np.searchsorted(positive, thresholds, side="right") / positive.size
        alarms = 1 - np.searchsorted(negative, thresholds, side="right") / negative.size
        return float(((alarms[:-1] - alarms[1:]) * (hits[:-1] + hits[1:]) / 2).sum())


class R2(Metric):
    """1 - residual sum of squares / total sum of squares: 1 is exact, 0 no better than the mean.

    The mean over outputs, as keras.metrics.R2Score.
    """

    label = "R2"

    def __call__(self, y: Array, a: Array) -> float:
        total = np.square(y - y.mean(axis=0)).sum(axis=0)
        residual = np.square(y - a).sum(axis=0)
        return float((1 - residual / total).mean()) if total.all() else float("nan")


def classes(values: Array, ndim: int) -> Array:
    """Outputs or one-hot rows (N, ..., U) -> class numbers (N, ...); class numbers as they are."""
    if values.ndim < ndim:
        return values
    return (values[..., 0] > 0.5).astype(int) if values.shape[-1] == 1 else values.argmax(axis=-1)


def confusion_matrix(y: Array, a: Array) -> Array:
    """Counts (C, C): a row a true class, a column a predicted one. y, a: as for Metric."""
    count = max(2, a.shape[-1])
    true, predicted = classes(y, a.ndim).astype(int), classes(a, a.ndim)
    found = np.zeros((count, count), int)
    np.add.at(found, (true.ravel(), predicted.ravel()), 1)
    return found


def share(part: float, whole: float) -> float:
    """part / whole; 0 of nothing is 0, as in Keras."""
    return float(part / whole) if whole else 0.0


METRICS: Registry[Metric] = Registry("metric")
METRICS.add("accuracy", Accuracy())
METRICS.add("precision", Precision())
METRICS.add("recall", Recall())
METRICS.add("auc", AUC())
METRICS.add("r2", R2())
