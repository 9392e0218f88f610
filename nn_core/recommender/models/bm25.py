"""Products bought by the same people, by the weights of text search (Robertson, Zaragoza, 2009)."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, as_csr, multiplied, older, row_sizes
from nn_core.recommender.models.base import Arrays, Report
from nn_core.recommender.models.item_knn import ItemKNN
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class BM25(ItemKNN):
    """w(u, i) = idf_u * n (k1 + 1) / (n + k1 (1 - b + b * total_i / mean total)), n = times bought.

    idf_u = log(I / (1 + products of u)): who buys everything says little. similarity = W^T W, the
    product itself included, of which each row keeps its `neighbours` highest; score(customer, j) =
    sum over the history of n_i * similarity(i, j). The library implicit finds the similarities, in
    half the time of a product of sparse matrices.
    """

    name: ClassVar[str] = "bm25"
    label: ClassVar[str] = "Bought by the same customers, rare tastes first (BM25 kNN)"
    spoken: ClassVar[str] = (
        "the model of what the same customers bought, rare tastes first (BM25 kNN)"
    )
    likeness_means: ClassVar[str] = "BM25 similarity of who bought the two"
    neighbours: int = 20
    k1: float = 1.2
    b: float = 0.75

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        ways = ((100, 1.2, 0.75), (20, 1.2, 0.75), (100, 1.2, 0.3), (400, 20.0, 0.75))
        return tuple({"neighbours": n, "k1": k1, "b": b} for n, k1, b in ways)

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        from implicit.nearest_neighbours import ItemItemRecommender

        model: Any = ItemItemRecommender(self.neighbours)
        model.fit(older(self.weighed(train.histories.counts)), show_progress=False)
        near = as_csr(model.similarity)
        values = near.data.astype(np.float32)
        return {"start": near.indptr, "product": near.indices, "similarity": values}

    @classmethod
    def load(cls) -> bool:
        import implicit.nearest_neighbours

        return bool(implicit.nearest_neighbours)

    def weighed(self, counts: Matrix) -> Matrix:
        """(N, I) times bought -> (N, I) w."""
        total = np.asarray(counts.sum(axis=0)).ravel()
        length = 1 - self.b + self.b * total / total.mean()
        rare = np.log(counts.shape[1]) - np.log1p(row_sizes(counts))
        times = counts.data.astype(np.float64)
        weighed = counts.astype(np.float64)
        weighed.data = times * (self.k1 + 1) / (self.k1 * length[counts.indices] + times)
        weighed.data *= np.repeat(rare, row_sizes(counts))
        return weighed

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        return multiplied(histories.counts, self.nearest(arrays))

    def contributions(
        self, arrays: Arrays, histories: Histories, product: int
    ) -> NDArray[np.float32]:
        """n_i * similarity(i, product) for every i in the history."""
        bought = histories.counts
        added = np.zeros(histories.products, np.float32)
        near = self.nearest(arrays)[bought.indices].toarray()[:, product]
        added[bought.indices] = bought.data * near
        return added
