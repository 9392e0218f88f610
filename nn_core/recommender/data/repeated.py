"""Rows of a table that repeat an earlier one, found among millions without comparing text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

BLOCK = 65_536  # rows


def repeats(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """(N, C) cells -> (N,), True where every cell equals an earlier row's.

    Equal rows have equal hashes, so only the few rows that share theirs are compared cell by cell.
    """
    columns = [cell_numbers(frame.iloc[:, place]) for place in range(frame.shape[1])]
    alike = np.flatnonzero(shared(hashed(columns, len(frame))))
    found = np.zeros(len(frame), np.bool_)
    found[alike] = pd.Series(folded([column[alike] for column in columns])).duplicated()
    return found


def cell_numbers(column: pd.Series) -> NDArray[Any]:
    """(N,) equal numbers for equal cells, -1 where missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        cells: Any = column
        return cells.cat.codes.to_numpy()
    return pd.factorize(column)[0]


def hashed(columns: Sequence[NDArray[Any]], rows: int) -> NDArray[np.uint64]:
    """C columns of N numbers -> (N,) their sum, each times its column's random one, modulo 2^64."""
    odd = np.random.default_rng(0).integers(0, 2**63, len(columns), np.uint64) * 2 + 1
    made = np.zeros(rows, np.uint64)
    for first in range(0, rows, BLOCK):  # so few at a time that they stay in the cache
        part = slice(first, first + BLOCK)
        for column, factor in zip(columns, odd):
            made[part] += column[part].astype(np.uint64) * factor
    return made


def shared(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """(N,) -> (N,), True where another row has the same value."""
    ranked = np.sort(values)
    twice = ranked[1:][ranked[1:] == ranked[:-1]]
    return pd.Series(values).isin(pd.unique(twice)).to_numpy()


def folded(columns: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """C columns of M numbers -> (M,) one whole number for each different row."""
    key, keys = np.zeros(len(columns[0]) if columns else 0, np.int64), 1
    for column in columns:
        codes, distinct = pd.factorize(column)
        if keys * len(distinct) > 2**62:  # would not fit: number the keys there are anew
            key, found = pd.factorize(key)
            keys = len(found)
        key = key * np.int64(len(distinct)) + codes
        keys *= len(distinct)
    return key
