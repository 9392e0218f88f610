"""Groups of customers by what the shop's own table of customers says: towns, tariffs, ages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.identifiers import codes_of
from nn_core.recommender.numbers import numbers
from nn_core.recommender.segments import Segment

COLUMNS, VALUES = 3, 6
"""At most; each further group widens the intervals of all."""
PARTS = 3
FEWEST = 10
"""Customers of a group; how many of them judge is seen later."""


def by_people(people: pd.DataFrame, customers: pd.Index) -> list[Segment]:
    """people: a row for some customers (index), any columns of text; customers: (N,) those of
    before the cut. Columns that tell nobody apart, or everybody, are left out."""
    known = people.reindex(pd.Index(customers, dtype="str"))
    found: list[Segment] = []
    columns = 0
    for title in map(str, known.columns):
        name = title.replace("_", " ")
        groups = list(groups_of(known[title], name))
        if len(groups) > 1 and columns < COLUMNS:
            columns += 1
            found += groups
    return found


def groups_of(column: Any, name: str) -> Iterator[Segment]:
    """(N,) cells -> a group for each value, or for each third where numbers are many."""
    codes, text = codes_of(column)
    values = numbers(column)
    times = np.bincount(codes[codes >= 0], minlength=len(text))
    if len(text) > VALUES and (~np.isnan(values)).sum() > 0.8 * (codes >= 0).sum():
        yield from thirds(values, name)
    elif (times >= FEWEST).sum() <= VALUES:
        for place in np.flatnonzero(times >= FEWEST):
            value = str(text.iloc[place])
            yield group(name, f"{name}: {value}", f"{name} is {value}", codes == place)


def thirds(values: NDArray[np.float64], name: str) -> Iterator[Segment]:
    """values: (N,), NaN where unknown -> up to PARTS groups of about one size."""
    ends = np.unique(np.nanquantile(values, np.arange(1, PARTS) / PARTS, method="lower"))
    low = -np.inf
    for high in (*ends.tolist(), np.inf):
        who = (values > low) & (values <= high)
        if np.isinf(low):
            words = f"up to {high:g}"
        elif np.isinf(high):
            words = f"above {low:g}"
        else:
            words = f"above {low:g} to {high:g}"
        if who.sum() >= FEWEST:
            yield group(name, f"{name} {words}", f"{name} {words}", who)
        low = high


def group(column: str, name: str, definition: str, who: NDArray[np.bool_]) -> Segment:
    """Named by the shop's own words; a name stands for one group, so none is cut."""
    return Segment(name, definition, f"customers whose {definition}", who, own=column)
