"""What a shop's purchases look like: the facts behind the report's pictures, counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.recommender.distinct import distinct
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.portrait.taken_back import TakenBack
from nn_core.recommender.rows import Numbers, Rows

CLOSED = 3  # days without a purchase, one after the other, that are worth a word
LARGEST = 20  # products; larger baskets are one bar
OFTEN = 10  # times; a product bought more often by one customer is in the last bar
RECENCY = (30, 60, 90, 180)  # days; and more
FREQUENCY = (1, 2, 5, 10)  # orders; and more


@dataclass(frozen=True)
class Week:
    """Sales of the seven days from a Monday on; revenue is None where the file has no money."""

    start: str  # 2024-03-04
    purchases: int
    customers: int
    revenue: float | None  # of all purchases, those that were taken back too
    taken_back: float | None = None  # money that went back in this week, whenever it was paid


def weeks(rows: Rows, back: TakenBack | None = None) -> tuple[Week, ...]:
    """Every week from the first to the last purchase, those without any too. What went back before
    or after them counts in the nearest of them."""
    if rows.day is None or not len(rows.day):
        return ()
    week = (rows.day + 3) // 7  # 1970-01-01 was a Thursday: now weeks begin on Mondays
    first = int(week.min())
    week = week - first
    count = int(week.max()) + 1
    people = active(week, rows)
    money = None if rows.money is None else np.bincount(week, rows.money)
    went_back = back.by_day() if back and money is not None else None
    if went_back is not None:
        place = np.clip((went_back[0] + 3) // 7 - first, 0, count - 1)
        went_back = np.bincount(place, went_back[1], minlength=count)
    mondays = (np.arange(count) + first) * 7 - 3
    return tuple(
        Week(
            start=str(np.datetime64(int(monday), "D")),
            purchases=int(purchases),
            customers=int(people[place]),
            revenue=None if money is None else round(float(money[place]), 2),
            taken_back=None if went_back is None else round(float(went_back[place]), 2),
        )
        for place, (monday, purchases) in enumerate(zip(mondays, np.bincount(week)))
    )


def active(period: Numbers, rows: Rows) -> Numbers:
    """period: (M,) the number of each purchase's week or month -> how many customers each had."""
    customers = max(rows.customers, 1)
    return np.bincount(distinct(period * customers + rows.customer) // customers)


def gaps(rows: Rows) -> list[dict[str, Any]]:
    """Runs of CLOSED days or more in which nobody bought anything, the longest first."""
    if rows.day is None or not len(rows.day):
        return []
    open_days = np.flatnonzero(np.bincount(rows.day - rows.day.min())) + rows.day.min()
    length = np.diff(open_days) - 1
    longest = np.argsort(-length, kind="stable")
    return [
        {
            "first": str(np.datetime64(int(open_days[place]) + 1, "D")),
            "last": str(np.datetime64(int(open_days[place + 1]) - 1, "D")),
            "days": int(length[place]),
        }
        for place in longest[:8]
        if length[place] >= CLOSED
    ]


def tail(rows: Rows) -> dict[str, Any]:
    """How unevenly products sell: the share of purchases that the most sold 1% and 10% have, and
    a curve of [share of products, share of purchases]. money_10: what the 10% that bring most have
    of the revenue, None without money."""
    sales = np.sort(np.bincount(rows.product, minlength=rows.products))[::-1]
    sales = sales[sales > 0]
    if not len(sales):
        return {"top_1": 0.0, "top_10": 0.0, "products_1": 0, "products_10": 0, "curve": [],
                "money_10": None}  # fmt: skip
    share = np.cumsum(sales) / sales.sum()
    one, ten = (max(1, round(len(sales) * part)) for part in (0.01, 0.1))
    places = np.unique(np.linspace(1, len(sales), min(len(sales), 100)).astype(int))
    curve = [
        [0.0, 0.0],
        *([round(p / len(sales), 4), round(float(share[p - 1]), 4)] for p in places),
    ]
    top = {"top_1": round(float(share[one - 1]), 4), "top_10": round(float(share[ten - 1]), 4)}
    top |= {"money_10": of_the_money(rows, ten)}
    return {**top, "products_1": one, "products_10": ten, "curve": curve}


def of_the_money(rows: Rows, count: int) -> float | None:
    """The share of the revenue that this many products have, those that bring most."""
    if rows.money is None or rows.money.sum() <= 0:
        return None
    each = np.sort(np.bincount(rows.product, rows.money))[::-1]
    return round(float(each[:count].sum() / each.sum()), 4)


def baskets(rows: Rows) -> dict[str, Any] | None:
    """How many rows a basket has: {"count", "mean", "median", "sizes": [baskets with 1, 2, ...]},
    the last size for LARGEST and more. None where nobody knows what was bought together."""
    if rows.baskets is None or not len(rows.baskets.size):
        return None
    size = rows.baskets.size
    shown = np.bincount(np.minimum(size, LARGEST), minlength=LARGEST + 1)[1:]
    mean, median = round(float(size.mean()), 2), float(np.median(size))
    return {"count": len(size), "mean": mean, "median": median, "sizes": shown.tolist()}


def comes_again(times: Numbers) -> list[int]:
    """times: (U,) how often a customer bought a product, for every two of which that is known ->
    how many of them once, twice, ...; the last OFTEN times and more."""
    return np.bincount(np.minimum(times, OFTEN), minlength=OFTEN + 1)[1:].tolist()


def customers(rows: Rows, back: TakenBack | None = None) -> dict[str, Any] | None:
    """Customers by recency and frequency, and what fifths of them spend.

    grid: a row for each class of orders, a column for each class of days since the last purchase,
    counted from the last purchase of all; money: the same grid, the share of the money, which is
    that of the purchases less what went back to the same customer (`returned` is the
    sum of it). None where nobody knows when or in which basket something was bought.
    """
    if rows.day is None or rows.baskets is None or not len(rows.day):
        return None
    orders = np.bincount(rows.baskets.customer, minlength=rows.customers)
    last = np.full(rows.customers, -1)
    np.maximum.at(last, rows.customer, rows.day)
    spent = np.bincount(rows.customer, rows.money, minlength=rows.customers)
    returned = back.by_customer(rows.customers) if back and rows.money is not None else None
    spent = spent if returned is None else spent - returned
    there = orders > 0
    age = int(rows.day.max()) - last[there]
    across = np.searchsorted(RECENCY, age)
    down = np.searchsorted(FREQUENCY, orders[there])
    shape = (len(FREQUENCY) + 1, len(RECENCY) + 1)
    cell = down * shape[1] + across
    grid = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    value = spent[there]
    money = np.bincount(cell, value, minlength=grid.size).reshape(shape)
    ranked = np.sort(value)[::-1]
    fifths = [float(part.sum()) for part in np.array_split(ranked, 5)]
    total = max(float(ranked.sum()), 1e-12)
    return {
        "recency": classes(RECENCY, "days"),
        "frequency": classes(FREQUENCY, "orders"),
        "grid": grid.tolist(),
        "money": (money / total).round(4).tolist(),
        "fifths": [round(part / total, 4) for part in fifths],
        "value": "purchases" if rows.money is None else "money",
        "returned": 0.0 if returned is None else round(float(returned.sum()), 2),
        "one_order": int((orders == 1).sum()),
        "lapsed": int((age > RECENCY[-1]).sum()),
    }


def classes(ends: Sequence[int], unit: str) -> list[str]:
    """(1, 2, 5) orders -> "1 order", "2 orders", "3 to 5 orders", "more than 5 orders"."""
    names: list[str] = []
    for begin, end in zip((0, *(end + 1 for end in ends)), ends):
        if begin == end or (begin == 0 and end == 1):
            names.append(f"{end} {unit if end > 1 else unit.removesuffix('s')}")
        else:
            names.append(f"{begin} to {end} {unit}")
    return [*names, f"more than {ends[-1]} {unit}"]


def judged(rows: Rows, usual: SplitOptions) -> dict[str, Any] | None:
    """How many customers a split in time can judge by: those who bought before the last days and
    in them, of products with enough buyers. Counts as `make_split` does. None without dates."""
    if rows.time is None or not len(rows.time):
        return None
    before = rows.time < rows.time.max() - usual.test_days
    pair = rows.customer * rows.products + rows.product
    learned, held = distinct(pair[before]), distinct(pair[~before])
    buyers = np.bincount(learned % rows.products, minlength=rows.products)
    known = np.bincount(rows.customer[before], minlength=rows.customers) > 0
    customer = held // rows.products
    fair = known[customer] & (buyers >= usual.min_buyers)[held % rows.products]
    place = np.searchsorted(learned, held)
    repeated = np.append(learned, -1)[place] == held
    tasks = {"discover": fair & ~repeated, "all": fair, "buy-again": fair & repeated}
    came = distinct(customer)
    return {
        "days": usual.test_days,
        "min_buyers": usual.min_buyers,
        "bought": int((np.bincount(rows.customer, minlength=rows.customers) > 0).sum()),
        "came": len(came),
        "known": int(known[came].sum()),
        **{task: len(distinct(customer[which])) for task, which in tasks.items()},
    }
