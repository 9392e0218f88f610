"""A shop's purchases as arrays, for whoever counts them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.distinct import first_of_each
from nn_core.recommender.histories import categories, codes, days

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Baskets:
    """B orders of a customer each, or what one buys on one day: whose, and how many rows."""

    customer: Numbers  # (B,)
    size: Numbers  # (B,)


@dataclass(frozen=True)
class Rows:
    """M purchases as arrays: numbers of customers and products; the time in days since 1970, its
    day, the baskets and the money, where these are known."""

    customer: Numbers
    product: Numbers
    customers: int
    products: int
    time: NDArray[np.float64] | None
    day: Numbers | None
    baskets: Baskets | None
    money: NDArray[np.float64] | None

    @classmethod
    def of(cls, shop: Interactions) -> "Rows":
        """What is no purchase (a view) is left out."""
        frame: Any = shop.frame
        if "weight" in frame:
            frame = frame[frame["weight"] >= 1]
        customer, product = codes(frame, "customer"), codes(frame, "product")
        time = days(frame) if shop.has_time else None
        day = None if time is None else np.floor(time).astype(np.int64)
        return cls(
            customer=customer,
            product=product,
            customers=len(categories(frame, "customer")),
            products=len(categories(frame, "product")),
            time=time,
            day=day,
            baskets=baskets_of(frame, customer, day),
            money=money_of(frame),
        )


def baskets_of(frame: pd.DataFrame, customer: Numbers, day: Numbers | None) -> Baskets | None:
    """None where nobody knows what was bought together."""
    if "order" in frame:
        mark = codes(frame, "order") + 1  # 0 is a row without an order
    elif day is not None and len(day):
        mark = day - day.min()
    else:
        return None
    marks = int(mark.max(initial=0)) + 1
    ranked = np.sort(customer * marks + mark)
    first = np.flatnonzero(first_of_each(ranked))
    return Baskets(ranked[first] // marks, np.diff(first, append=len(ranked)))


def money_of(frame: pd.DataFrame) -> NDArray[np.float64] | None:
    """What each row brought: its amount, or price times quantity; None if unknown."""
    columns: Any = frame
    if "amount" in frame:
        return np.nan_to_num(columns["amount"].to_numpy(np.float64))
    if "price" in frame and "quantity" in frame:
        return np.nan_to_num((columns["price"] * columns["quantity"]).to_numpy(np.float64))
    return None
