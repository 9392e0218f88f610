"""What customers bought next: one linear model from a history to the window after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, lapack, row_sizes, without
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.ease import THREADS
from nn_core.recommender.models.time_ease import recency
from nn_core.recommender.split import TrainingData

Pair = tuple[NDArray[np.float32], NDArray[np.float32]]
CHUNK = 2_000
"""Customers whose histories are dense at a time."""


@dataclass(frozen=True)
class NextWindow(Recommender):
    """W = argmin sum over windows t of fade^t |X_t W - Y_t|^2 + regularization |W|^2; score = x W.

    X_t is what customers had bought before the t-th last window of `days` days (0.5 + 0.5 *
    0.5^(age / input_half_life) each, and a 1 for the constant), Y_t the products that were new to
    them in it, over the root of how many. So it learns the question *discover* itself, and what
    came into season with it; EASE asks what stands together in one history. Without dates one half
    of each history, drawn by lot, foretells the other. Only the `largest` products with most
    buyers are ranked, and at most `customers` a window, drawn by lot, are learned from.
    """

    name: ClassVar[str] = "next-window"
    label: ClassVar[str] = "What was bought next by customers alike (linear, month to month)"
    scoring: ClassVar[float] = 60e-9
    regularization: float = 300.0
    input_half_life: float = 30.0
    days: int = 31
    windows: int = 4
    fade: float = 0.7
    largest: int = 3_000
    customers: int = 10_000
    seed: int = 0

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        return tuple({"regularization": strength} for strength in (300.0, 100.0, 1000.0, 3000.0))

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        used = min(self.largest, len(train.products))
        shared = np.zeros((used + 1, used + 1), np.float32)
        answers = np.zeros((used + 1, used), np.float32)
        with threadpool_limits(THREADS, "blas"):
            for t, (before, after, now) in enumerate(self.pairs(train)):
                for x, y in self.dense(before, after, now, used):
                    shared += self.fade**t * (x.T @ x)
                    answers += self.fade**t * (x.T @ y)
                report.say({"done": 0.8 * (t + 1) / self.windows})
            weights = solved(shared, answers, self.regularization)
        arrays = {"weights": np.ascontiguousarray(weights)}
        if train.now is None:
            note = "The data has no dates, so one half of each history foretells the other."
            return arrays | {"note": np.array(note)}
        return arrays | {"now": np.array(train.now)}

    def pairs(self, train: TrainingData) -> Iterator[tuple[Histories, Histories, float | None]]:
        """(what was bought before, in the window, the moment between), the last window first."""
        histories, now = train.histories, train.now
        rng = np.random.default_rng(self.seed)
        for t in range(self.windows):
            if histories.time is None or now is None:
                known = rng.random(len(histories.product)) < 0.5
                yield histories.keep(known), histories.keep(~known), None
                continue
            cut = now - self.days * (t + 1)
            window = (histories.time >= cut) & (histories.time < cut + self.days + (t == 0))
            yield histories.keep(histories.time < cut), histories.keep(window), cut

    def dense(
        self, before: Histories, after: Histories, now: float | None, used: int
    ) -> Iterator[Pair]:
        """x (C, used + 1) and y (C, used) of so many customers at a time."""
        new = without(after.bought, before.bought)[:, :used]
        able = np.flatnonzero((row_sizes(new) > 0) & (row_sizes(before.bought) > 0))
        if len(able) > self.customers:
            rng = np.random.default_rng(self.seed)
            able = np.sort(rng.choice(able, self.customers, replace=False))
        for first in range(0, len(able), CHUNK):
            some = able[first : first + CHUNK]
            wanted = new[some].toarray()
            sizes = np.maximum(wanted.sum(axis=1, keepdims=True), 1)
            known = self.inputs(before.of(some), now)[:, :used].toarray()
            x = np.hstack([known, np.ones((len(some), 1), np.float32)])
            yield x, wanted / np.sqrt(sizes)

    def inputs(self, histories: Histories, now: float | None) -> Matrix:
        """(N, I) x of every customer."""
        weighed = recency(histories, now, self.input_half_life)
        weighed.data = 0.5 + 0.5 * weighed.data
        return weighed

    def seconds(self, train: TrainingData) -> float:
        used = min(self.largest, len(train.products))
        customers = min(self.customers, len(train.customers))
        return 0.5 + 1e-10 * self.windows * customers * used**2 + 6e-11 * used**3

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        weights = arrays["weights"]
        used = weights.shape[1]
        now = arrays["now"].item() if "now" in arrays else None
        known = self.inputs(histories, now)[:, :used]
        ranked = np.asarray(known @ weights[:used] + weights[used], np.float32)
        rest = np.full((len(histories), histories.products - used), -np.inf, np.float32)
        return np.hstack([ranked, rest]) if rest.size else ranked

    def item_vectors(self, arrays: Arrays) -> NDArray[np.float32]:
        return np.asarray(arrays["weights"][:-1].T)


def solved(
    shared: NDArray[np.float32], answers: NDArray[np.float32], regularization: float
) -> NDArray[np.float32]:
    """(D, D) X^T X, overwritten, and (D, I) X^T Y -> (D, I) W; the constant is hardly held back."""
    diagonal = np.arange(len(shared) - 1)
    shared[diagonal, diagonal] += regularization
    shared[-1, -1] += 1
    factor, _ = lapack.spotrf(shared.T, lower=1, overwrite_a=1, clean=0)
    weights, _ = lapack.spotrs(factor, answers, lower=1)
    return weights
