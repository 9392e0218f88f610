"""Who and what a model's numbers stand for, and what everybody bought: kept beside the models."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.arrays import load_arrays, save_arrays
from nn_core.recommender.goods import nothing_known
from nn_core.recommender.histories import Histories, Numbers
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class Catalogue:
    """customers (N) and products (I) by number, product names ("" where unknown), histories (N),
    buyers (I,): how many customers bought each product, and goods: what is known of the products,
    in their order (see TrainingData)."""

    customers: list[str]
    products: list[str]
    names: list[str]
    histories: Histories
    buyers: Numbers
    goods: pd.DataFrame = field(default_factory=nothing_known)

    @classmethod
    def of(cls, data: TrainingData, names: dict[str, str]) -> Catalogue:
        products = [str(product) for product in data.products]
        return cls(
            customers=[str(customer) for customer in data.customers],
            products=products,
            names=[names.get(product, "") for product in products],
            histories=data.histories,
            buyers=data.histories.buyers,
            goods=data.goods,
        )

    @cached_property
    def number(self) -> dict[str, int]:
        """A customer's id -> number."""
        return {customer: n for n, customer in enumerate(self.customers)}

    @cached_property
    def place(self) -> dict[str, int]:
        """A product's id -> number."""
        return {product: n for n, product in enumerate(self.products)}

    @cached_property
    def categories(self) -> list[str]:
        """(I,) each product's category, "" where none is known."""
        known: Any = self.goods.get("category")
        return [""] * len(self.products) if known is None else known.astype("str").tolist()

    @cached_property
    def prices(self) -> list[float]:
        """(I,) each product's price, NaN where none is known."""
        known: Any = self.goods.get("price")
        return [nan] * len(self.products) if known is None else known.astype("float64").tolist()

    def product(self, n: int) -> dict[str, Any]:
        return {"product": self.products[n], "name": self.names[n]}

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        known: dict[str, NDArray[Any] | None] = {
            name: getattr(self.histories, name) for name in COLUMNS
        }
        arrays = {name: array for name, array in known.items() if array is not None}
        save_arrays(folder / "histories", arrays | {"buyers": self.buyers})
        ids = {"customers": self.customers, "products": self.products, "names": self.names}
        text = json.dumps(ids, ensure_ascii=False)
        (folder / "catalogue.json").write_text(text, encoding="utf-8")
        self.goods.to_parquet(folder / "goods.parquet")

    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        ids = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
        arrays = load_arrays(folder / "histories")
        buyers = arrays.pop("buyers")
        histories = Histories(products=len(ids["products"]), **arrays)
        goods = nothing_known(pd.Index(ids["products"], dtype="str"))
        if (folder / "goods.parquet").exists():  # runs of before have none
            goods = pd.read_parquet(folder / "goods.parquet")
        return cls(**ids, histories=histories, buyers=buyers, goods=goods)


COLUMNS = ("start", "product", "row", "time", "basket", "weight")
