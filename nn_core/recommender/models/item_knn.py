"""Products bought by the same people: cosine similarity between products (Sarwar et al., 2001)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, as_csr, csr, stacked
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.ranking import top
from nn_core.recommender.split import TrainingData

BLOCK = 1_000


@dataclass(frozen=True)
class ItemKNN(Recommender):
    """similarity(i, j) = customers who bought both / sqrt(buyers of i * buyers of j).

    score(customer, j) = sum of similarity(i, j) over the products i in the history, where each
    product knows its `neighbours` nearest only.
    """

    name: ClassVar[str] = "item-knn"
    label: ClassVar[str] = "Bought by the same customers (item kNN)"
    neighbours: int = 20

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        bought = train.histories.bought
        length = np.sqrt(np.asarray(bought.sum(axis=0)))
        unit = as_csr(bought.multiply(1 / np.maximum(length, 1)[None, :]))
        by_product = as_csr(unit.T)
        nearest = stacked(
            [
                self._nearest((by_product[first : first + BLOCK] @ unit).toarray(), first)
                for first in range(0, by_product.shape[0], BLOCK)
            ]
        )
        return {"start": nearest.indptr, "product": nearest.indices, "similarity": nearest.data}

    def _nearest(self, similarity: NDArray[np.float32], first: int) -> Matrix:
        """similarity: (rows, I) of the products from `first` on -> the same, nearest only."""
        rows = np.arange(len(similarity))
        similarity[rows, rows + first] = 0
        near = top(similarity, self.neighbours)
        kept = np.take_along_axis(similarity, near, axis=1).astype(np.float32)
        start = np.arange(len(near) + 1) * near.shape[1]
        block = csr(kept.ravel(), near.ravel(), start, similarity.shape)
        block.eliminate_zeros()
        return block

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        shape = (histories.products, histories.products)
        nearest = csr(arrays["similarity"], arrays["product"], arrays["start"], shape)
        return (histories.bought @ nearest).toarray().astype(np.float32, copy=False)
