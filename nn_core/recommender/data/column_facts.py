"""What the cells of each column of a file look like, so that a person can check its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.columns import Guess
from nn_core.recommender.data.dates import DateOrder, read_dates
from nn_core.recommender.data.identifiers import MISSING_WORDS
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.errors import DateOrderError

NUMBERS = ("quantity", "price", "amount", "rating")
EACH = {"customer": "a customer", "product": "a product", "order": "an order"}
EXAMPLES = 3
LONGEST = 40
TYPED = 1_000_000
"""Cells of a typed (Parquet) column that are looked at; those of a text file are all counted."""


@dataclass(frozen=True)
class ColumnFacts:
    """A column and what it was taken for, None where nothing reads it.

    rows       cells looked at
    filled     of these, how many hold anything
    readable   of the filled, how many read as what the role needs: dates, numbers; else all
    different  different filled cells
    examples   some of them, the most frequent first
    several    whether one cell holds several products
    """

    column: str
    role: str | None
    rows: int
    filled: int
    readable: int
    different: int
    examples: tuple[str, ...]
    several: bool = False

    @property
    def evidence(self) -> str:
        """What speaks for the role, from the cells alone."""
        if not self.filled:
            return "no cell is filled"
        share = self.readable / self.filled
        exactly = "all" if share == 1 else f"{min(share, 0.999):.1%}"
        if self.several:
            return f"{self.different:,} different baskets"
        if self.role == "time":
            return f"{exactly} of the filled cells read as a date"
        if self.role in NUMBERS:
            return f"{exactly} of the filled cells read as a number"
        if self.role in EACH:
            return (
                f"{EACH[self.role]} stands in {self.filled / self.different:,.3g} rows on average"
            )
        return f"{self.different:,} different texts"

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"evidence": self.evidence}


def column_facts(
    frame: pd.DataFrame,
    guesses: Sequence[Guess],
    order: DateOrder | None = None,
    baskets: bool = False,
) -> list[ColumnFacts]:
    """Columns with a role in the order of the guesses, then the others. order: of day and month;
    baskets: a cell of the product's column holds several."""
    roles = {guess.column: guess.role for guess in guesses}
    names = [name for name in roles if name in frame.columns]
    names += [str(name) for name in frame.columns if str(name) not in roles]
    found = [facts_of(frame[name], name, roles.get(name), order) for name in names]
    return [replace(one, several=baskets and one.role == "product") for one in found]


def facts_of(column: Any, name: str, role: str | None, order: DateOrder | None) -> ColumnFacts:
    text, times = counted(column)
    there = ~text.str.lower().isin(MISSING_WORDS).to_numpy() & (times > 0)
    text, times = text[there].reset_index(drop=True), times[there]
    most = np.argsort(-times, kind="stable")[:EXAMPLES]
    return ColumnFacts(
        column=name,
        role=role,
        rows=min(len(column), TYPED) if not is_coded(column) else len(column),
        filled=int(times.sum()),
        readable=int(times[reads(text, role, order)].sum()),
        different=len(times),
        examples=tuple(str(cell)[:LONGEST] for cell in text.iloc[most]),
    )


def is_coded(column: Any) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


def counted(column: Any) -> tuple[Any, NDArray[np.int64]]:
    """(U,) different cells as tidy text, and how often each stands there."""
    if is_coded(column):
        codes, different = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, different = pd.factorize(column.head(TYPED))
    times = np.bincount(codes.astype(np.int64) + 1, minlength=len(different) + 1)[1:]
    return pd.Series(different).astype("str").str.strip(), times


def reads(text: pd.Series, role: str | None, order: DateOrder | None) -> NDArray[np.bool_]:
    """(U,) which of the cells are what the role needs."""
    if role == "time":
        try:
            return ~np.isnat(read_dates(text, order).values)
        except DateOrderError:  # both orders occur, which the page asks about
            return ~np.isnat(read_dates(text, "day-first").values)
    if role in NUMBERS:
        return ~np.isnan(numbers(text))
    return np.ones(len(text), np.bool_)
