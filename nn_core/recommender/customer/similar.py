"""Products like one product, as a trained model sees them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import top


@dataclass(frozen=True)
class Similar:
    """products: (K,) nearest first; values: (K,); meaning: what a value is, in words."""

    products: NDArray[np.int64]
    values: NDArray[np.float32]
    meaning: str


def similar(fitted: Fitted, product: int, products: int, k: int = 10) -> Similar | None:
    """The k products nearest to this one of `products`. None for a model to which all are equal.

    A model that keeps no likeness between products is asked what it would show somebody who bought
    this one only.
    """
    near = fitted.model.likeness(fitted.arrays, product)
    if near is not None:
        values, meaning = np.where(near > 0, near, -np.inf), fitted.model.likeness_means
    elif fitted.model.reason(fitted.arrays, product) is not None:
        return None
    else:
        bought = Histories.of_products(np.array([product]), products)
        values, meaning = fitted.scores(bought)[0], "score for somebody who bought only this"
    values = np.array(values, np.float32)
    values[product] = -np.inf
    best = top(values[None], k)[0]
    best = best[best >= 0]
    return Similar(best, values[best], meaning)
