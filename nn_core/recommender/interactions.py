"""The one door for a shop's purchases: a table of cells -> kept rows, and set-aside rows with why.

No row is lost silently: `read == len(frame) + len(set_aside)`, always.
"""

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.choices import Choices
from nn_core.recommender.dates import Dates, read_dates
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.faults import cancelled, set_aside
from nn_core.recommender.goods import TEXTS, goods_of, no_people, nothing_known, usual_price
from nn_core.recommender.identifiers import Ids, category, codes_of
from nn_core.recommender.numbers import numbers
from nn_core.recommender.repeated import repeats
from nn_core.recommender.weights import Weights, event_weights, rating_weights

ID_ROLES = ("customer", "product", "order", "name", "category")
NUMBER_ROLES = ("quantity", "price", "amount")


@dataclass(frozen=True)
class Columns:
    """Which column of the file plays which role."""

    customer: str
    product: str
    time: str | None = None
    order: str | None = None
    name: str | None = None
    quantity: str | None = None
    price: str | None = None
    amount: str | None = None
    category: str | None = None
    event: str | None = None
    rating: str | None = None

    def chosen(self) -> dict[str, str]:
        """{role: column} of the roles that have one."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {role: column for role, column in named.items() if column is not None}


@dataclass(frozen=True)
class Interactions:
    """A shop's purchases, one row a customer-product line.

    frame      columns customer, product (category), and when known time (datetime64[us]), order
               (category), quantity, price, amount, weight (float64); sorted by time, or in file
               order. weight is 1 for a purchase, less for an event that is none (a view)
    names      {product id: its most frequent name}
    set_aside  `row` (1-based, counted without the header), `reason`, then the row as it was read
    goods      a row for each product (index "product"): those of name, category (text), price,
               margin, stock (float64) that are known; price is the median of the purchases where
               no catalogue tells it
    people     a row for each customer (index "customer") with whatever a customer table says
    events     {event of a log: what it counts for}; empty where every row is a purchase; and how
               many rows of the file each has in event_rows
    liked      from which rating on a product counts as liked; None where there are no ratings
    """

    frame: pd.DataFrame
    names: dict[str, str]
    set_aside: pd.DataFrame
    read: int
    columns: Columns
    notes: tuple[str, ...] = ()
    goods: pd.DataFrame = field(default_factory=nothing_known)
    people: pd.DataFrame = field(default_factory=no_people)
    events: dict[str, float] = field(default_factory=dict[str, float])
    event_rows: dict[str, int] = field(default_factory=dict[str, int])
    liked: float | None = None

    @property
    def kept(self) -> int:
        return len(self.frame)

    @property
    def has_time(self) -> bool:
        return "time" in self.frame.columns

    @property
    def has_order(self) -> bool:
        return "order" in self.frame.columns

    @property
    def customers(self) -> int:
        return len(self.frame["customer"].cat.categories)

    @property
    def products(self) -> int:
        return len(self.frame["product"].cat.categories)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        columns: Columns,
        *,
        choices: Choices | None = None,
        ragged: pd.DataFrame | None = None,
        repeated: NDArray[np.bool_] | None = None,
    ) -> "Interactions":
        """Cells of any type -> Interactions. A whole-number `frame.index` counts the
        rows of the file from 0.

        `ragged` are rows (`row`, `reason`, cells) that the reader could not fit under the header;
        they join the rows set aside. `repeated` (N,) says which rows repeat an earlier one, where
        the cells alone do not tell. ShopDataError if a column named in `columns` is not there.
        """
        check_columns(frame, columns)
        cells = Cells.of(frame, columns, choices or Choices())
        faults = find_faults(cells, frame, repeated)
        bad = np.logical_or.reduce(list(faults.values()))
        good = np.flatnonzero(~bad)
        if cells.time is not None:
            good = good[np.argsort(cells.time.values[good], kind="stable")]
        aside = set_aside(frame, bad, faults, ragged)
        kept = cells.kept(good)
        usual = {role: usual_texts(cells.ids, role, good) for role in TEXTS if role in cells.ids}
        weights = cells.weights or Weights(np.empty(0))
        said = (cells.time.note if cells.time else None, weights.note)
        return cls(
            frame=kept,
            names=usual.get("name", {}),
            set_aside=aside,
            read=len(good) + len(aside),
            columns=columns,
            notes=tuple(note for note in said if note),
            goods=goods_of(kept["product"].cat.categories, usual, usual_price(kept)),
            events=weights.events,
            event_rows=weights.rows,
            liked=weights.liked,
        )


@dataclass(frozen=True)
class Cells:
    """The columns that have a role, read: ids as (codes, text), amounts as floats, dates."""

    ids: dict[str, Ids]
    values: dict[str, NDArray[np.float64]]
    time: Dates | None
    weights: Weights | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame, columns: Columns, choices: Choices) -> "Cells":
        series: dict[str, Any] = {role: frame[name] for role, name in columns.chosen().items()}
        ids = {role: codes_of(series[role]) for role in ID_ROLES if role in series}
        values = {role: numbers(series[role]) for role in NUMBER_ROLES if role in series}
        time = read_dates(series["time"], choices.dates) if "time" in series else None
        weights = None
        if "event" in series:
            weights = event_weights(series["event"], choices.weights)
        elif "rating" in series:
            weights = rating_weights(series["rating"], choices.liked)
        return cls(ids, values, time, weights)

    def kept(self, rows: NDArray[np.intp]) -> pd.DataFrame:
        """These rows as the frame of an Interactions."""
        made: dict[str, object] = {
            role: category(self.ids[role][0][rows], self.ids[role][1])
            for role in ("customer", "product")
        }
        if self.time is not None:
            made["time"] = self.time.values[rows]
        if "order" in self.ids:
            made["order"] = category(self.ids["order"][0][rows], self.ids["order"][1])
        if self.weights is not None:
            made["weight"] = self.weights.values[rows]
        return pd.DataFrame(made | {role: value[rows] for role, value in self.values.items()})


def check_columns(frame: pd.DataFrame, columns: Columns) -> None:
    """ShopDataError if a role names a column that the file does not have."""
    for role, column in columns.chosen().items():
        if column not in frame.columns:
            there = ", ".join(f"'{name}'" for name in frame.columns)
            raise ShopDataError(
                f"The file has no column '{column}' for the {role}; it has {there}. "
                "Choose one of these."
            )


def find_faults(
    cells: Cells, frame: pd.DataFrame, repeated: NDArray[np.bool_] | None
) -> dict[str, NDArray[np.bool_]]:
    """{fault: which of the N rows have it}, in the order in which a row's one reason is chosen."""
    faults: dict[str, NDArray[np.bool_]] = {
        role: cells.ids[role][0] < 0 for role in ("customer", "product")
    }
    if cells.time is not None:
        faults["time"] = np.isnat(cells.time.values)
    if "order" in cells.ids:
        faults["cancellation"] = cancelled(*cells.ids["order"])
    bought = True if cells.weights is None else cells.weights.values >= 1
    if cells.weights is not None and cells.weights.events:
        faults["event"] = ~(cells.weights.values > 0)
    elif cells.weights is not None:
        faults["rating"] = np.isnan(cells.weights.values)
    for role in ("quantity", "price"):
        if role in cells.values:  # somebody who only looks at a product need not say how many
            faults[role] = ~(cells.values[role] > 0) & bought
    if repeated is not None:
        faults["duplicate"] = repeated
    elif cells.time is not None or "order" in cells.ids:
        faults["duplicate"] = repeats(frame)
    return faults


def usual_texts(ids: dict[str, Ids], role: str, good: NDArray[np.intp]) -> dict[str, str]:
    """{product id: the name (or category) it most often has}, by kept rows; on a tie the first by
    alphabet."""
    (product, products), (name, names) = ids["product"], ids[role]
    pairs = pd.DataFrame({"product": product[good], "name": name[good]})
    counts = pairs[pairs["name"] >= 0].value_counts(sort=False).reset_index()
    counts = counts.sort_values(["product", "count", "name"], ascending=[True, False, True])
    best = counts.drop_duplicates("product")
    keys, found = products.iloc[best["product"]], names.iloc[best["name"]]
    return dict(zip(keys.tolist(), found.tolist()))
