"""Quantities and prices: cells as people write them -> float64, NaN where unreadable."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

CURRENCY = r"[£$€¥￥₹\s\u00a0\u202f']|EUR|USD|GBP|CHF|RMB|CNY"


def numbers(column: pd.Series) -> NDArray[np.float64]:
    """N cells -> (N,) float64. Reads 2.55, 2,55, 1.234,50, 1,234.50, £3, "7 EUR".

    Comma or point is decided once for the whole column, by the cells that leave no doubt.
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        return finite(column.to_numpy(dtype=np.float64, na_value=np.nan))
    codes, distinct = pd.factorize(column)
    text = pd.Series(distinct).astype("str").str.strip()
    plain: Any = pd.to_numeric(text, errors="coerce")
    if plain.isna().any():
        plain = pd.to_numeric(plain_text(text), errors="coerce")
    table = np.append(plain.to_numpy(dtype=np.float64, na_value=np.nan), np.nan)
    return finite(table[codes])


def plain_text(text: pd.Series) -> pd.Series:
    """Numbers with currency signs, thousands marks or decimal commas -> digits and a point."""
    bare = text.str.replace(CURRENCY, "", regex=True)
    if decimal_comma(bare):
        bare = bare.str.replace(".", "", regex=False)
        return bare.str.replace(",", ".", regex=False)
    return bare.str.replace(",", "", regex=False)


def decimal_comma(text: pd.Series) -> bool:
    """True if the comma is the decimal mark. "1,234" alone could be either: then thousands."""
    comma = text.str.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})|-?[\d.]+\.\d{3},\d+|-?0,\d+").sum()
    point = text.str.fullmatch(r"-?\d+\.(\d{1,2}|\d{4,})|-?[\d,]+,\d{3}\.\d+|-?0\.\d+").sum()
    return bool(comma > point)


def finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Infinity is no quantity and no price: it becomes NaN."""
    return np.where(np.isfinite(values), values, np.nan)
