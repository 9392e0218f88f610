"""A catalogue or a customer table before it is joined: what is personal in it is named and goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from nn_core.recommender.data.personal import Finding, cleaned, found, is_pseudonym
from nn_core.recommender.data.reading import Table

LOOKED_FOR = {
    "customers": ("e-mail addresses", "card numbers", "phone numbers", "names of persons"),
    "catalogue": ("e-mail addresses",),
}
"""Codes and names of products look like phones, cards and persons."""


@dataclass(frozen=True)
class Second:
    """A second file as it is joined, with pseudonyms where the purchases have them; findings: the
    columns with personal data."""

    table: Table
    findings: Sequence[Finding]

    @classmethod
    def of(cls, table: Table, kind: str, customers: pd.Index, key: bytes) -> Second:
        """customers: ids of the purchases, with which the personal columns of a customer table are
        written alike, so that one of them can be the key."""
        every = (replace(f, what="replace") for f in found(table.frame, {}, {}))
        findings = tuple(f for f in every if f.kind in LOOKED_FOR[kind])
        alike = kind == "customers" and len(customers) and all(map(is_pseudonym, customers))
        return cls(cleaned(table, findings, key) if alike else table, findings)

    def personal(self, key: str) -> list[str]:
        """The personal columns that are no key."""
        return [finding.column for finding in self.findings if finding.column != key]

    def kept(self, key: str) -> Table:
        """Without them, and a note that says so. key: the column by which it was joined."""
        left_out = self.personal(key)
        if not left_out:
            return self.table
        kinds = {finding.column: finding.kind for finding in self.findings}
        named = ", ".join(f"'{column}' ({kinds[column]})" for column in left_out)
        note = f"{self.table.name}: personal data in {named}; nothing of it is kept."
        ragged: Any = self.table.ragged
        return replace(
            self.table,
            frame=self.table.frame.drop(columns=left_out),
            ragged=ragged.iloc[:0].drop(columns=left_out, errors="ignore"),
            notes=(*self.table.notes, note),
        )
