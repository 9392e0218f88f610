"""What a product is, beside its number: its category and its price, as numbers for a network."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.models.base import Arrays

PRICES = 2
"""Numbers that stand for a price: its logarithm, scaled, and 1 where it is known."""


def learned_features(goods: pd.DataFrame) -> Arrays:
    """What `categories_of` and `prices_of` need, from the products to train on."""
    names = np.unique(texts(goods, "category"))
    prices = logarithms(goods)
    known = prices[np.isfinite(prices)]
    scale = [known.mean(), max(known.std(), 1e-3)] if known.size else [0.0, 1.0]
    return {"categories": names[names != ""], "price_scale": np.array(scale, np.float32)}


def categories_of(arrays: Arrays, goods: pd.DataFrame) -> NDArray[np.int64]:
    """(J,) the number of each product's category, from 1; 0 where it is not known."""
    names, asked = arrays["categories"], texts(goods, "category")
    if not len(names):
        return np.zeros(len(goods), np.int64)
    place = np.minimum(np.searchsorted(names, asked), len(names) - 1)
    return np.where(names[place] == asked, place + 1, 0)


def prices_of(arrays: Arrays, goods: pd.DataFrame) -> NDArray[np.float32]:
    """(J, 2) how dear each is among the products trained on, and whether that is known."""
    mean, deviation = arrays["price_scale"]
    scaled = (logarithms(goods) - mean) / deviation
    known = np.isfinite(scaled)
    return np.column_stack([np.where(known, scaled, 0), known]).astype(np.float32)


def texts(goods: pd.DataFrame, column: str) -> NDArray[np.str_]:
    """(J,) a column's text, "" where there is none."""
    if column not in goods:
        return np.full(len(goods), "", "U1")
    cells: Any = goods[column]
    return np.array(cells.fillna("").astype("str").tolist(), np.str_).reshape(len(goods))


def logarithms(goods: pd.DataFrame) -> NDArray[np.float64]:
    """(J,) of the prices; NaN where there is none above 0."""
    if "price" not in goods:
        return np.full(len(goods), np.nan)
    cells: Any = goods["price"]
    prices = cells.to_numpy(np.float64)
    return np.log(np.where(prices > 0, prices, np.nan))
