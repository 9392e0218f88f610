"""What a lever costs: accuracy, money and variety of the judged lists while its weight moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.customer.levers import Company, Levers, Values, Worth, reranked
from nn_core.recommender.histories import Numbers
from nn_core.recommender.judge.kept import Future, Lists
from nn_core.recommender.matrix import Matrix, row_sizes
from nn_core.recommender.metrics import hits, ndcg

WEIGHTS = {
    "price": (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0),
    "margin": (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0),
    "diversity": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
}
"""Lever -> the weights that are tried."""
CUSTOMERS = 1_000
"""Evenly picked from those that were judged; more say the same and take longer than a second."""
FORMULAS = {
    "NDCG": "as under Result, of the lists that the lever gave",
    "money": "100 / customers * sum over customers of the prices of the right products listed",
    "diversity": "mean over lists of 1 - mean likeness of the list's pairs, the likeness by which "
    "the lever goes",
}


@dataclass(frozen=True)
class Point:
    """The lists of N customers at one setting of the levers. money and margin are None where no
    price, or margin, is known."""

    levers: Levers
    ndcg: float
    money: float | None
    margin: float | None
    diversity: float


@dataclass(frozen=True)
class Bench:
    """What levers are tried on: candidates (N, C) of N customers, and (N, I) what was right.

    price, margin: (I,) as the catalogue has them, NaN where unknown; None where none is known.
    """

    candidates: Numbers
    relevant: Matrix
    worth: Worth
    price: NDArray[np.float64] | None
    margin: NDArray[np.float64] | None
    k: int

    @classmethod
    def of(
        cls,
        lists: Lists,
        test: Future,
        task: str,
        worth: Worth,
        price: NDArray[np.float64] | None,
        margin: NDArray[np.float64] | None,
        k: int,
    ) -> Bench | None:
        """None where nobody bought anything that this task counts."""
        relevant = test.relevant(task)
        judged = np.flatnonzero(row_sizes(relevant))
        if not len(judged):
            return None
        picked = np.unique(np.linspace(0, len(judged) - 1, CUSTOMERS).astype(np.int64))
        rows = judged[picked]
        candidates = np.asarray(lists.products[rows], np.int64)
        return cls(candidates, relevant[rows], worth, price, margin, k)

    def point(self, levers: Levers) -> Point:
        """The lists at one setting, measured."""
        ranked = reranked(self.candidates, self.worth, levers, self.k)
        found = hits(ranked, self.relevant)
        accuracy = float(ndcg(found, row_sizes(self.relevant)).mean())
        right = ranked[found]
        money, margin = (
            None if known is None else 100 * float(np.nan_to_num(known[right]).sum()) / len(ranked)
            for known in (self.price, self.margin)
        )
        return Point(levers, accuracy, money, margin, variety(ranked, self.worth))

    def curve(self, lever: str, levers: Levers) -> list[Point]:
        """One lever over its WEIGHTS, the others as they are."""
        return [self.point(replace(levers, **{lever: weight})) for weight in WEIGHTS[lever]]

    @property
    def customers(self) -> int:
        return len(self.candidates)


def through(points: list[Point], now: Point, lever: str) -> list[Point]:
    """The curve, with where it stands now as one of its points."""
    return sorted({*points, now}, key=lambda point: getattr(point.levers, lever))


def variety(ranked: Numbers, worth: Worth) -> float:
    """ranked: (N, k) -> mean over lists of 1 - mean likeness of their pairs; 1 without pairs."""
    company, there = Company(worth, ranked), ranked >= 0
    alike: Values = np.zeros(len(ranked))
    for place in range(ranked.shape[1]):
        near = company.of(np.full(len(ranked), place))
        near[:, place] = 0
        alike += (near * there * there[:, [place]]).sum(axis=1)
    size = there.sum(axis=1)
    pairs = size * (size - 1)
    return float(1 - (alike[pairs > 0] / pairs[pairs > 0]).mean()) if (pairs > 0).any() else 1.0
