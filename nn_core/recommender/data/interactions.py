"""The one door for a shop's purchases: a table of cells -> kept rows, and set-aside rows with why.

No row is lost silently: `read == len(frame) + len(set_aside)`, always.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.cells import Cells, find_faults, left_out, usual_texts
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.dates import DateOrder
from nn_core.recommender.data.exclude import EVERYTHING_STAYS, Exclude
from nn_core.recommender.data.faults import set_aside
from nn_core.recommender.data.weights import Weights
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.goods import TEXTS, goods_of, no_people, nothing_known, usual_price


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
    exclude    what was asked to be left out; rows of such products are among those set aside
    dates      the order of day and month by which dates were read, to read those set aside alike
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
    exclude: Exclude = EVERYTHING_STAYS
    dates: DateOrder | None = None

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
        names: Mapping[str, str] | None = None,
    ) -> "Interactions":
        """Cells of any type -> Interactions. A whole-number `frame.index` counts the
        rows of the file from 0.

        `ragged` are rows (`row`, `reason`, cells) that the reader could not fit under the header;
        they join the rows set aside. `repeated` (N,) says which rows repeat an earlier one, where
        the cells alone do not tell. `names` are those of products that a catalogue knows better,
        for telling what is no goods. ShopDataError if a column named in `columns` is not there.
        """
        check_columns(frame, columns)
        cells = Cells.of(frame, columns.chosen(), choices or Choices())
        faults = find_faults(cells, frame, repeated)
        exclude = (choices or Choices()).exclude
        faults |= left_out(cells, faults, exclude, names or {})
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
            exclude=exclude,
            dates=cells.time.order if cells.time else None,
        )


def check_columns(frame: pd.DataFrame, columns: Columns) -> None:
    """ShopDataError if a role names a column that the file does not have."""
    for role, column in columns.chosen().items():
        if column not in frame.columns:
            there = ", ".join(f"'{name}'" for name in frame.columns)
            raise ShopDataError(
                f"The file has no column '{column}' for the {role}; it has {there}. "
                "Choose one of these."
            )
