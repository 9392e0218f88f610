"""Eight numbers about each customer, taken from purchases before a moment, and what came after."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from nn_core.arrays import Array

DAY = pd.Timedelta(days=1)
# The two stretches of days that the trend compares.
STRETCH = 30


@dataclass(frozen=True)
class Known:
    """What was known at the cut, one row a customer in the index's order. orders: a row an order
    with `customer`, `time`, `amount`, `lines`, `ago` (days before the cut); kinds: how many
    different categories."""

    orders: pd.DataFrame
    kinds: pd.Series

    def per(self, column: str, how: str) -> Array:
        """One number a customer of one column of the orders."""
        found: Any = self.orders.groupby("customer", observed=True)[column]
        return cast(Array, found.agg(how).to_numpy(np.float64))

    def orders_between(self, near: int, far: int) -> Array:
        """How many orders lie from `near` to `far` days before the cut."""
        inside: Any = (self.orders["ago"] > near) & (self.orders["ago"] <= far)
        counted: Any = inside.groupby(self.orders["customer"], observed=True).sum()
        return cast(Array, counted.to_numpy(np.float64))


def gap(known: Known) -> Array:
    """Mean days between two orders; with one order nobody knows, and its age stands in."""
    orders, last, first = known.per("ago", "size"), known.per("ago", "min"), known.per("ago", "max")
    return np.where(orders > 1, (first - last) / np.maximum(orders - 1, 1), first)


NUMBERS: dict[str, Callable[[Known], Array]] = {
    "days since last order": lambda known: known.per("ago", "min"),
    "orders": lambda known: known.per("ago", "size"),
    "spend": lambda known: known.per("amount", "sum"),
    "basket size": lambda known: known.per("lines", "mean"),
    "days as customer": lambda known: known.per("ago", "max"),
    "categories": lambda known: known.kinds.to_numpy(np.float64),
    "gap between orders": gap,
    "trend": lambda known: (
        known.orders_between(0, STRETCH) - known.orders_between(STRETCH, 2 * STRETCH)
    ),
}


def known_at(purchases: pd.DataFrame, cut: pd.Timestamp) -> Known:
    """purchases: `customer`, `order`, `time`, `amount`, `category`, one row a product bought."""
    before: Any = purchases[purchases["time"] < cut]
    orders: Any = (
        before.groupby("order", observed=True)
        .agg(
            customer=("customer", "first"),
            time=("time", "min"),
            amount=("amount", "sum"),
            lines=("amount", "size"),
        )
        .sort_values(["customer", "time"])
    )
    orders["ago"] = (cut - orders["time"]) / DAY
    pairs: Any = before[["customer", "category"]].drop_duplicates()
    return Known(orders, pairs.groupby("customer", observed=True)["category"].count())


def numbers(purchases: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    """The eight numbers of every customer who bought before the cut, in the order of their ids."""
    known = known_at(purchases, cut)
    columns: Any = {name: number(known) for name, number in NUMBERS.items()}
    return pd.DataFrame(columns, index=known.kinds.index)


def after(purchases: pd.DataFrame, cut: pd.Timestamp, days: int) -> pd.DataFrame:
    """What was bought from the cut on, for so many days."""
    time: Any = purchases["time"]
    return cast(pd.DataFrame, purchases[(time >= cut) & (time < cut + days * DAY)])


def bought(customers: pd.Index, later: pd.DataFrame) -> Array:
    """(N,) 1 for each of the customers who is among the later purchases."""
    who: Any = later["customer"]
    return customers.isin(who).astype(np.float64)


def spent(customers: pd.Index, later: pd.DataFrame) -> Array:
    """(N,) what each of the customers spent in the later purchases."""
    total: Any = later.groupby("customer", observed=True)["amount"].sum()
    return cast(Array, total.reindex(customers, fill_value=0.0).to_numpy(np.float64))
