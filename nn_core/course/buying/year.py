"""The built-in shop's customers at two moments: one to learn from, one a month later to judge."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from nn_core.arrays import Array
from nn_core.course.buying import customers
from nn_core.recommender.data.builtin import data_folder

# Labels look 30 days ahead at most, so that those of the first cut end before the second one.
LEARNT, JUDGED = (cast(pd.Timestamp, pd.Timestamp(day)) for day in ("2017-11-01", "2017-12-01"))
COLUMNS = {
    "household_id": "customer",
    "basket_id": "order",
    "transaction_timestamp": "time",
    "sales_value": "amount",
    "product_id": "product",
}
# What may be asked of the days after a cut: within how many, and of which department.
LABELS: dict[str, tuple[int, str]] = {
    "week": (7, ""),
    "month": (30, ""),
    "flowers": (30, "FLORAL"),
}


@dataclass(frozen=True)
class Moment:
    """customers (N,) ids; x (N, 8) what was known then; y: label -> (N,) 0 or 1, what came after;
    spent (N,) in the week after, which nobody could know."""

    customers: Array
    x: Array
    y: dict[str, Array]
    spent: Array


@cache
def moments() -> tuple[Moment, Moment]:
    """(to learn from, to judge by). Read once; takes about 3 s."""
    purchases = year()
    return moment(purchases, LEARNT), moment(purchases, JUDGED)


def moment(purchases: pd.DataFrame, cut: pd.Timestamp) -> Moment:
    """What was known at the cut, and what came after it."""
    table = customers.numbers(purchases, cut)
    who = table.index
    y = {name: label(purchases, who, cut, *asked) for name, asked in LABELS.items()}
    spent = customers.spent(who, customers.after(purchases, cut, LABELS["week"][0]))
    return Moment(who.to_numpy(), table.to_numpy(np.float64), y, spent)


def label(
    purchases: pd.DataFrame, who: pd.Index, cut: pd.Timestamp, days: int, department: str
) -> Array:
    """(N,) 1 for who bought in the days after the cut, anything or in one department."""
    later = customers.after(purchases, cut, days)
    if department:
        later = cast(pd.DataFrame, later[later["department"] == department])
    return customers.bought(who, later)


def year() -> pd.DataFrame:
    """The purchases, with category and department of each product."""
    folder = data_folder()
    kinds = ["product_id", "product_category", "department"]
    products: Any = pq.read_table(folder / "products.parquet", columns=kinds).to_pandas()
    products = products.set_index("product_id").astype("category")
    rows: Any = pq.read_table(folder / "transactions.parquet", columns=list(COLUMNS)).to_pandas()
    rows = rows.rename(columns=COLUMNS)
    at = products.index.get_indexer(rows["product"])
    rows["category"] = products["product_category"].cat.codes.to_numpy()[at]
    rows["department"] = products["department"].array[at]
    return rows.drop(columns="product")
