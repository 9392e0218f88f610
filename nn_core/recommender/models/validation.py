"""How a model checks itself before the test: NDCG@10 in a window inside of the training part."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, row_sizes
from nn_core.recommender.metrics import hits, ndcg
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TrainingData

CUSTOMERS = 2_000
"""More say the same a little more exactly, and take longer."""

Scorer = Callable[[Histories], NDArray[np.float32]]


@dataclass(frozen=True)
class Watch:
    """Some customers whose purchases in the window are kept out of training, to be foretold.

    learned: all customers' purchases (N), without these; before: the watched customers' (W) until
    the window; new: (W, I) what they then bought for the first time.
    """

    learned: Histories
    before: Histories
    new: Matrix

    def ndcg(self, scores: Scorer) -> float:
        """NDCG@10 of the watched customers' lists of new products."""
        ranked = top(only(scores(self.before), "discover", self.before.bought), 10)
        return float(ndcg(hits(ranked, self.new), row_sizes(self.new)).mean())


def watched(train: TrainingData, share: float, seed: int) -> Watch | None:
    """A share of the customers whom the window can judge; None when it can judge too few."""
    window = train.validation()
    if window is None:
        return None
    before, new = window
    judged = np.flatnonzero(row_sizes(new))
    count = min(CUSTOMERS, round(share * len(judged)))
    if not count:
        return None
    chosen = np.sort(np.random.default_rng(seed).choice(judged, count, replace=False))
    mine = np.isin(train.histories.customer, chosen)
    learned = train.histories.keep(~(mine & train.validation_mask()))
    return Watch(learned, before.histories.of(chosen), new[chosen])


def narrowed(train: TrainingData, watch: Watch | None, products: int) -> TrainingData:
    """Without what is watched, and with the products only that are ranked."""
    histories = (watch.learned if watch else train.histories).renumbered(np.arange(products))
    known = train.goods.iloc[:products]
    return replace(train, histories=histories, products=train.products[:products], goods=known)


def discover_ndcg(
    scores: Scorer,
    before: TrainingData,
    new: Matrix,
) -> float:
    """new: (N, I) the products each customer bought for the first time in the window."""
    customers = np.flatnonzero(row_sizes(new))[:CUSTOMERS]
    return Watch(before.histories, before.histories.of(customers), new[customers]).ndcg(scores)
