"""What the judge needs to know of the products, all of it from before the cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.matrix import Matrix, csr
from nn_core.recommender.metrics import Values

HEAD = 0.2
"""The share of the products that is called the head: those with most purchases."""
WITNESSES = 5_000
"""Customers, evenly picked, whose purchases say how alike two products are. More say the same."""


@dataclass(frozen=True)
class Shelf:
    """The products before the cut.

    buyers   (I,) how many of the `customers` bought each
    tail     (I,) True outside of the HEAD share with most purchases
    vectors  (I, W) who bought each, of length 1 (0 where nobody did)
    price    (I,) NaN where unknown; None where no price is known
    """

    customers: int
    buyers: Numbers
    tail: NDArray[np.bool_]
    vectors: Matrix
    price: Values | None

    @classmethod
    def of(cls, histories: Histories, goods: pd.DataFrame) -> Shelf:
        price = goods["price"].to_numpy(np.float64) if "price" in goods else None
        if price is not None and np.isnan(price).all():
            price = None
        tail = outside_head(np.asarray(histories.counts.sum(axis=0)).ravel())
        vectors = unit_vectors(histories.bought)
        return cls(len(histories), histories.buyers, tail, vectors, price)


def outside_head(sales: NDArray[np.float64]) -> NDArray[np.bool_]:
    """sales: (I,) purchases of each product -> (I,) is it outside of the best-selling share?"""
    tail = np.ones(len(sales), bool)
    tail[np.argsort(-sales, kind="stable")[: round(HEAD * len(sales))]] = False
    return tail


def unit_vectors(bought: Matrix) -> Matrix:
    """bought: (N, I) -> (I, W) the columns of at most WITNESSES customers, each of length 1."""
    chosen = np.unique(np.linspace(0, bought.shape[0] - 1, WITNESSES).astype(np.int64))
    by_product = bought[chosen].T.tocsr()
    buyers = np.diff(by_product.indptr)
    values = np.repeat(1 / np.sqrt(np.maximum(buyers, 1)), buyers)
    shape = (by_product.shape[0], by_product.shape[1])
    return csr(values, by_product.indices, by_product.indptr, shape)
