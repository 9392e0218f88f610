"""Lists under a shop's own hand: what may stand in them, and what else counts beside the model.

A lever's weight says how much it counts beside the model's own order, which counts 1:

    u_j = (place_j + price weight * price_j + margin weight * margin_j) / (1 + both weights)

place_j falls in equal steps from 1 for the model's first candidate to 0 behind its last one, so
that models with any kind of score can be steered alike; price_j and margin_j are shares of the
catalogue's products that cost, or earn, no more. Then products are taken one after the other by

    (1 - diversity) * u_j - diversity * (likeness of j to the most alike product taken before)

(maximal marginal relevance, Carbonell and Goldstein, 1998).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.histories import Numbers

Values = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Levers:
    """Weights: price and margin from 0 (no say) up, 1 as much say as the model; diversity from 0
    to below 1."""

    price: float = 0.0
    margin: float = 0.0
    diversity: float = 0.0

    def without(self, lever: str) -> Levers:
        """The same, that lever at 0."""
        return replace(self, **{lever: 0.0})


@dataclass(frozen=True)
class Filters:
    """What may stand in a list; empty, None and False let everything in. A product whose price or
    stock nobody knows stands in no list that asks for it."""

    categories: tuple[str, ...] = ()
    price: tuple[float, float] | None = None
    in_stock: bool = False

    def allowed(self, goods: pd.DataFrame) -> NDArray[np.bool_]:
        """(I,) the products that pass."""
        passes = np.ones(len(goods), np.bool_)
        if self.categories:
            passes &= goods["category"].isin(list(self.categories)).to_numpy()
        if self.price is not None:
            price = goods["price"].to_numpy(np.float64)
            passes &= (price >= self.price[0]) & (price <= self.price[1])
        if self.in_stock:
            passes &= goods["stock"].to_numpy(np.float64) > 0
        return passes


@dataclass(frozen=True)
class Worth:
    """What the levers need to know of I products.

    price, margin: (I,) the share of products with a known number whose number is no higher; 0
    where it is not known; vectors: (I, D) of length 1, alike where bought by the same customers;
    category: (I,) numbers, -1 where unknown; None where no category is known.
    """

    price: Values
    margin: Values
    vectors: Vectors
    category: Numbers | None

    @classmethod
    def of(cls, goods: pd.DataFrame, vectors: Vectors) -> Worth:
        category = None
        if known(goods, "category"):
            names = goods["category"].astype("str")
            category = np.where(names == "", -1, pd.factorize(names)[0]).astype(np.int64)
        return cls(standing(goods, "price"), standing(goods, "margin"), vectors, category)


@dataclass(frozen=True)
class Company:
    """Products (N, C) beside each other, -1 for none, with what tells how alike they are."""

    worth: Worth
    products: Numbers

    @cached_property
    def vectors(self) -> Vectors:
        """(N, C, D)."""
        return self.worth.vectors[self.products]

    def of(self, one: Numbers) -> Values:
        """one: (N,) a place in each row -> (N, C) from 0 to 1, how alike each is to that one: by
        the customers who buy both, and where categories are known half by these."""
        rows = np.arange(len(self.products))
        near = np.matmul(self.vectors, self.vectors[rows, one][:, :, None])[:, :, 0]
        near = np.clip(near, 0, 1).astype(np.float64)
        if self.worth.category is None:
            return near
        category = self.worth.category[self.products]
        own = category[rows, one][:, None]
        return 0.5 * near + 0.5 * ((own == category) & (own >= 0))


def known(goods: pd.DataFrame, column: str) -> bool:
    """Is anything known of the products under that name?"""
    if column not in goods:
        return False
    cells = goods[column]
    return bool((cells != "").any() if column == "category" else cells.notna().any())


def numbers(goods: pd.DataFrame, column: str) -> Values | None:
    """(I,) a column of numbers, NaN where unknown; None where nothing is known."""
    return goods[column].to_numpy(np.float64) if known(goods, column) else None


def standing(goods: pd.DataFrame, column: str) -> Values:
    """(I,) of a column of numbers: the share of the known ones that are no higher."""
    values = numbers(goods, column)
    if values is None:
        return np.zeros(len(goods))
    there = np.sort(values[~np.isnan(values)])
    share = np.searchsorted(there, values, side="right") / len(there)
    return np.where(np.isnan(values), 0.0, share)


def reranked(candidates: Numbers, worth: Worth, levers: Levers, k: int) -> Numbers:
    """candidates: (N, C) products in the model's order, -1 where there are fewer -> (N, k)."""
    count = candidates.shape[1]
    there = candidates >= 0
    place = np.where(there, 1 - np.arange(count) / max(count, 1), -np.inf)
    total = 1 + levers.price + levers.margin
    u = (
        place + levers.price * worth.price[candidates] + levers.margin * worth.margin[candidates]
    ) / total
    k = min(k, count)
    if levers.diversity == 0:
        best = np.argsort(-u, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(candidates, best, axis=1)
    return varied(candidates, u, worth, levers.diversity, k)


def varied(candidates: Numbers, u: Values, worth: Worth, diversity: float, k: int) -> Numbers:
    """One place after the other, for all N customers at once."""
    rows, company = np.arange(len(candidates)), Company(worth, candidates)
    taken = np.full((len(candidates), k), -1, np.int64)
    alike, left = np.zeros_like(u), np.where(candidates >= 0, u, -np.inf)
    for place in range(k):
        value = np.where(np.isneginf(left), -np.inf, (1 - diversity) * left - diversity * alike)
        best = value.argmax(axis=1)
        there = ~np.isneginf(value[rows, best])
        taken[there, place] = candidates[rows, best][there]
        left[rows, best] = -np.inf
        alike = np.maximum(alike, company.of(best))
    return taken
