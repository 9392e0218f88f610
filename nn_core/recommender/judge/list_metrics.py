"""What lists are like beside being right: how varied, how new, how much of the shop they show.

Each of these is one number for all lists together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.distinct import distinct
from nn_core.recommender.histories import Numbers
from nn_core.recommender.matrix import Matrix, cells, csr, row_sizes
from nn_core.recommender.metrics import Hits, Values
from nn_core.recommender.shelf import Shelf

LISTS = 2_000
"""Lists, evenly picked, whose diversity is taken."""


@dataclass(frozen=True)
class Shown:
    """ranked: (N, k) products, -1 where a list ended; found: (N, k) was it right; wanted: (N, I)
    what was right."""

    ranked: Numbers
    found: Hits
    wanted: Matrix
    shelf: Shelf

    @property
    def places(self) -> Numbers:
        """Every product on every list, one after the other."""
        return self.ranked[self.ranked >= 0]


@dataclass(frozen=True)
class ListMetric:
    """Its name in tables, what it says in words, its formula; None where it cannot be known."""

    name: str
    meaning: str
    formula: str
    value: Callable[[Shown], float | None]


def coverage(shown: Shown) -> float:
    return len(distinct(shown.places)) / len(shown.shelf.buyers)


def customer_coverage(shown: Shown) -> float:
    return mean(np.asarray((shown.ranked >= 0).all(axis=1)))


def novelty(shown: Shown) -> float:
    share = np.maximum(shown.shelf.buyers, 1) / shown.shelf.customers
    return mean(-np.log2(share)[shown.places])


def diversity(shown: Shown) -> float | None:
    """sum over pairs of u_i . u_j = |sum of u_i|^2 - sum of |u_i|^2: no pair is written out."""
    chosen = np.unique(np.linspace(0, len(shown.ranked) - 1, LISTS).astype(np.int64))
    ranked = shown.ranked[chosen] if len(shown.ranked) else shown.ranked
    there = ranked >= 0
    size = there.sum(axis=1)
    start = np.concatenate([[0], np.cumsum(size)])
    ones = np.ones(start[-1], np.float32)
    lists = csr(ones, ranked[there], start, (len(ranked), len(shown.shelf.buyers)))
    vectors = shown.shelf.vectors
    added = lists @ vectors
    total = np.bincount(cells(added)[0], np.square(added.data), len(ranked))
    own = lists @ (row_sizes(vectors) > 0)
    paired = size > 1
    if not paired.any():
        return None
    alike = (total - own)[paired] / (size * (size - 1))[paired]
    return float(1 - alike.mean())


def gini(shown: Shown) -> float:
    products = len(shown.shelf.buyers)
    times = np.sort(np.bincount(shown.places, minlength=products))
    if not times.sum():
        return 0.0
    rank = np.arange(1, products + 1)
    return float((2 * rank - products - 1) @ times / (products * times.sum()))


def tail_share(shown: Shown) -> float:
    return mean(shown.shelf.tail[shown.places])


def revenue(shown: Shown) -> float | None:
    price = shown.shelf.price
    if price is None:
        return None
    known = np.nan_to_num(price)
    all_right = known[shown.wanted.indices].sum()
    return float(known[shown.ranked[shown.found]].sum() / all_right) if all_right else None


def mean(values: NDArray[np.bool_] | Values) -> float:
    return float(values.mean()) if values.size else 0.0


LIST_METRICS = {
    metric.name: metric
    for metric in (
        ListMetric(
            "coverage",
            "share of the catalogue that stands on anybody's list",
            "products that stand in at least one customer's list / products in the catalogue",
            coverage,
        ),
        ListMetric(
            "customer_coverage",
            "share of the judged customers who get a full list",
            "customers whose list has k products / customers judged",
            customer_coverage,
        ),
        ListMetric(
            "novelty",
            "how little known the products on the lists are, in bits: 1 bit is bought by half of "
            "all customers, 2 bits by a quarter",
            "mean over all places of all lists of -log2(buyers of the product / customers), as of "
            "before the cut",
            novelty,
        ),
        ListMetric(
            "diversity",
            "how unlike each other the products of one list are: 0 if the same customers buy all "
            "of them, 1 if no customer ever bought two of them",
            "mean over lists of 1 - mean over the list's pairs (i, j) of (customers who bought "
            "both) / sqrt(buyers of i * buyers of j); at most 2,000 lists and the purchases of "
            "5,000 customers, evenly picked",
            diversity,
        ),
        ListMetric(
            "gini",
            "how unevenly the places go to the products: 0 if every product stands equally often, "
            "near 1 if a few have all places",
            "sum over i = 1..I of (2 i - I - 1) * x_i, divided by (I * sum of x); x_i is how many "
            "lists hold the product, in rising order, I the number of products",
            gini,
        ),
        ListMetric(
            "tail",
            "share of the places that go to products outside of the best-selling fifth",
            "places of products outside of the 20% with most purchases / all places",
            tail_share,
        ),
        ListMetric(
            "revenue",
            "share of the money of the right products that stands on the lists",
            "price of the right products in the lists / price of all right products, both added up "
            "over customers; a product without a known price counts 0",
            revenue,
        ),
    )
}
