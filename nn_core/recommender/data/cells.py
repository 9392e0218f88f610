"""Cells of the columns that have a role -> ids, numbers and dates, and what is wrong with a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.dates import Dates, read_dates
from nn_core.recommender.data.exclude import Exclude, rows_of
from nn_core.recommender.data.faults import cancelled
from nn_core.recommender.data.identifiers import Ids, category, codes_of
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.data.repeated import repeats
from nn_core.recommender.data.weights import Weights, event_weights, rating_weights

ID_ROLES = ("customer", "product", "order", "name", "category")
NUMBER_ROLES = ("quantity", "price", "amount")


@dataclass(frozen=True)
class Cells:
    """The columns that have a role, read: ids as (codes, text), amounts as floats, dates.

    roles: {role: column}.
    """

    ids: dict[str, Ids]
    values: dict[str, NDArray[np.float64]]
    time: Dates | None
    weights: Weights | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame, roles: Mapping[str, str], choices: Choices) -> "Cells":
        series: dict[str, Any] = {role: frame[name] for role, name in roles.items()}
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


def left_out(
    cells: Cells,
    faults: Mapping[str, NDArray[np.bool_]],
    exclude: Exclude,
    names: Mapping[str, str],
) -> dict[str, NDArray[np.bool_]]:
    """{kind of no goods: which of the N rows have it}, by the rows that no fault sets aside.

    names: {product: its name in a catalogue}, which counts more than that of the rows.
    """
    if not exclude:
        return {}
    good = np.flatnonzero(~np.logical_or.reduce(list(faults.values())))
    product, products = cells.ids["product"]
    usual = usual_texts(cells.ids, "name", good) if "name" in cells.ids else {}
    price = paid(cells.values)
    price = None if price is None else price[good]
    return rows_of(
        exclude.among(products, {**usual, **names}, product[good], price), cells.ids["product"]
    )


def paid(values: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
    """(N,) what one cost in each row; None where no money is known."""
    if "price" in values or "amount" not in values:
        return values.get("price")
    with np.errstate(divide="ignore", invalid="ignore"):
        return values["amount"] / values.get("quantity", np.ones(1))


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
