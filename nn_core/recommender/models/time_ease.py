"""EASE that weighs what was bought by its age: yesterday's purchases say more about tomorrow."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, csr
from nn_core.recommender.models.base import Arrays
from nn_core.recommender.models.ease import Ease
from nn_core.recommender.models.gram import weighed_gram
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class TimeEase(Ease):
    """EASE with X = 0.5^(age / half_life) in place of 1, age that of the last purchase, in days.

    Two products bought by one customer so count by the geometric mean of what each would count
    with half the half-life. score(customer) = x B with x = 0.5 + 0.5 * 0.5^(age / input_half_life):
    old purchases keep half a say. Without dates it is EASE, and says so. Ages count from the last
    purchase of the training part.
    """

    name: ClassVar[str] = "time-ease"
    label: ClassVar[str] = "Linear model, recent purchases first (time-aware EASE)"
    spoken: ClassVar[str] = "the linear model with recent purchases first (time-aware EASE)"
    candidates: ClassVar[tuple[float, ...]] = (30.0, 100.0, 300.0)
    usual: ClassVar[float] = 100.0
    half_life: float = 60.0
    input_half_life: float = 30.0

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        ways = ((60.0, 30.0, 100.0), (60.0, 30.0, 300.0), (30.0, 30.0, 100.0), (120.0, 60.0, 300.0))
        names = ("half_life", "input_half_life", "regularization")
        return tuple(dict(zip(names, way)) for way in ways)

    def rows(self, train: TrainingData) -> Matrix:
        return recency(train.histories, train.now, self.half_life)

    def shared(self, train: TrainingData, used: int) -> NDArray[np.float32]:
        return weighed_gram(self.rows(train)[:, :used])

    def learned(self, train: TrainingData, weights: NDArray[np.float32]) -> Arrays:
        if train.now is None:
            note = "The data has no dates, so all purchases count alike."
            return {"weights": weights, "note": np.array(note)}
        return {"weights": weights, "now": np.array(train.now)}

    def inputs(self, arrays: Arrays, histories: Histories) -> Matrix:
        now = arrays["now"].item() if "now" in arrays else None
        weighed = recency(histories, now, self.input_half_life)
        weighed.data = 0.5 + 0.5 * weighed.data
        return weighed


def recency(histories: Histories, now: float | None, half_life: float) -> Matrix:
    """(N, I) 0.5^(age / half_life) where bought, by the age of the last purchase; 1 without dates.

    A purchase after `now` counts as one of now.
    """
    if histories.time is None or now is None:
        return histories.bought.copy()
    pair = histories.customer * histories.products + histories.product
    by = np.argsort(pair)
    first = np.flatnonzero(np.diff(pair[by], prepend=-1))
    customer, product = np.divmod(pair[by][first], max(histories.products, 1))
    age = np.maximum(0.0, now - np.maximum.reduceat(histories.time[by], first))
    start = np.searchsorted(customer, np.arange(len(histories) + 1))
    values = np.exp2(-age / half_life).astype(np.float32)
    return csr(values, product, start, (len(histories), histories.products))
