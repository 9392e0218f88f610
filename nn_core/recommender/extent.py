"""How much there is to learn from, in the numbers that decide how long a fit takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.recommender.distinct import distinct
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import row_sizes


@dataclass(frozen=True)
class Extent:
    """Counts, so that a page can ask for seconds without the purchases themselves.

    customers  N
    products   I, those that are ranked
    pairs      different pairs of a customer and a product
    together   sum over customers of the square of their different products: how often a method
               that looks at two products of one customer has to look
    baskets    None where nobody knows what came first
    """

    customers: int
    products: int
    pairs: int
    together: float
    baskets: int | None

    @classmethod
    def of(cls, histories: Histories) -> Extent:
        sizes = row_sizes(histories.bought)
        return cls(
            customers=len(histories),
            products=histories.products,
            pairs=int(sizes.sum()),
            together=float(np.square(sizes, dtype=np.float64).sum()),
            baskets=None if histories.basket is None else len(distinct(histories.basket)),
        )
