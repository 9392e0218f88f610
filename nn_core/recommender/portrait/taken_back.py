"""What was cancelled or sent back: rows set aside that take back money of purchases that stay.

A purchase that was taken back stays a purchase: it says what somebody wanted, and models learn from
it. The money went back, so whatever is told of money is told of this too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.dates import read_dates
from nn_core.recommender.data.excluded import first_named, money_of, texts
from nn_core.recommender.data.faults import REASONS
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.histories import categories
from nn_core.recommender.rows import Numbers, Rows


@dataclass(frozen=True)
class TakenBack:
    """K rows set aside that cancel an order or send something back.

    customer  (K,) as the purchases number them, -1 for whoever has none left
    day       (K,) days since 1970, None without dates; only of the rows `dated` (K,)
    money     (K,) what went back, zero or above; None where the file has no money
    """

    customer: Numbers
    day: Numbers | None
    dated: NDArray[np.bool_]
    money: NDArray[np.float64] | None

    @classmethod
    def of(cls, shop: Interactions) -> TakenBack:
        """By the rows set aside alone, from which a customer can be forgotten."""
        rows: Any = shop.set_aside[which(shop)]
        known = shop.columns.chosen()
        if shop.exclude:  # what was left out for good takes nothing back of what stays
            sold = categories(shop.frame, "product")
            rows = rows[np.isin(texts(rows, known["product"]), np.asarray(sold, dtype=object))]
        customer = categories(shop.frame, "customer").get_indexer(texts(rows, known["customer"]))
        day, dated = days_of(rows, known.get("time") if shop.has_time else None, shop)
        money = money_of(rows, known)
        return cls(
            customer=customer.astype(np.int64),
            day=day,
            dated=dated,
            money=None if money is None else np.abs(money),
        )

    def by_customer(self, customers: int) -> NDArray[np.float64] | None:
        """(customers,) the money that each got back."""
        if self.money is None:
            return None
        known = self.customer >= 0
        each = np.bincount(self.customer[known], self.money[known], minlength=customers)
        return each.astype(np.float64)

    def by_day(self) -> tuple[Numbers, NDArray[np.float64]] | None:
        """The days of the dated rows, and what went back with each."""
        if self.day is None or self.money is None:
            return None
        return self.day[self.dated], self.money[self.dated]

    def told(self, rows: Rows) -> dict[str, Any] | None:
        """{"rows", "money", "share" of the money that was sold}; None where nothing went back."""
        count = len(self.customer)
        if not count:
            return None
        money = None if self.money is None else round(float(self.money.sum()), 2)
        sold = 0.0 if rows.money is None else float(rows.money.sum())
        share = round(money / sold, 4) if money is not None and sold > 0 else None
        return {"rows": count, "money": money, "share": share}


def days_of(
    rows: pd.DataFrame, column: str | None, shop: Interactions
) -> tuple[Numbers | None, NDArray[np.bool_]]:
    """(the day of each of K rows, and which of them have one)."""
    if column is None or column not in rows:
        return None, np.zeros(len(rows), np.bool_)
    time = read_dates(first_named(rows, column), shop.dates or "day-first").values
    return time.astype("datetime64[D]").astype(np.int64), ~np.isnat(time)


def which(shop: Interactions) -> NDArray[np.bool_]:
    """(N,) of the rows set aside, those of a cancelled order or with less than no pieces."""
    aside = shop.set_aside
    reason: Any = aside["reason"]
    back = (reason == REASONS["cancellation"]).to_numpy(np.bool_, copy=True)
    column = shop.columns.quantity
    if column is None or column not in aside:
        return back
    returned = np.flatnonzero((reason == REASONS["quantity"]).to_numpy(np.bool_))
    pieces: pd.Series = first_named(aside.iloc[returned], column)
    back[returned] = numbers(pieces) < 0
    return back
