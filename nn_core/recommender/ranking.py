"""From scores to lists: the k best products a customer, the same list every time."""

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.matrix import Matrix

Scores = NDArray[np.float32]


def top(scores: Scores, k: int) -> NDArray[np.int64]:
    """scores: (N, I) -> (N, min(k, I)) products, best first; -1 where the score is -inf.

    Equal scores rank the lower number first. Sorting whole rows would do too; it takes ten times as
    long on thousands of products, so only rows with a tie at place k are sorted whole.
    """
    items = scores.shape[1]
    k = min(k, items)
    if k == items:
        best = np.argsort(-scores, axis=1, kind="stable")
    else:
        best = np.argpartition(-scores, k - 1, axis=1)[:, :k]
        worst = np.take_along_axis(scores, best, axis=1).min(axis=1, keepdims=True)
        tied = np.flatnonzero((scores >= worst).sum(axis=1) > k)
        best[tied] = np.argsort(-scores[tied], axis=1, kind="stable")[:, :k]
        best.sort(axis=1)
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, axis=1)
    return np.where(np.take_along_axis(scores, best, axis=1) > -np.inf, best, -1)


def only(scores: Scores, task: str, bought: Matrix) -> Scores:
    """The scores with -inf for what this task does not ask about; bought: (N, I)."""
    if task == "all":
        return scores
    seen = np.asarray(bought.toarray() > 0)
    return np.where(seen == (task == "buy-again"), scores, np.float32(-np.inf))
