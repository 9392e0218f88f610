"""What if this customer had bought something else: histories with products put in and taken out."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import only

CELLS = 4_000_000
"""Rows of purchases, or scores, held at a time."""


def nobody(histories: Histories) -> Histories:
    """One customer who bought nothing yet, in the form of these histories."""
    if not len(histories):
        return Histories.of_products(np.empty(0, np.int64), histories.products)
    one = histories.of(np.array([0]))
    return one.keep(np.zeros(len(one.product), np.bool_))


def edited(history: Histories, put_in: Numbers, taken_out: Numbers, now: float | None) -> Histories:
    """The history of one customer without some products, and with others as one last basket.

    now: when that basket is bought, in days since 1970; None: with the customer's last purchase.
    """
    kept = history.keep(~np.isin(history.product, taken_out))
    count = len(put_in)
    last = kept.time.max(initial=now or 0.0) if kept.time is not None else 0.0
    basket = kept.basket.max(initial=-1) + 1 if kept.basket is not None else 0
    return replace(
        kept,
        start=np.array([0, len(kept.product) + count]),
        product=np.append(kept.product, put_in),
        row=np.append(kept.row, kept.row.max(initial=-1) + 1 + np.arange(count)),
        time=extended(kept.time, now if now is not None else last, count),
        basket=extended(kept.basket, basket, count),
        weight=extended(kept.weight, 1.0, count),
    )


def extended(values: Any, value: float, count: int) -> Any:
    """An array (M,), or None, with `count` times the same value behind it."""
    return None if values is None else np.append(values, np.full(count, value, values.dtype))


def side_by_side(one: Histories, other: Histories) -> Histories:
    """Two histories of one customer each -> both, as two customers."""
    parts = {
        name: None
        if (first := getattr(one, name)) is None
        else np.append(first, getattr(other, name))
        for name in ("product", "row", "time", "basket", "weight")
    }
    start = np.append(one.start, one.start[-1] + other.start[1:])
    return replace(one, start=start, **cast(Any, parts))


def without(history: Histories, left_out: NDArray[np.bool_]) -> Histories:
    """The history of one customer N times, each without some products; left_out: (N, I)."""
    copies = history.of(np.zeros(len(left_out), np.int64))
    return copies.keep(~left_out[copies.customer, copies.product])


def scores_without(
    fitted: Fitted, history: Histories, left_out: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """(N, I) the real model's scores for the customer without each set of products (N, I)."""
    size = max(1, CELLS // max(history.products, len(history.product), 1))
    parts = [
        fitted.scores(without(history, left_out[first : first + size]))
        for first in range(0, len(left_out), size)
    ]
    return np.concatenate(parts) if parts else np.empty((0, history.products), np.float32)


def asked(scores: NDArray[np.float32], task: str, history: Histories) -> NDArray[np.float32]:
    """Scores (N, I) of one customer in N cases, -inf for what the task does not ask about.

    What that is stays as the customer's real history has it, so that ranks can be compared.
    """
    return only(scores, task, history.bought[np.zeros(len(scores), np.int64)])


def rank_of(scores: NDArray[np.float32], product: int) -> Numbers:
    """scores: (N, I) -> (N,) this product's rank, 1 is best; ties rank the lower number first."""
    own = scores[:, [product]]
    before = np.arange(scores.shape[1]) < product
    return 1 + ((scores > own) | ((scores == own) & before)).sum(axis=1)


def ranks(scores: NDArray[np.float32]) -> Numbers:
    """scores: (I,) -> (I,) every product's rank, 1 is best; 0 for what is not asked about."""
    best = np.argsort(-scores, kind="stable")
    place = np.empty(len(scores), np.int64)
    place[best] = np.arange(1, len(scores) + 1)
    return np.where(scores > -np.inf, place, 0)
