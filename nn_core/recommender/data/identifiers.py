"""Ids of customers, products and orders: any column of cells -> tidy text, coded once."""

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# (N,) the code of each cell, -1 where missing; and the text that each code stands for.
Ids = tuple[NDArray[np.int64], pd.Series]

# How files write "nothing here" when the cell is not simply empty (compared in lower case).
MISSING_WORDS = ("", "nan", "null", "none", "na", "n/a", "#n/a", "<na>", "nat", "\\n")

DECIMAL_ZERO = re.compile(r"\.0+$")


def tidied(one: str) -> str:
    """The same text for " K7" and "K7.0": an id as a single cell of it may stand in a file."""
    return DECIMAL_ZERO.sub("", one.strip())


def bare(one: str) -> str:
    """The same text for " K7", "k7", "00K7" and "K7.0": an id as another export may spell it."""
    return tidied(one).casefold().lstrip("0") or "0"


def codes_of(column: pd.Series) -> Ids:
    """Any column of N cells -> (code of each cell, -1 where missing; the U distinct cells as text).

    Text is tidied: blanks around it go, words for nothing count as missing, and numbers that a
    spreadsheet turned into floats (17850.0) lose their ".0" when the whole column looks like that.
    """
    codes, distinct = pd.factorize(column)
    text = pd.Series(distinct).astype("str").str.strip()
    missing = text.str.lower().isin(MISSING_WORDS) | text.isna()
    text = without_decimal_zero(text, missing)
    # Tidying can make two cells equal ("A " and "A"): code the tidied text again, in sorted order,
    # so that the codes do not depend on the order of the rows.
    again, tidy = pd.factorize(text.mask(missing), sort=True)
    table = np.append(again, -1)  # code -1 (missing) looks up the last entry
    return table[codes].astype(np.int64), pd.Series(tidy, dtype="str")


def without_decimal_zero(text: pd.Series, missing: pd.Series) -> pd.Series:
    """["17850.0", "12.0"] -> ["17850", "12"]; unchanged if any cell is not a whole number."""
    present: Any = text[~missing]
    if len(present) and present.str.fullmatch(r"-?\d+(\.0+)?").all():
        return text.str.replace(r"\.0+$", "", regex=True)
    return text


def category(codes: NDArray[np.int64], text: pd.Series) -> pd.Categorical:
    """Codes and their text -> a categorical that lists only the categories in use."""
    used = np.flatnonzero(np.bincount(codes + 1, minlength=len(text) + 1)[1:])
    place = np.full(len(text) + 1, -1)  # the last one is for -1, a missing cell
    place[used] = np.arange(len(used))
    return pd.Categorical.from_codes(place[codes], categories=pd.Index(text.iloc[used]))
