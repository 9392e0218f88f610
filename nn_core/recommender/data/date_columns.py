"""Columns that no usual name calls a date, and whose cells read as dates all the same."""

import re
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.data.dates import DateOrder, read_dates
from nn_core.recommender.data.identifiers import codes_of

NEARLY_ALL, MOST = 0.95, 0.5  # of the cells that hold something
ROWS_EACH = (
    1.5  # rows a customer from which on one same date for each says that it is the customer's
)
ORDERS: tuple[DateOrder, ...] = ("day-first", "month-first")
# A bare number is seconds, an Excel day, an id or a price: its title must hold one of these words.
HINTS = frozenset(
    """when at on ts stamp epoch unix moment created bought purchased paid placed ordered sold
    wann am gekauft bestellt erstellt cuando quand""".split()
)
# Dates of a person or of a product, never of a purchase.
OTHERS = re.compile(
    r"birth|\bdob\b|born|geburt|geboren|naissance|nacimiento|expir|ablauf|生日|出生"
)


def date_columns(
    sample: pd.DataFrame, taken: set[str], customer: str
) -> tuple[str | None, list[str]]:
    """(the column that must be the date of purchase, those that may be it where none must)."""
    shares = {
        name: reads_as_dates(sample[name], name)
        for name in map(str, sample.columns)
        if name not in taken and not OTHERS.search(name.casefold())
    }
    found = [name for name, share in shares.items() if share > MOST]
    sure = [
        name
        for name in found
        if shares[name] >= NEARLY_ALL and not one_each(sample[name], sample[customer])
    ]
    return (sure[0], []) if len(found) == len(sure) == 1 else (None, found)


def reads_as_dates(column: Any, name: str) -> float:
    """The share of cells, of those that hold something, that read as dates by the rules of
    dates.py; 0 of bare numbers under a title that says nothing of time."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return 1.0
    codes, text = codes_of(column)
    there = codes[codes >= 0]
    if not len(there):
        return 0.0
    bare = text.str.fullmatch(r"[-+]?\d+(?:[.,]\d+)?").to_numpy(dtype=bool)
    words = re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", name)
    hinted = not HINTS.isdisjoint(word.casefold() for word in words)
    reads = max(
        (~np.isnat(read_dates(text, order).values) & (hinted | ~bare) for order in ORDERS),
        key=lambda which: which[there].mean(),
    )
    return float(reads[there].mean())


def one_each(column: Any, customer: Any) -> bool:
    """Whether each customer has one same date in all rows, as of a first visit."""
    pairs = pd.DataFrame({"who": codes_of(customer)[0], "when": codes_of(column)[0]})
    people = int(np.unique(pairs["who"]).size)
    return len(pairs) > ROWS_EACH * people and len(pairs.drop_duplicates()) == people


def unsure_dates(sample: pd.DataFrame, taken: set[str], customer: str) -> tuple[str, ...]:
    """A sentence where columns may be the date, and it is unsure whether one is, or which."""
    _, found = date_columns(sample, taken, customer)
    if not found:
        return ()
    named = ", ".join(f"'{name}'" for name in found)
    read, one = ("reads", "it") if len(found) == 1 else ("read", "the right one")
    return (
        f"Column{'s' * (len(found) > 1)} {named} {read} as dates; choose {one} as the date of the "
        "purchases (--time at the command line).",
    )
