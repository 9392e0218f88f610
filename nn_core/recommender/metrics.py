"""How good a ranked list is: one number per customer, each metric with its formula as text.

Every metric reads `hits`, (N, k) booleans: was the product at this rank relevant? and `relevant`,
(N,): how many products were relevant for this customer at all. Relevance is binary. Customers with
nothing relevant are not scored.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.matrix import Matrix

Hits = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Metric:
    """Its name in tables, what it says in words, its formula, and (hits, relevant) -> (N,)."""

    name: str
    meaning: str
    formula: str
    values: Callable[[Hits, NDArray[np.int64]], Values]


def hits(ranked: NDArray[np.int64], relevant: Matrix) -> Hits:
    """ranked: (N, k) products, best first, -1 where a list ended; relevant: (N, I) -> (N, k)."""
    customers, products = relevant.shape
    row, column = relevant.nonzero()
    keys = row.astype(np.int64) * products + column
    asked: NDArray[np.int64] = np.arange(customers)[:, None] * products + ranked
    return np.isin(asked, keys) & (ranked >= 0)


def discounts(k: int) -> Values:
    """1 / log2(rank + 1) for ranks 1 to k."""
    return 1.0 / np.log2(np.arange(2, k + 2))


def ndcg(hits: Hits, relevant: NDArray[np.int64]) -> Values:
    k = hits.shape[1]
    ideal: Values = np.concatenate([[0.0], np.cumsum(discounts(k))])[np.minimum(relevant, k)]
    return np.asarray((hits @ discounts(k)) / ideal)


def recall(hits: Hits, relevant: NDArray[np.int64]) -> Values:
    return hits.sum(axis=1) / relevant


def precision(hits: Hits, relevant: NDArray[np.int64]) -> Values:
    return hits.mean(axis=1)


def hit_rate(hits: Hits, relevant: NDArray[np.int64]) -> Values:
    return np.asarray(hits.any(axis=1), np.float64)


def reciprocal_rank(hits: Hits, relevant: NDArray[np.int64]) -> Values:
    return np.where(hits.any(axis=1), 1.0 / (hits.argmax(axis=1) + 1), 0.0)


def average_precision(hits: Hits, relevant: NDArray[np.int64]) -> Values:
    k = hits.shape[1]
    precision_at_rank: Values = np.cumsum(hits, axis=1) / np.arange(1, k + 1)
    return (precision_at_rank * hits).sum(axis=1) / np.minimum(relevant, k)


METRICS = {
    metric.name: metric
    for metric in (
        Metric(
            "ndcg",
            "how near the top the right products stand",
            "sum over ranks i = 1..k of hit_i / log2(i + 1), "
            "divided by sum over i = 1..min(k, relevant) of 1 / log2(i + 1)",
            ndcg,
        ),
        Metric(
            "recall", "share of the right products that are in the list", "hits / relevant", recall
        ),
        Metric("precision", "share of the list that is right", "hits / k", precision),
        Metric(
            "hit_rate",
            "share of customers with a right product in the list",
            "1 if hits > 0, else 0",
            hit_rate,
        ),
        Metric(
            "mrr",
            "how near the top the first right product stands",
            "1 / rank of the first hit, 0 without one",
            reciprocal_rank,
        ),
        Metric(
            "map",
            "precision at each right product's rank, averaged",
            "sum over ranks i = 1..k of hit_i * (hits among the first i) / i, "
            "divided by min(k, relevant)",
            average_precision,
        ),
    )
}
