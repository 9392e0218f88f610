"""What customers bought, in order: the one form in which every model reads purchases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.matrix import Matrix, csr

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Histories:
    """The purchases of N customers in one flat table, each customer's in the order they were made.

    start    (N + 1,) where a customer begins and ends
    product  (M,) a product's number
    row      (M,) its row in the table it came from, which tells what stood before what
    time     (M,) in days since 1970, or None
    basket   (M,) a number that rises from one basket of a customer to the next; None where nobody
             knows what came first
    weight   (M,) what a row counts for: 1 or more is a purchase (or a product that was liked), less
             is an event that is none, such as a view; None where every row is a purchase
    """

    start: Numbers
    product: Numbers
    products: int
    row: Numbers
    time: NDArray[np.float64] | None = None
    basket: Numbers | None = None
    weight: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.start) - 1

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, ordered: bool) -> Histories:
        """Numbers are the codes of the frame's categories `customer` and `product`.

        A basket is an order where orders are known, else a day, else (ordered rows) a row.
        """
        customer, product = codes(frame, "customer"), codes(frame, "product")
        time = days(frame) if "time" in frame else None
        basket = _baskets(frame, customer, time) if ordered or time is not None else None
        # A customer's baskets follow each other whole, in order of their first row.
        by = np.lexsort((np.arange(len(frame)) if basket is None else basket, customer))
        counts = np.bincount(customer, minlength=len(categories(frame, "customer")))
        return cls(
            start=np.concatenate([[0], np.cumsum(counts)]),
            product=product[by],
            products=len(categories(frame, "product")),
            row=by.astype(np.int64),
            time=None if time is None else time[by],
            basket=None if basket is None else basket[by],
            weight=weights(frame)[by] if "weight" in frame else None,
        )

    @classmethod
    def of_products(cls, product: Numbers, products: int) -> Histories:
        """One customer who bought these, of whom nothing else is known."""
        bought = np.asarray(product, np.int64)
        return cls(np.array([0, len(bought)]), bought, products, row=np.arange(len(bought)))

    @cached_property
    def customer(self) -> Numbers:
        """(M,) whose purchase it is."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    @cached_property
    def counts(self) -> Matrix:
        """(N, products) how often each was bought."""
        if self.weight is not None:
            return self.purchases.counts
        return self._summed(np.ones(len(self.product), np.float32))

    @cached_property
    def weighted(self) -> Matrix:
        """(N, products) the weights of all rows added up: views count a little, purchases 1."""
        return self.counts if self.weight is None else self._summed(self.weight.astype(np.float32))

    @cached_property
    def purchases(self) -> Histories:
        """The same customers' purchases alone, without weights."""
        if self.weight is None:
            return self
        return replace(self.keep(self.weight >= 1), weight=None)

    @cached_property
    def bought(self) -> Matrix:
        """(N, products) 1 where bought at least once."""
        matrix = self.counts.copy()
        matrix.data[:] = 1
        return matrix

    @cached_property
    def buyers(self) -> Numbers:
        """(products,) how many different customers bought each."""
        return np.bincount(self.bought.indices, minlength=self.products)

    def of(self, customers: Numbers) -> Histories:
        """These customers only, in this order."""
        lengths = np.diff(self.start)[customers]
        start: Numbers = np.concatenate([[0], np.cumsum(lengths)])
        taken: Numbers = np.arange(start[-1]) + np.repeat(
            self.start[customers] - start[:-1], lengths
        )
        return replace(self._taken(taken), start=start)

    def keep(self, mask: NDArray[np.bool_]) -> Histories:
        """The purchases under the mask (M,); every customer stays, if with an empty history."""
        kept = np.concatenate([[0], np.cumsum(mask)])
        return replace(self._taken(np.flatnonzero(mask)), start=kept[self.start])

    def renumbered(self, products: Numbers) -> Histories:
        """Number i is from now on what number products[i] was; other products are dropped."""
        new = np.full(self.products, -1)
        new[products] = np.arange(len(products))
        narrowed = self.keep(new[self.product] >= 0)
        return replace(narrowed, product=new[narrowed.product], products=len(products))

    def _taken(self, rows: Numbers) -> Histories:
        return Histories(
            start=self.start,
            product=self.product[rows],
            products=self.products,
            row=self.row[rows],
            time=None if self.time is None else self.time[rows],
            basket=None if self.basket is None else self.basket[rows],
            weight=None if self.weight is None else self.weight[rows],
        )

    def _summed(self, values: NDArray[np.float32]) -> Matrix:
        # Copies, because adding up duplicates works in place.
        shape = (len(self), self.products)
        matrix = csr(values, self.product.copy(), self.start.copy(), shape)
        matrix.sum_duplicates()
        return matrix


def codes(frame: pd.DataFrame, column: str) -> Numbers:
    """(M,) the numbers of a column's categories."""
    values: Any = frame[column]
    return values.cat.codes.to_numpy(np.int64)


def categories(frame: pd.DataFrame, column: str) -> pd.Index:
    """A column's categories: what its numbers stand for."""
    values: Any = frame[column]
    return values.cat.categories


def days(frame: pd.DataFrame) -> NDArray[np.float64]:
    """(M,) the column `time` as days since 1970."""
    times: Any = frame["time"]
    return times.to_numpy("datetime64[s]").astype(np.int64) / 86_400.0


def weights(frame: pd.DataFrame) -> NDArray[np.float64]:
    """(M,) the column `weight`."""
    values: Any = frame["weight"]
    return values.to_numpy(np.float64)


def _baskets(frame: pd.DataFrame, customer: Numbers, time: NDArray[np.float64] | None) -> Numbers:
    if "order" in frame:
        mark = codes(frame, "order")
    elif time is not None:
        mark = np.floor(time).astype(np.int64)
    else:
        return np.arange(len(frame))
    marks = int(mark.max(initial=0)) + 1
    first_seen: Any = pd.factorize(customer * marks + mark)
    return first_seen[0].astype(np.int64)
