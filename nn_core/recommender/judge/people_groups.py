"""Groups of customers by what the shop's own table of customers says: towns, tariffs, ages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.judge.segments import Segment

COLUMNS = 3
"""Of the table, where nobody chooses: each further group widens the intervals of all."""
VALUES = 6
"""At most; a column with more is taken for numbers, or for nothing."""
PARTS = 3
FEWEST = 10
"""Customers of a group; how many of them judge is seen later."""


def by_people(
    people: pd.DataFrame, customers: pd.Index, chosen: Sequence[str] | None = None
) -> list[Segment]:
    """people: a row for some customers (index), any columns of text; customers: (N,) those of
    before the cut; chosen: the columns whose groups are wanted, None for the first that have any.
    """
    found = grouping(people, customers)
    return [group for column in taken(found, chosen) for group in found[column]]


def grouping(people: pd.DataFrame, customers: pd.Index) -> dict[str, list[Segment]]:
    """column -> its groups. Columns that tell nobody apart, or everybody, are left out."""
    known = people.reindex(pd.Index(customers, dtype="str"))
    titles = [*map(str, known.columns)]
    tidy = {title: title.replace("_", " ") for title in titles}
    alone = {title: name if title == name or name not in titles else title
             for title, name in tidy.items()}  # fmt: skip
    every = {title: list(groups_of(known[title], alone[title])) for title in titles}
    return {title: groups for title, groups in every.items() if len(groups) > 1}


def taken(columns: Iterable[str], chosen: Sequence[str] | None) -> list[str]:
    """Those of the columns that make groups."""
    if chosen is None:
        return list(columns)[:COLUMNS]
    return [column for column in columns if column in chosen]


def told_of(
    people: pd.DataFrame, customers: pd.Index, chosen: Sequence[str] | None
) -> dict[str, list[str]]:
    """taken: columns that make groups; further: could, and were left out; unfit: cannot."""
    found = grouping(people, customers)
    ours = taken(found, chosen)
    columns = list(map(str, people.columns))
    return {
        "taken": ours,
        "further": [column for column in found if column not in ours],
        "unfit": [column for column in columns if column not in found],
    }


def check_chosen(people: pd.DataFrame, chosen: Sequence[str] | None) -> None:
    """ShopDataError for a column that the table of customers does not have."""
    there = list(map(str, people.columns))
    if wrong := [column for column in chosen or () if column not in there]:
        known = f"it has {', '.join(there)}" if there else "there is none: add --customers FILE"
        raise ShopDataError(
            f"No groups can be made by '{wrong[0]}', which is no column of the table of customers; "
            f"{known}."
        )


def words(found: Mapping[str, Sequence[str]]) -> str:
    """found: what `told_of` gave -> which columns were left out, and why; "" where none was."""
    said: list[str] = []
    if found["further"]:
        said.append(
            f"No groups were made by {', '.join(found['further'])}, though there could be: each "
            "further group widens the intervals of all. Choose columns under Training, or with "
            "--customers-groups."
        )
    if found["unfit"]:
        said.append(
            f"None can be made by {', '.join(found['unfit'])}: too many different values, too few "
            "customers with the same one, or the same one for everybody."
        )
    return " ".join(said)


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
