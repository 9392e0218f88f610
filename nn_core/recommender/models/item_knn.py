"""Products bought by the same people: cosine similarity between products (Sarwar et al., 2001)."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, bought_together, csr, multiplied, row_sizes, stacked
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.vectors import squeezed
from nn_core.recommender.ranking import Numbers, candidates
from nn_core.recommender.split import TrainingData

BLOCK = 400_000
"""Numbers at a time: they stay near the processor."""


@dataclass(frozen=True)
class ItemKNN(Recommender):
    """similarity(i, j) = customers who bought both / sqrt(buyers of i * buyers of j).

    score(customer, j) = sum of similarity(i, j) over the products i in the history, where each
    product knows its `neighbours` nearest only.
    """

    name: ClassVar[str] = "item-knn"
    label: ClassVar[str] = "Bought by the same customers (item kNN)"
    spoken: ClassVar[str] = "the model of what the same customers bought (item kNN)"
    likeness_means: ClassVar[str] = "cosine of who bought the two"
    scoring: ClassVar[float] = 15e-9
    neighbours: int = 20

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        return tuple({"neighbours": neighbours} for neighbours in (20, 50, 100, 200))

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        bought, buyers = train.histories.bought, np.maximum(train.histories.buyers, 1)
        together = bought_together(bought)
        products = bought.shape[1]
        size = max(1, BLOCK // max(products, 1))
        blocks: list[Matrix] = []
        for first in range(0, products, size):
            rows = np.arange(first, min(first + size, products))
            closeness = np.empty((len(rows), products))
            for row in closeness:
                row[:] = next(together)
            closeness[rows - first, rows] = 0
            # both^2 / buyers of j: one division of whole numbers, so that what is equally near
            # stays equal to the last digit, and the product with more buyers comes first.
            closeness *= closeness
            closeness /= buyers
            blocks.append(self._nearest(closeness, buyers[rows]))
            if 100 * first // products < 100 * (rows[-1] + 1) // products:
                report.say({"done": (rows[-1] + 1) / products})
        nearest = stacked(blocks)
        product = nearest.indices.astype(np.int32)
        return {"start": nearest.indptr, "product": product, "similarity": nearest.data}

    def seconds(self, extent: Extent) -> float:
        return together_seconds(extent) + 5e-9 * extent.products**2

    def _nearest(self, closeness: NDArray[np.float64], buyers: NDArray[np.int64]) -> Matrix:
        """closeness: (rows, I), buyers: (rows,) -> the similarities, of the nearest only."""
        block = nearest_rows(closeness, self.neighbours)
        block.data = np.sqrt(block.data / np.repeat(buyers, row_sizes(block)))
        return block

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        return multiplied(histories.bought, self.nearest(arrays))

    def contributions(
        self, arrays: Arrays, histories: Histories, product: int
    ) -> NDArray[np.float32]:
        """similarity(i, j) for every i in the history."""
        bought = histories.bought.indices
        added = np.zeros(histories.products, np.float32)
        added[bought] = self.nearest(arrays)[bought].toarray()[:, product]
        return added

    def likeness(self, arrays: Arrays, product: int) -> NDArray[np.float32]:
        """(I,) similarity to this product; 0 beyond its nearest."""
        return self.nearest(arrays)[[product]].toarray()[0]

    def item_vectors(self, arrays: Arrays) -> NDArray[np.float32]:
        """(I, D) near where the same products speak for both."""
        return squeezed(self.nearest(arrays))

    def nearest(self, arrays: Arrays) -> Matrix:
        """(I, I) similarities, in each row those of the product's nearest only."""
        products = len(arrays["start"]) - 1
        shape = (products, products)
        return csr(arrays["similarity"], arrays["product"], arrays["start"], shape)


def nearest_rows(closeness: Numbers, neighbours: int) -> Matrix:
    """closeness: (rows, I), 0 or more -> the same, only each row's highest kept; of equal ones the
    lower numbers."""
    count, items = closeness.shape
    k = min(neighbours, items)
    least = float(np.finfo(closeness.dtype).tiny)  # what is not near at all is no neighbour
    rows, products = np.divmod(np.flatnonzero(candidates(closeness, k, least)), items)
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    # The few that are left, side by side: 0 behind the end of a row. The highest are looked for
    # from below: the many zeros at the other end would make NumPy's partition slow.
    near = np.zeros((count, max(k, int(place.max(initial=-1)) + 1)), closeness.dtype)
    near[rows, place] = closeness[rows, products]
    floor = -np.partition(-near, k - 1, axis=1)[:, k - 1 : k]
    higher, equal = near > floor, near == floor
    kept = higher | (equal & (equal.cumsum(axis=1) <= k - higher.sum(axis=1, keepdims=True)))
    kept = kept[rows, place]
    start = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=count))])
    values = near[rows, place][kept].astype(np.float32)
    return csr(values, products[kept], start, closeness.shape)


def together_seconds(extent: Extent) -> float:
    """What `bought_together` takes for all products: each history once for each product in it."""
    return 0.1 + 4e-9 * extent.together
