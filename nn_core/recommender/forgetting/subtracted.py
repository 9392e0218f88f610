"""EASE and item kNN without one customer, by the customer's own counts taken from those of all.

Both learn nothing but how many customers bought a product, and how many bought two. One customer
adds 1 to each pair of the products in the history; taken away again, the rest makes the models.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, as_csr
from nn_core.recommender.models import Fitted
from nn_core.recommender.models.ease import Ease, closed_form
from nn_core.recommender.models.gram import gram
from nn_core.recommender.models.item_knn import ItemKNN
from nn_core.recommender.ranking import top

Scores = NDArray[np.float32]
SQUARE = 4_000
"""Products at most: all pairs of them stand in one matrix."""


@dataclass(frozen=True)
class Counts:
    """How many customers bought two products, (I, I), each with itself too: with the customer,
    with the customer's own taken away, and as counted in the purchases that are left."""

    before: Scores
    left: Scores
    counted: Scores

    @classmethod
    def of(cls, bought: Matrix, row: int, products: list[str], now: Catalogue) -> Counts | None:
        """bought: (N, I) before, of these products; row: the customer's; now: without the customer.
        None where there are too many products, or one that was not ranked before."""
        place = pd.Index(products).get_indexer(pd.Index(now.products))
        if len(place) > SQUARE or (place < 0).any():
            return None
        then = as_csr(bought[:, place])
        own, before = then[[row]].toarray()[0], gram(then)
        return cls(before, before - np.outer(own, own), gram(now.histories.bought))

    def told(self) -> dict[str, int]:
        """all: different pairs; changed: those whose count is another now; wrong: those that are
        not what taking the customer's own away gives."""
        upper = np.triu_indices(len(self.left))
        return {
            "all": len(upper[0]),
            "changed": int((self.before != self.counted)[upper].sum()),
            "wrong": int((self.left != self.counted)[upper].sum()),
        }


def by_ease(fitted: Fitted, counts: Scores, histories: Histories) -> Scores:
    """x B, B in closed form from the counts that are left."""
    weights = closed_form(counts.copy(), fitted.arrays["regularization"].item())
    return np.asarray(histories.bought @ weights, np.float32)


def by_item_knn(fitted: Fitted, counts: Scores, histories: Histories) -> Scores:
    """x S, S the cosine of the counts that are left, of each product's nearest only."""
    both, buyers = counts.astype(np.float64), np.maximum(np.diag(counts), 1).astype(np.float64)
    closeness = both**2 / buyers
    np.fill_diagonal(closeness, 0)
    near = top(closeness, cast(ItemKNN, fitted.model).neighbours)
    similarity = np.zeros_like(closeness)
    own = np.sqrt(np.take_along_axis(closeness, near, axis=1) / buyers[:, None])
    np.put_along_axis(similarity, near, own, axis=1)
    return np.asarray(histories.bought @ similarity, np.float32)


ANOTHER_WAY: dict[type, Callable[[Fitted, Scores, Histories], Scores]] = {
    Ease: by_ease,
    ItemKNN: by_item_knn,
}
