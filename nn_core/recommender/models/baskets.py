"""What the course network learns from: pairs of what was known and what was bought then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
