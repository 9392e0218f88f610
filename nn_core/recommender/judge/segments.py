"""Groups of customers and products: who is new, light, heavy or lapsed, what sells most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.split import Split, TrainingData

LIGHT = 3
"""Orders. A customer with fewer is a light one."""
NEW_DAYS, LAPSED_DAYS = 30, 90

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Segment:
    """A group of customers, or of products: its name, who is in it, how one says "for ..." it.

    customers: (N,) of all customers before the cut; products: (I,), None for all of them; own: the
    column of the shop's table of customers that tells it, "" for groups that any shop has.
    """

    name: str
    definition: str
    whom: str
    customers: Mask
    products: Mask | None = None
    own: str = ""


def segments(split: Split) -> list[Segment]:
    """All groups that this data can tell apart."""
    return [*by_orders(split.train), *by_date(split.train), *by_product(split)]


def by_orders(train: TrainingData) -> list[Segment]:
    orders = orders_of(train.histories)
    many = max(LIGHT + 1, int(np.ceil(np.quantile(orders, 0.75))))
    middle = f"{LIGHT} orders" if many == LIGHT + 1 else f"{LIGHT} to {many - 1} orders"
    return [
        Segment(
            "light",
            f"fewer than {LIGHT} orders",
            f"customers with fewer than {LIGHT} orders",
            orders < LIGHT,
        ),
        Segment(
            "middle",
            middle,
            f"customers with {middle}",
            (orders >= LIGHT) & (orders < many),
        ),
        Segment(
            "heavy",
            f"{many} orders or more, about the quarter with most",
            f"customers with {many} orders or more",
            orders >= many,
        ),
    ]


def orders_of(histories: Histories) -> Numbers:
    """(N,) different orders of each customer; purchases, where no order is known."""
    bought = histories.purchases
    if bought.basket is None:
        return np.diff(bought.start)
    first = np.ones(len(bought.basket), bool)
    same = bought.customer[1:] == bought.customer[:-1]
    first[1:] = ~same | (bought.basket[1:] != bought.basket[:-1])
    return np.bincount(bought.customer[first], minlength=len(bought))


def by_date(train: TrainingData) -> list[Segment]:
    """New and lapsed customers; nobody knows them without dates."""
    bought = train.histories.purchases
    if bought.time is None or train.now is None:
        return []
    first, last = np.full((2, len(bought)), np.nan)
    filled = np.flatnonzero(np.diff(bought.start))
    first[filled] = np.minimum.reduceat(bought.time, bought.start[filled])
    last[filled] = np.maximum.reduceat(bought.time, bought.start[filled])
    new = first >= train.now - NEW_DAYS
    return [
        Segment(
            "new",
            f"first order in the last {NEW_DAYS} days before the cut",
            f"customers of the last {NEW_DAYS} days",
            new,
        ),
        Segment(
            "lapsed",
            f"no order in the last {LAPSED_DAYS} days before the cut",
            f"customers without an order for {LAPSED_DAYS} days",
            last < train.now - LAPSED_DAYS,
        ),
    ]


def by_product(split: Split) -> list[Segment]:
    everybody = np.ones(len(split.train.customers), bool)
    tail = split.shelf.tail
    return [
        Segment(
            "head",
            "right products among the fifth with most purchases",
            "best-selling products",
            everybody,
            ~tail,
        ),
        Segment(
            "tail",
            "right products outside of the fifth with most purchases",
            "slow-selling products",
            everybody,
            tail,
        ),
    ]
