"""What networks learn from: pairs of what was known and what was bought then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories, Numbers


class Span(NamedTuple):
    """Rows begin[i] up to end[i] of a table of purchases, for each of S samples."""

    begin: Numbers
    end: Numbers


@dataclass(frozen=True)
class Samples:
    """S pairs of spans over `product` (M,): the input, and the target."""

    product: Numbers
    known: Span
    wanted: Span

    def __len__(self) -> int:
        return len(self.known.begin)

    def batch(
        self, which: Numbers, products: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Some samples as x (N, I), 1 where bought, and y (N, I), whose rows sum to 1."""
        x = multi_hot(self.product, self.known, which, products)
        y = multi_hot(self.product, self.wanted, which, products)
        return x, y / np.maximum(y.sum(axis=1, keepdims=True), 1)


def multi_hot(product: Numbers, span: Span, which: Numbers, products: int) -> NDArray[np.float32]:
    """(N, I): only ever one batch is dense, so that a large shop fits into memory."""
    begin, end = span.begin[which], span.end[which]
    lengths = end - begin
    after = np.cumsum(lengths)
    rows = np.arange(lengths.sum()) + np.repeat(begin - after + lengths, lengths)
    dense = np.zeros((len(which), products), np.float32)
    dense[np.repeat(np.arange(len(which)), lengths), product[rows]] = 1
    return dense


def last_rows(span: Span, which: Numbers, length: int) -> tuple[Numbers, NDArray[np.bool_]]:
    """(N, T) the last T rows of each span, the latest at the end, and which of them there are."""
    begin, end = span.begin[which, None], span.end[which, None]
    rows = end - length + np.arange(length)
    return np.maximum(rows, 0), rows >= begin


def numbered(product: Numbers, span: Span, which: Numbers, length: int) -> NDArray[np.float32]:
    """(N, T) the last T products of each span, numbered from 1; 0 before a span that is shorter."""
    rows, known = last_rows(span, which, length)
    padded = product if len(product) else np.zeros(1, np.int64)
    return np.where(known, padded[rows] + 1, 0).astype(np.float32)


def whole(histories: Histories) -> Span:
    """Each customer's history: (N,) begins and ends."""
    return Span(histories.start[:-1], histories.start[1:])


def chance(
    histories: Histories, wanted: Span, now: float | None, half_life: float
) -> NDArray[np.float64] | None:
    """(S,) 0.5^(age / half_life) of each basket, so that a network learns what sells now."""
    if histories.time is None or now is None:
        return None
    return np.exp2(-(now - histories.time[wanted.begin]) / half_life)


def bought_next(histories: Histories, rng: np.random.Generator) -> Samples:
    """What was known, and what was bought next: basket by basket, or where nobody knows the order a
    part of each history and the rest. ShopDataError when nobody bought twice."""
    if histories.basket is not None:
        samples = before_each_basket(histories, histories.basket)
    else:
        samples = parts_of_histories(histories, rng)
    if not len(samples):
        raise ShopDataError(
            "No customer in the training part bought at two times, so the network has no history "
            "to learn a next basket from. Choose another model, or give more data."
        )
    return samples


def before_each_basket(histories: Histories, basket: Numbers) -> Samples:
    """A sample for each basket but a customer's first: all that was bought before it -> it."""
    begin = np.flatnonzero(np.diff(basket, prepend=-1) | np.diff(histories.customer, prepend=-1))
    end = np.append(begin[1:], len(basket))
    first = histories.start[histories.customer[begin]]
    later = begin > first
    begin, end, first = begin[later], end[later], first[later]
    return Samples(histories.product, Span(first, begin), Span(begin, end))


def own_history(histories: Histories) -> Samples:
    """A sample for each customer: the history -> the same history (an autoencoder)."""
    filled = np.flatnonzero(np.diff(histories.start))
    span = Span(histories.start[filled], histories.start[filled + 1])
    return Samples(histories.product, span, span)


def parts_of_histories(histories: Histories, rng: np.random.Generator) -> Samples:
    """A sample for each customer with two purchases: a part of them, drawn by lot -> the rest."""
    shuffled = np.lexsort((rng.random(len(histories.product)), histories.customer))
    filled = np.flatnonzero(np.diff(histories.start) > 1)
    begin, end = histories.start[filled], histories.start[filled + 1]
    cut = rng.integers(begin + 1, end)
    return Samples(histories.product[shuffled], Span(begin, cut), Span(cut, end))
