"""What the judge needs to know of the products, all of it from before the cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.matrix import Matrix, as_csr, csr, stacked
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
    return of_length_one(by_product.indices, by_product.indptr, by_product.shape[1])


def of_length_one(witnesses: Numbers, start: Numbers, count: int) -> Matrix:
    """(I, count) with the product's witnesses from start (I + 1,) on."""
    buyers = np.diff(start)
    values: Any = np.repeat(1 / np.sqrt(np.maximum(buyers, 1)), buyers)
    return csr(values, witnesses, start, (len(buyers), count))


def shelf_arrays(shelf: Shelf, products: Numbers, count: int) -> dict[str, NDArray[Any]]:
    """products: (I,) the number of each in a catalogue of `count`, the others of which nobody had
    bought -> a row for each of the catalogue."""
    buyers, tail, price = np.zeros(count, np.int64), np.ones(count, bool), np.full(count, np.nan)
    buyers[products], tail[products] = shelf.buyers, shelf.tail
    if shelf.price is not None:
        price[products] = shelf.price
    place = np.full(count, len(products))
    place[products] = np.arange(len(products))
    nobody = np.zeros((1, shelf.vectors.shape[1]))
    rows = stacked([shelf.vectors, as_csr(nobody)])[place]
    return {
        "shelf_customers": np.array([shelf.customers]),
        "shelf_buyers": buyers,
        "shelf_tail": tail,
        "shelf_price": price,
        "shelf_start": rows.indptr,
        "shelf_witness": rows.indices.astype(np.uint16),
    }


def shelf_of(arrays: Mapping[str, NDArray[Any]]) -> Shelf | None:
    """What `shelf_arrays` made; None where it is not there."""
    if "shelf_buyers" not in arrays:
        return None
    price = np.array(arrays["shelf_price"])
    witnesses = arrays["shelf_witness"].astype(np.int64)
    return Shelf(
        int(arrays["shelf_customers"][0]),
        np.array(arrays["shelf_buyers"]),
        np.array(arrays["shelf_tail"]),
        of_length_one(witnesses, np.array(arrays["shelf_start"]), WITNESSES),
        None if np.isnan(price).all() else price,
    )
