"""What customers bought next: one linear model from a history to the window after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, beside, lapack, row_sizes, without
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.gram import THREADS
from nn_core.recommender.models.item_knn import together_seconds
from nn_core.recommender.models.time_ease import recency
from nn_core.recommender.ranking import beside_unranked
from nn_core.recommender.split import TrainingData


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
    label: ClassVar[str] = "What was bought next by customers alike (month-to-month linear)"
    spoken: ClassVar[str] = "the month-to-month linear model"
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
        for t, (before, after, now) in enumerate(self.pairs(train)):
            x, y = self.samples(before, after, now, used)
            shared += self.fade**t * (x.T @ x).toarray()
            answers += self.fade**t * (x.T @ y).toarray()
            report.say({"done": 0.8 * (t + 1) / self.windows})
        with threadpool_limits(THREADS, "blas"):
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

    def samples(
        self, before: Histories, after: Histories, now: float | None, used: int
    ) -> tuple[Matrix, Matrix]:
        """x (C, used + 1) and y (C, used) of the customers who bought before and something new."""
        new = without(after.bought, before.bought)[:, :used]
        able = np.flatnonzero((row_sizes(new) > 0) & (row_sizes(before.bought) > 0))
        if len(able) > self.customers:
            rng = np.random.default_rng(self.seed)
            able = np.sort(rng.choice(able, self.customers, replace=False))
        known, wanted = self.inputs(before.of(able), now)[:, :used], new[able]
        sizes = row_sizes(wanted)
        wanted.data = (wanted.data / np.sqrt(np.repeat(sizes, sizes))).astype(np.float32)
        return beside(known, np.ones((len(able), 1), np.float32)), wanted

    def inputs(self, histories: Histories, now: float | None) -> Matrix:
        """(N, I) x of every customer."""
        weighed = recency(histories, now, self.input_half_life)
        weighed.data = 0.5 + 0.5 * weighed.data
        return weighed

    def seconds(self, extent: Extent) -> float:
        used = min(self.largest, extent.products)
        return 0.5 + 2 * self.windows * together_seconds(extent) + 6e-11 * used**3

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        weights = arrays["weights"]
        used = weights.shape[1]
        now = arrays["now"].item() if "now" in arrays else None
        known = self.inputs(histories, now)[:, :used]
        ranked = np.asarray(known @ weights[:used] + weights[used], np.float32)
        return beside_unranked(ranked, histories.products)

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
