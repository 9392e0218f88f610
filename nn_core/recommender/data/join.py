"""How a second file and the purchases fit together: counts, words, ids that did not match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from nn_core.recommender.plural import number_of

EXAMPLES = 5
ENOUGH = 0.8  # of the ids; where fewer match, something is wrong, and that is said first
SHOWN = 2
NEVER = {"product": "were never bought", "customer": "never bought anything"}


@dataclass(frozen=True)
class Join:
    """How a second file and the purchases fit together.

    of        "product" or "customer"
    key       the file's column that names them, and why it was taken
    matched   ids that both know; alike are those of them that differ in case or leading zeros
    unknown   ids of the purchases that the file lacks, and the rows of purchases they have
    unbought  ids of the file that no purchase has
    repeated  rows of the file whose id occurred before; the first one counts
    columns   {what is known from now on: column of the file}
    names     all columns of the file, from which others may be chosen
    """

    file: str
    of: str
    key: str
    reason: str
    matched: int
    alike: int
    unknown: tuple[str, ...]
    rows_unknown: int
    unbought: tuple[str, ...]
    repeated: int
    columns: dict[str, str]
    names: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Counts and a few examples; all ids are in `mismatches`."""
        told = ("file", "of", "key", "reason", "matched", "alike", "repeated", "rows_unknown")
        plain = {name: getattr(self, name) for name in (*told, "columns", "names", "words", "poor")}
        return plain | {
            "unknown": len(self.unknown),
            "unbought": len(self.unbought),
            "examples": {
                "unknown": list(self.unknown[:EXAMPLES]),
                "unbought": list(self.unbought[:EXAMPLES]),
            },
        }

    @property
    def words(self) -> str:
        total = self.matched + len(self.unknown)
        only = "only " if self.poor else ""
        alike = (
            f" {self.alike:,} of them are written otherwise there (capitals, leading zeros) and "
            "were taken for the same."
            if self.alike
            else ""
        )
        return (
            f"{self.file}: {only}{self.matched:,} of {total:,} {self.of}s of the purchases are in "
            f"it.{alike} {len(self.unknown):,} are missing there "
            f"({number_of(self.rows_unknown, 'row')} of purchases), {len(self.unbought):,} of its "
            f"{self.of}s {NEVER[self.of]}.{self.near_misses}"
            f" Joined by its column '{self.key}'; read from it: {self.brings}.{self.unread}"
        )

    @property
    def poor(self) -> bool:
        """Whether so few ids match that the two files may not belong together."""
        return self.matched < ENOUGH * (self.matched + len(self.unknown))

    @property
    def near_misses(self) -> str:
        """Where few match, ids of both sides, to see how they differ."""
        if not self.poor:
            return ""
        sides = (("the purchases", self.unknown), ("the file", self.unbought))
        shown = (f"in {side} {quoted(ids[:SHOWN])}" for side, ids in sides if ids)
        return f" Compare: {', '.join(shown)}. If these mean the same, write them alike."

    @property
    def unread(self) -> str:
        """Columns of a catalogue from which nothing was taken."""
        taken = {part for column in self.columns.values() for part in (column, *of_two(column))}
        left = [name for name in self.names if name != self.key and name not in taken]
        if self.of != "product" or not left:
            return ""
        return f" Not used: {quoted(left)}."

    @property
    def brings(self) -> str:
        """ "price (VK), category (Warengruppe)"."""
        named = (
            what if what == column else f"{what} ({column})"
            for what, column in self.columns.items()
        )
        return ", ".join(named) or "nothing else"

    def mismatches(self) -> pd.DataFrame:
        """Every id that one side lacks."""
        sides = (("not in the second file", self.unknown), ("never bought", self.unbought))
        rows = [(side, id) for side, ids in sides for id in ids]
        return pd.DataFrame(rows, columns=["what", self.of])


def of_two(column: str) -> list[str]:
    """A margin is made of two columns."""
    return column.split(" minus ")


def quoted(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def with_words_of(joins: Sequence[Join], said: Sequence[str]) -> tuple[str, ...]:
    """said: other sentences. Those of files that hardly fit stand above them, the rest below."""
    poor, well = ([join.words for join in joins if join.poor == which] for which in (True, False))
    return (*poor, *said, *well)
