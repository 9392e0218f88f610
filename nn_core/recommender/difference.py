"""How sure a difference between two models is: a paired bootstrap over customers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
RESAMPLES = 2_000
DRAWS = 100_000_000
"""Customers drawn in all, at most: very many of them need fewer resamples for the same digits."""


@dataclass(frozen=True)
class Difference:
    """mean of a - b over customers, and the interval that holds CONFIDENCE of its resamples."""

    mean: float
    low: float
    high: float
    customers: int
    confidence: float = CONFIDENCE

    @property
    def clear(self) -> bool:
        """Zero lies outside: chance alone would hardly have put the one ahead."""
        return self.low > 0 or self.high < 0

    def words(self, metric: str) -> str:
        """ "the difference is 0.002 to 0.009 in NDCG@10 with 95 % confidence"."""
        digits = 3 if min(abs(self.low), abs(self.high)) >= 0.0005 else 4
        low, high = (f"{value:.{digits}f}" for value in (self.low, self.high))
        sure = f"in {metric} with {self.confidence:.0%} confidence"
        if self.clear:
            return f"the difference is {low} to {high} {sure}"
        return f"the difference lies between {low} and {high} {sure}"


def paired(
    first: NDArray[np.float64], second: NDArray[np.float64], rng: np.random.Generator
) -> Difference:
    """first, second: (N,) one metric of two models for the same customers, in the same order.

    Customers are drawn N at a time with replacement; each keeps both models' values, so that what
    makes a customer easy for both cancels (Koehn, 2004).
    """
    values = first - second
    count = len(values)
    resamples = int(np.clip(DRAWS // max(count, 1), 200, RESAMPLES))
    means = [values[rng.integers(count, size=count)].mean() for _ in range(resamples)]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Difference(float(values.mean()), float(low), float(high), count)
