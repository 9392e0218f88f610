"""What the customer buys anyway: their own purchases, the more often and the later the better."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, cells, csr
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.popularity import RecentPopularity, counted
from nn_core.recommender.models.time_ease import recency
from nn_core.recommender.split import TrainingData

SHRUNK = 10
"""A product's own gap counts as much as the shop's where it was seen so many times."""


@dataclass(frozen=True)
class Repeats(Recommender):
    """score = 1 + due^timing * sum over the customer's purchases of it of 0.5^(age / half_life),
    each by its weight.

    due = 1 - 0.5^((elapsed + 31) / gap): how likely it is wanted within a month, where elapsed are
    the days since the customer's last purchase of it and gap the product's own typical days
    between two of them. Products the customer never bought stand behind, by how many bought them
    in the last 30 days (scores 0 to 1), so that the model answers *discover* too. What was only
    viewed, or liked too little, is added to either by its weight and age. Without dates all ages
    are 0. Over a month ahead timing 0 foretold better than 1 on the shops we
    measured: who bought something often buys it again, due or not.
    """

    name: ClassVar[str] = "repeats"
    label: ClassVar[str] = "What the customer bought before (own repeats)"
    spoken: ClassVar[str] = "the list of what each customer bought before"
    hints: ClassVar[bool] = True
    half_life: float = 120.0
    timing: float = 0.0

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        ways = ((120.0, 0.0), (60.0, 0.0), (240.0, 0.0), (60.0, 1.0))
        return tuple({"half_life": half, "timing": timing} for half, timing in ways)

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        arrays: Arrays = {"buyers": RecentPopularity().fit(train, report)["buyers"]}
        if train.now is None or train.histories.time is None:
            note = "The data has no dates, so all repeats count alike."
            return arrays | {"note": np.array(note)}
        return arrays | {"now": np.array(train.now), "gap": typical_gaps(train.histories.purchases)}

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        buyers = arrays["buyers"]
        popular = (buyers / (buyers.max(initial=0) + 1)).astype(np.float32)
        scores = np.tile(popular, (len(histories), 1))
        weight = histories.weight
        own = self.own(arrays, histories if weight is None else histories.keep(weight >= 1))
        scores[cells(own)] = 1 + own.data
        if weight is not None:
            hinted = histories.keep(weight < 1)
            hints = added_up(hinted, self.aged(arrays, hinted))
            scores[cells(hints)] += hints.data
        return scores

    def reason(self, arrays: Arrays, product: int) -> str:
        lately = counted(int(arrays["buyers"][product]))
        return (
            "What the customer bought before comes first, by how often and how lately; then what "
            f"others bought in the last 30 days: {lately} bought this."
        )

    def own(self, arrays: Arrays, histories: Histories) -> Matrix:
        """(N, I) where bought: how often, the later the more, and how due it is."""
        own = added_up(histories, self.aged(arrays, histories))
        if histories.time is not None and "now" in arrays and self.timing:
            last = recency(histories, arrays["now"].item(), 30.0)
            elapsed = -30 * np.log2(last.data)
            due = 1 - np.exp2(-(elapsed + 31) / arrays["gap"][own.indices])
            own.data *= np.asarray(due**self.timing, np.float32)
        return own

    def aged(self, arrays: Arrays, histories: Histories) -> NDArray[np.float64]:
        """(M,) what each row counts for: its weight, half of it after each half-life."""
        weight = histories.weight
        worth = np.ones(len(histories.product)) if weight is None else weight
        if histories.time is None or "now" not in arrays:
            return worth
        ages = np.maximum(0.0, arrays["now"].item() - histories.time)
        return worth * np.exp2(-ages / self.half_life)


def added_up(histories: Histories, values: NDArray[np.float64]) -> Matrix:
    """values: (M,) of each row -> (N, I), those of one product added up."""
    shape = (len(histories), histories.products)
    # Copies, because adding up duplicates works in place.
    matrix = csr(values.astype(np.float32), histories.product.copy(), histories.start.copy(), shape)
    matrix.sum_duplicates()
    return matrix


def typical_gaps(histories: Histories) -> NDArray[np.float32]:
    """(I,) days between two purchases of one product by one customer: the geometric mean, drawn
    towards the shop's where it was seen seldom."""
    assert histories.time is not None  # noqa: S101  the caller has looked
    by = np.lexsort((histories.time, histories.product, histories.customer))
    customer, product, time = (
        values[by] for values in (histories.customer, histories.product, histories.time)
    )
    gap = np.diff(time)
    again = (np.diff(customer) == 0) & (np.diff(product) == 0) & (gap >= 1)
    logs, of = np.log(gap[again]), product[1:][again]
    if not len(logs):
        return np.full(histories.products, 31, np.float32)
    seen = np.bincount(of, minlength=histories.products)
    total = np.bincount(of, logs, minlength=histories.products)
    return np.exp((total + SHRUNK * logs.mean()) / (seen + SHRUNK)).astype(np.float32)
