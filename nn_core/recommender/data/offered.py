"""Products that a person may leave out: the best sellers to choose from, any other by its name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.data.interactions import Interactions

OFFERED = 1_000


def best_sellers(shop: Interactions) -> list[list[str]]:
    """[id, name] of the products with most rows, the first first."""
    sold: Any = shop.frame["product"].cat
    count = np.bincount(sold.codes.to_numpy(), minlength=len(sold.categories))
    best = np.argsort(-count, kind="stable")[:OFFERED]
    return [[one, shop.names.get(one, "")] for one in sold.categories[best]]


def named(said: Iterable[str], shop: Path) -> tuple[list[str], list[str]]:
    """said: ids or names as a person types them; shop: the folder of the stored purchases -> the
    ids of all products that are meant, and what no product is called."""
    goods = pd.read_parquet(shop / "goods.parquet")
    ids: list[str] = goods.index.tolist()
    names: list[str] = goods["name"].tolist() if "name" in goods else [""] * len(ids)
    known: dict[str, list[str]] = {}
    for one, name in zip(ids, names):
        for word in {tidy(one), tidy(name)} - {""}:
            known.setdefault(word, []).append(one)
    found: list[str] = []
    missing: list[str] = []
    for text in said:
        meant = [text] if text in goods.index else known.get(tidy(text), [])
        found += meant
        missing += [] if meant else [text]
    return found, missing


def tidy(text: str) -> str:
    return " ".join(text.casefold().split())
