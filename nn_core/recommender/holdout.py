"""Which purchases are held out: by time, each customer's last basket, or at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories, Numbers

Mask = NDArray[np.bool_]
ALWAYS = 0.95
"""The share of a second file's rows that came after their customer's last, if that is its rule."""


@dataclass(frozen=True)
class SplitOptions:
    """How to cut. `method` is a name in HOLDOUTS, or "file" when a second file is the test.

    `test_share` is used where there are no days to count. `lies` is found by `lying`: which split
    the two files look like.
    """

    method: str = "time"
    test_days: int = 31
    ordered: bool = False
    min_buyers: int = 5
    test_share: float = 0.2
    seed: int = 0
    lies: str = "time"

    def of_data(self, dated: bool) -> SplitOptions:
        """As it can be made: where rows stand in order without dates there are no days to count,
        and the last of the rows are held out in their place."""
        undated = self.method == "time" and self.ordered and not dated
        return replace(self, method="last-rows") if undated else self

    def words(self) -> str:
        share = f"{self.test_share:.0%}"
        return {
            "time": f"the last {self.test_days} days are held out",
            "last-rows": f"the last {share} of the rows, which stand in order, are held out",
            "leave-last": "each customer's last order is held out",
            "last-share": f"the last {share} of each customer's purchases are held out, in whole "
            "orders",
            "random": f"{share} of the purchases, drawn at random, are held out",
            "file": "judged on a second file",
        }[self.method]

    def inner(self, histories: Histories) -> str:
        """The method for a validation cut inside of the training part: of the outer cut's kind, for
        what tells of the last month does not tell of purchases drawn at random."""
        if self.method != "file":
            return self.method
        return self.lies if histories.time is not None else "random"


def by_time(rows: Histories, options: SplitOptions, now: float | None) -> Mask:
    """One moment for all customers: the last `test_days` days up to `now`, or to the last purchase.

    Rows in order without time: the last of them.
    """
    if rows.time is None:
        return last_rows(rows, options, now)
    end = rows.time.max(initial=0.0) if now is None else now
    return rows.time >= end - options.test_days


def last_rows(rows: Histories, options: SplitOptions, now: float | None) -> Mask:
    """The last `test_share` of the file, whose rows stand in order."""
    count = len(rows.row)
    kept = min(round(count * (1 - options.test_share)), count - 1)  # one at least is held out
    return rows.row >= np.sort(rows.row)[kept] if count else np.zeros(0, np.bool_)


def last_basket(rows: Histories, options: SplitOptions, now: float | None) -> Mask:
    """The last basket of every customer who has more than one, and what was viewed since."""
    return from_basket(rows, lambda counts: np.ones_like(counts))


def last_share(rows: Histories, options: SplitOptions, now: float | None) -> Mask:
    """The last `test_share` of each customer's purchases, at least one of two, and what was viewed
    since. An order is not cut in two: all of it is held out, but never a customer's first."""
    return from_basket(rows, lambda n: np.maximum(1, np.rint(n * options.test_share).astype(int)))


def from_basket(rows: Histories, held: Callable[[Numbers], Numbers]) -> Mask:
    """held: (C,) purchases of each customer -> how many of the last are held out, with the rest of
    their basket. Nothing of a customer with one basket."""
    bought = rows.purchases
    if rows.basket is None or bought.basket is None:
        return np.zeros(len(rows.product), np.bool_)
    counts = np.diff(bought.start)
    filled = np.flatnonzero(counts)
    first, last, cut = (np.full(len(rows), -1) for _ in range(3))
    first[filled] = bought.basket[bought.start[filled]]
    last[filled] = bought.basket[bought.start[filled + 1] - 1]
    cut[filled] = bought.basket[bought.start[filled + 1] - held(counts[filled])]
    cut = np.where(cut == first, first + 1, cut)  # whatever comes after the first one
    return (rows.basket >= cut[rows.customer]) & (first != last)[rows.customer]


def at_random(rows: Histories, options: SplitOptions, now: float | None) -> Mask:
    """Each purchase with probability `test_share`."""
    return np.random.default_rng(options.seed).random(len(rows.product)) < options.test_share


def lying(before: Histories, after: Histories) -> str:
    """Which split a second file looks like: it came later (for everybody, or for each customer by
    their own clock), or neither. Both under the same numbers of customers."""
    if before.time is None or after.time is None:
        return "random"
    if (after.time >= before.time.max()).mean() > 0.5:
        return "time"
    last = np.full(len(before), -np.inf)
    np.maximum.at(last, before.customer, before.time)
    return "leave-last" if (after.time >= last[after.customer]).mean() > ALWAYS else "random"


HOLDOUTS: dict[str, Callable[[Histories, SplitOptions, float | None], Mask]] = {
    "time": by_time,
    "leave-last": last_basket,
    "last-share": last_share,
    "last-rows": last_rows,
    "random": at_random,
}


def check_options(options: SplitOptions, shop: Interactions, second_file: bool) -> None:
    """ShopDataError when this split cannot be made of this data."""
    if second_file != (options.method == "file"):
        raise ShopDataError("Judging on a second file is the split 'file', and needs that file.")
    if options.method not in (*HOLDOUTS, "file"):
        raise ShopDataError(
            f"There is no split '{options.method}'. Choose one of: {', '.join(HOLDOUTS)}."
        )
    if options.test_days < 1 or options.min_buyers < 1 or not 0 < options.test_share < 1:
        raise ShopDataError(
            "A split needs 1 or more test days and buyers, and a test share between 0 and 1."
        )
    if options.method not in ("random", "file") and not (shop.has_time or options.ordered):
        raise ShopDataError(
            f"The split '{options.method}' must know what came first, and this data has no time "
            "column. Name it with --time, or say --ordered if the rows stand in order of time, "
            "or choose --split random."
        )
