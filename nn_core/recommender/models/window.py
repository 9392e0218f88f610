"""The last month of the training part as a small test of its own: what tuning and blending see."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, row_sizes, without
from nn_core.recommender.metrics import hits, ndcg
from nn_core.recommender.models.base import Fitted
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TASKS, TrainingData

PRODUCTS = 8_000
"""The best sellers stand for all, as many as EASE's square matrix holds."""
CUSTOMERS = 2_500
"""On the grocery year a thousand chose blends whose NDCG@10 of new products was 6% lower."""
DEPTH = 30
"""Places on each model's list whose products a blend may bring to the top."""


@dataclass(frozen=True)
class Window:
    """before: what may be learned from; customers: (C,) those judged; histories: theirs before the
    window; relevant: task -> (C, I) what they bought in it."""

    before: TrainingData
    customers: NDArray[np.int64]
    histories: Histories
    relevant: dict[str, Matrix]

    @classmethod
    def of(cls, train: TrainingData, seed: int = 0, products: int = PRODUCTS) -> Window | None:
        """products: how many best sellers. None where too little lies on one side of the cut."""
        best = np.arange(min(products, len(train.products)))
        narrow = replace(
            train,
            products=train.products[best],
            histories=train.histories.renumbered(best),
            goods=train.goods.iloc[best],
        )
        found = narrow.validation()
        if found is None:
            return None
        before, new = found
        after = narrow.histories.keep(narrow.validation_mask()).bought
        known = row_sizes(before.histories.bought) > 0
        judged = np.flatnonzero(known & (row_sizes(after) > 0))
        if len(judged) > CUSTOMERS:
            rng = np.random.default_rng(seed)
            judged = np.sort(rng.choice(judged, CUSTOMERS, replace=False))
        relevant = {"discover": new, "all": after, "buy-again": without(after, new)}
        own = {task: matrix[judged] for task, matrix in relevant.items()}
        return cls(before, judged, before.histories.of(judged), own)

    def asked(self, task: str) -> NDArray[np.int64]:
        """The judged customers, by place, with something right for this task."""
        return np.flatnonzero(row_sizes(self.relevant[task]))

    def ndcg(self, scores: NDArray[np.float32], task: str) -> float:
        """scores: (C, I) -> mean NDCG@10 of the customers that this task can judge."""
        rows = self.asked(task)
        if not len(rows):
            return 0.0
        ranked = top(only(scores[rows], task, self.histories.bought[rows]), 10)
        relevant = self.relevant[task][rows]
        return float(ndcg(hits(ranked, relevant), row_sizes(relevant)).mean())

    def ndcgs(self, fitted: Fitted) -> dict[str, float]:
        """task -> NDCG@10 of a model that was fitted on `before`."""
        scores = fitted.scores(self.histories)
        return {task: self.ndcg(scores, task) for task in TASKS}


@dataclass(frozen=True)
class Contest:
    """What blends of P models are chosen by: only what stands high in one of their lists matters.

    standard: (P, C, K) each model's standardised scores of K candidates; right: (C, K); relevant:
    (C,) how many products were right at all.
    """

    standard: NDArray[np.float32]
    right: NDArray[np.bool_]
    relevant: NDArray[np.int64]

    @classmethod
    def of(cls, window: Window, task: str, scores: list[NDArray[np.float32]]) -> Contest:
        """scores: of each model, (C, I), already standardised."""
        rows = window.asked(task)
        bought, relevant = window.histories.bought[rows], window.relevant[task][rows]
        tops = [top(only(own[rows], task, bought), DEPTH) for own in scores]
        candidates = np.concatenate(tops, axis=1)
        placed = np.sort(candidates, axis=1)
        repeated = np.zeros(placed.shape, bool)
        repeated[:, 1:] = placed[:, 1:] == placed[:, :-1]
        placed[repeated] = -1
        able = placed >= 0
        standard = np.stack(
            [np.take_along_axis(own[rows], np.maximum(placed, 0), axis=1) for own in scores]
        )
        standard[:, ~able] = -1e9
        return cls(standard, hits(placed, relevant) & able, row_sizes(relevant))

    def ndcg(self, weights: NDArray[np.float64], rows: NDArray[np.int64] | None = None) -> float:
        """weights: (P,) -> mean NDCG@10 of the blend, of all customers or of some."""
        some = slice(None) if rows is None else rows
        blended = np.tensordot(weights.astype(np.float32), self.standard[:, some], axes=1)
        best = top(blended, 10)
        right = np.take_along_axis(self.right[some], np.maximum(best, 0), axis=1) & (best >= 0)
        right = np.pad(right, ((0, 0), (0, 10 - right.shape[1])))
        return float(ndcg(right, self.relevant[some]).mean())
