"""How sure a number, or a difference between two models, is: a paired bootstrap over customers.

Customers are drawn N at a time with replacement; each keeps the values of all models, so that what
makes a customer easy for all of them cancels (Koehn, 2004). Where several differences are looked
at, one of them is far from zero by chance sooner than a single one would be. Their intervals are
widened until all of them hold together with CONFIDENCE: by the largest deviation, in standard
errors, of any of them in a resample (the max-statistic; Romano and Wolf, 2005). Holm's correction
would do too, but it takes models that move together for independent, and gives no intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
RESAMPLES = 2_000
DRAWS = 100_000_000
"""Customers drawn in all, at most: very many of them need fewer resamples for the same digits."""
AT_ONCE = 2_000_000
"""Customers drawn at a time, which bounds the memory."""
NOTHING = 1e-12
"""What is smaller than this is a rounding error of zero."""
CORRECTION = (
    "{count} comparisons at once: a paired bootstrap over customers, intervals widened by its "
    "max-statistic so that all of them hold together with 95% confidence"
)

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """mean of a - b over customers, and the interval that holds it with this confidence, together
    with those of the other comparisons that were made."""

    mean: float
    low: float
    high: float
    customers: int
    confidence: float = CONFIDENCE
    comparisons: int = 1

    @property
    def clear(self) -> bool:
        """Zero lies outside: chance alone would hardly have put the one ahead."""
        return self.low > NOTHING or self.high < -NOTHING

    def words(self, metric: str) -> str:
        """ "the difference is 0.002 to 0.009 in NDCG@10 with 95% confidence"."""
        low, high = written(self.low, self.high)
        sure = f"in {metric} with {100 * self.confidence:.0f}% confidence"
        if self.clear:
            return f"the difference is {low} to {high} {sure}"
        return f"the difference lies between {low} and {high} {sure}"


def written(low: float, high: float) -> tuple[str, str]:
    """Three decimals, or as many as show on which side of zero each end lies; beyond six the side
    in words."""
    ends = [abs(end) for end in (low, high) if abs(end) > NOTHING]
    digits = next((n for n in range(3, 7) if all(round(end, n) for end in ends)), 3)
    return end_words(low, digits), end_words(high, digits)


def end_words(end: float, digits: int) -> str:
    if abs(end) > NOTHING and not round(end, digits):
        return "just above 0" if end > 0 else "just below 0"
    return f"{end:z.{digits}f}"


@dataclass(frozen=True)
class Draws:
    """Means over customers: mean (C,) of all, drawn (R, C) of each resample; customers (C,) how
    many have a value."""

    mean: Table
    drawn: Table
    customers: NDArray[np.int64]

    def of(self, columns: Sequence[int]) -> Draws:
        chosen = list(columns)
        return Draws(self.mean[chosen], self.drawn[:, chosen], self.customers[chosen])

    def minus(self, other: Draws) -> Draws:
        """Column by column; or every column minus the only one of `other`."""
        return Draws(self.mean - other.mean, self.drawn - other.drawn, self.customers)

    def alone(self) -> list[tuple[float, float]]:
        """Each column's own interval: the middle CONFIDENCE of its resamples."""
        if not self.drawn.size:  # no group is large enough to be told of
            return []
        tail = (1 - CONFIDENCE) / 2
        low, high = np.nanquantile(self.drawn, [tail, 1 - tail], axis=0)
        return list(zip(low.tolist(), high.tolist()))

    def together(self) -> list[Difference]:
        """Intervals that hold for all columns at once: mean -+ c * standard error, c the quantile
        of the largest |drawn - mean| / standard error in a resample."""
        if not len(self.mean):
            return []
        error = np.nanstd(self.drawn, axis=0)
        error = np.where(error > NOTHING, error, 0.0)
        away = np.abs(np.nan_to_num(self.drawn - self.mean)) / np.where(error > 0, error, np.inf)
        reach = np.quantile(away.max(axis=1), CONFIDENCE) * error
        count = len(self.mean)
        return [
            Difference(mean, mean - r, mean + r, n, comparisons=count)
            for mean, r, n in zip(self.mean.tolist(), reach.tolist(), self.customers.tolist())
        ]


def resampled(values: Table, rng: np.random.Generator) -> Draws:
    """values: (N, C), NaN where a customer does not count -> means of all and of each resample.

    How often each customer is drawn is a row of a matrix; one product with the values gives the
    sums of that resample for all columns.
    """
    count, columns = values.shape
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    table = np.hstack([filled, known])
    resamples = int(np.clip(DRAWS // max(count, 1), 200, RESAMPLES))
    step = max(1, AT_ONCE // max(count, 1))
    sums = [times_drawn(count, min(step, resamples - done), rng) @ table
            for done in range(0, resamples, step)]  # fmt: skip
    both = np.concatenate(sums)
    there = known.sum(axis=0)
    with np.errstate(invalid="ignore"):
        mean = filled.sum(axis=0) / there
        return Draws(mean, both[:, :columns] / both[:, columns:], there)


def times_drawn(count: int, resamples: int, rng: np.random.Generator) -> Table:
    """(resamples, count): how often each of `count` customers is in each resample of as many."""
    drawn = rng.integers(count, size=(resamples, count))
    drawn += np.arange(resamples)[:, None] * count
    times = np.bincount(drawn.ravel(), minlength=resamples * count)
    return times.reshape(resamples, count).astype(np.float64)


def paired(first: Table, second: Table, rng: np.random.Generator) -> Difference:
    """first, second: (N,) one metric of two models for the same customers, in the same order."""
    return resampled((first - second)[:, None], rng).together()[0]
