"""Who and what a model's numbers stand for, and what everybody bought: kept beside the models."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.split import TrainingData


@dataclass(frozen=True)
class Catalogue:
    """customers (N) and products (I) by number, product names ("" where unknown), histories (N)."""

    customers: list[str]
    products: list[str]
    names: list[str]
    histories: Histories

    @classmethod
    def of(cls, data: TrainingData, names: dict[str, str]) -> Catalogue:
        products = [str(product) for product in data.products]
        return cls(
            customers=[str(customer) for customer in data.customers],
            products=products,
            names=[names.get(product, "") for product in products],
            histories=data.histories,
        )

    @cached_property
    def number(self) -> dict[str, int]:
        """A customer's id -> number."""
        return {customer: n for n, customer in enumerate(self.customers)}

    def product(self, n: int) -> dict[str, Any]:
        return {"product": self.products[n], "name": self.names[n]}

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        known: dict[str, NDArray[Any] | None] = {
            name: getattr(self.histories, name) for name in COLUMNS
        }
        arrays: dict[str, Any] = {n: array for n, array in known.items() if array is not None}
        np.savez(folder / "histories.npz", **arrays)
        ids = {"customers": self.customers, "products": self.products, "names": self.names}
        text = json.dumps(ids, ensure_ascii=False)
        (folder / "catalogue.json").write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        ids = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
        with np.load(folder / "histories.npz", allow_pickle=False) as saved:
            arrays = {name: saved[name] for name in saved.files}
        return cls(**ids, histories=Histories(products=len(ids["products"]), **arrays))


COLUMNS = ("start", "product", "row", "time", "basket")
