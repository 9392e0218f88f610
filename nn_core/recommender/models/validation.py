"""How a model checks itself before the test: NDCG@10 in a window inside of the training part."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, row_sizes
from nn_core.recommender.metrics import hits, ndcg
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TrainingData

CUSTOMERS = 2_000
"""More say the same a little more exactly, and take longer."""


def discover_ndcg(
    scores: Callable[[Histories], NDArray[np.float32]],
    before: TrainingData,
    new: Matrix,
) -> float:
    """new: (N, I) the products each customer bought for the first time in the window."""
    customers = np.flatnonzero(row_sizes(new))[:CUSTOMERS]
    histories, wanted = before.histories.of(customers), new[customers]
    ranked = top(only(scores(histories), "discover", histories.bought), 10)
    return float(ndcg(hits(ranked, wanted), row_sizes(wanted)).mean())
