"""What a shop's data is like: counts, span, repeats, long tail, months, and what to do about it."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.data.excluded import lines
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.distinct import counted, distinct
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.extent import Extent
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.portrait.advice import advice
from nn_core.recommender.portrait.portrait import (
    Week,
    active,
    baskets,
    comes_again,
    customers,
    gaps,
    judged,
    tail,
    weeks,
)
from nn_core.recommender.portrait.taken_back import TakenBack
from nn_core.recommender.rows import Rows

ENOUGH_CUSTOMERS = 25  # with two purchases or more; fewer teach and prove nothing


@dataclass(frozen=True)
class Month:
    """Sales of one calendar month; revenue is None where the file has no money in it."""

    month: str  # 2024-03
    purchases: int
    customers: int
    revenue: float | None


@dataclass(frozen=True)
class Audit:
    """The data report. A purchase is a kept row that is no mere event, such as a view; a share is
    between 0 and 1."""

    read: int
    kept: int
    set_aside: dict[str, int]  # {reason: rows}, most frequent first
    no_goods: list[dict[str, Any]]  # products that were left out: a Line of excluded.py each
    columns: dict[str, str]
    first: str | None  # ISO time of the first and last kept row
    last: str | None
    days: int | None
    customers: int
    products: int
    orders: int | None
    repeat_share: float  # purchases of a product that this customer also bought before
    times_bought: list[int]  # a customer's products bought once, twice, ...; the last and more
    customers_with_two: int  # with two or more purchases
    half_of_sales: int  # this many best sellers make half of all purchases
    rare_products: int  # bought by fewer than five customers
    months: tuple[Month, ...]
    weeks: tuple[Week, ...]
    gaps: list[dict[str, Any]]
    tail: dict[str, Any]
    baskets: dict[str, Any] | None
    customer_kinds: dict[str, Any] | None
    taken_back: (
        dict[str, Any] | None
    )  # {rows, money, share of what was sold} cancelled or sent back
    judged: dict[str, Any] | None
    events: dict[str, dict[str, float]]  # {event of a log: its weight and rows}
    liked: float | None
    extent: Extent  # of the products that a run ranks as it stands, for the seconds it will take
    advice: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """One JSON object; counts of rows stand under `rows`, the time span under `span`."""
        plain = asdict(self)
        rows = {"read": plain.pop("read"), "kept": plain.pop("kept")}
        rows["set_aside"] = sum(self.set_aside.values())
        span = {key: plain.pop(key) for key in ("first", "last", "days")}
        return {"rows": rows, **plain, "span": span}


def audit(interactions: Interactions) -> Audit:
    """Counts everything once; half a million rows take a third of a second."""
    rows, back = Rows.of(interactions), TakenBack.of(interactions)
    pairs, times = counted(rows.customer * rows.products + rows.product)
    buyers = np.bincount(pairs % max(rows.products, 1), minlength=rows.products)
    sales = np.sort(np.bincount(rows.product, minlength=rows.products))[::-1]
    bought = np.bincount(rows.customer, minlength=rows.customers)
    first, last, days = span(interactions)
    counts: dict[str, Any] = {
        "read": interactions.read,
        "kept": interactions.kept,
        "set_aside": reasons(interactions),
        "no_goods": [asdict(line) for line in lines(interactions)],
        "columns": interactions.columns.chosen(),
        "first": first,
        "last": last,
        "days": days,
        "customers": int((bought > 0).sum()),
        "products": int((sales > 0).sum()),
        "orders": len(interactions.frame["order"].cat.categories)
        if interactions.has_order
        else None,
        "repeat_share": 1 - len(pairs) / len(rows.product) if len(rows.product) else 0.0,
        "times_bought": comes_again(times),
        "customers_with_two": int((bought >= 2).sum()),
        "half_of_sales": int(np.searchsorted(np.cumsum(sales), sales.sum() / 2)) + 1,
        "rare_products": int(((buyers < 5) & (buyers > 0)).sum()),
        "months": months(rows),
        "weeks": weeks(rows, back),
        "gaps": gaps(rows),
        "tail": tail(rows),
        "baskets": baskets(rows),
        "customer_kinds": customers(rows, back),
        "taken_back": back.told(rows),
        "judged": judged(rows, SplitOptions()),
        "events": {
            event: {"weight": weight, "rows": interactions.event_rows[event]}
            for event, weight in interactions.events.items()
        },
        "liked": interactions.liked,
        "extent": extent(rows, pairs, buyers),
    }
    counts["half_of_sales"] *= bool(interactions.kept)
    return Audit(**counts, advice=advice(interactions, counts, ENOUGH_CUSTOMERS))


def extent(rows: Rows, pairs: NDArray[np.int64], buyers: NDArray[np.int64]) -> Extent:
    """pairs: the different ones, customer * products + product; buyers: (products,) of each."""
    ranked, customer = buyers >= SplitOptions().min_buyers, pairs // max(rows.products, 1)
    own = customer[ranked[pairs % max(rows.products, 1)]]
    sizes = np.bincount(own)
    return Extent(
        customers=len(distinct(customer)),
        products=int(ranked.sum()),
        pairs=len(own),
        together=float(np.square(sizes, dtype=np.float64).sum()),
        baskets=None if rows.baskets is None else len(rows.baskets.size),
    )


def check_enough(interactions: Interactions) -> None:
    """ShopDataError if there are too few customers with two purchases to learn or judge from."""
    purchases = np.bincount(Rows.of(interactions).customer)
    found = int((purchases >= 2).sum())
    if found < ENOUGH_CUSTOMERS:
        raise ShopDataError(
            f"Training needs {ENOUGH_CUSTOMERS} customers with two or more purchases, and this "
            f"data has {found} ({interactions.kept:,} of {interactions.read:,} rows were kept): "
            f"add purchases of at least {ENOUGH_CUSTOMERS - found} more such customers."
        )


def reasons(interactions: Interactions) -> dict[str, int]:
    counts: Any = interactions.set_aside["reason"].value_counts()
    return {str(reason): int(count) for reason, count in counts.items()}


def span(interactions: Interactions) -> tuple[str | None, str | None, int | None]:
    """(first, last) kept time as ISO text and the days between them, both included."""
    if not interactions.has_time or not interactions.kept:
        return None, None, None
    first, last = interactions.frame["time"].iloc[[0, -1]].dt.to_pydatetime()
    return first.isoformat(), last.isoformat(), (last.date() - first.date()).days + 1


def months(rows: Rows) -> tuple[Month, ...]:
    """Sales by calendar month, first to last."""
    if rows.day is None or not len(rows.day):
        return ()
    month = rows.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first = int(month.min())
    place = month - first
    people, sold = active(place, rows), np.bincount(place)
    money = None if rows.money is None else np.bincount(place, rows.money)
    return tuple(
        Month(
            month=str(np.datetime64(int(number) + first, "M")),
            purchases=int(sold[number]),
            customers=int(people[number]),
            revenue=None if money is None else round(float(money[number]), 2),
        )
        for number in np.flatnonzero(sold)
    )
