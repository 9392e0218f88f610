"""Personal data in a file's columns: found, named, and dropped or replaced by keyed pseudonyms.

What a recommender needs of a person is that two purchases are the same person's, never who that is.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.data.choices import PERSONAL
from nn_core.recommender.data.identifiers import codes_of
from nn_core.recommender.data.people import FIRST_NAMES, of_a_person, of_a_phone
from nn_core.recommender.data.reading import Table
from nn_core.recommender.errors import ShopDataError

KEY_FILE = "pseudonyms.key"
EMAILS = "e-mail addresses"
LOOKED_AT = 5_000  # different cells of a column
EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^\W\d_]{2,}")
PHONE = re.compile(r"(?:\+|00|\(|0)[\d\s()./-]{6,}\d")
LOOSE_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{5,}\d")
CARD = re.compile(r"[2-6]\d{3}(?:[ -]?\d){9,15}")
PSEUDONYM = re.compile(r"p[0-9a-f]{16}")
NAME = re.compile(
    r"(?:(?:Mrs?|Ms|Dr|Herr|Frau)\.? )?[^\W\d_][^\W\d_.'-]*(?:[ ,]+[^\W\d_][\w.'-]*){1,3}"
)


@dataclass(frozen=True)
class Finding:
    """A column that holds personal data: of what kind, in which share of its cells, and what is
    done with it: "drop", "replace" (by a pseudonym) or "keep"."""

    column: str
    kind: str
    share: float
    what: str

    @property
    def words(self) -> str:
        done = {
            "drop": "the column was left out",
            "replace": "each was replaced by a pseudonym that only this workspace's key makes",
            "keep": "kept, as you chose",
        }
        return f"Column '{self.column}' holds {self.kind} ({self.share:.0%} of its cells): " + (
            f"{done[self.what]}."
        )


def found(
    frame: pd.DataFrame, roles: Mapping[str, str], chosen: Mapping[str, str]
) -> tuple[Finding, ...]:
    """roles: {role: column}. What has a role that needs it is replaced, anything else dropped,
    where nothing else was chosen. ShopDataError for a choice about a column without such data."""
    goods = {roles.get(role) for role in ("product", "name", "category")}
    needed = {roles.get(role) for role in ("customer", "order")}
    plain = {roles.get(r) for r in ("time", "quantity", "price", "amount", "event", "rating")}
    findings: list[Finding] = []
    for column in (str(name) for name in frame.columns):
        if column in plain:
            continue
        kind, share = kind_of(frame[column], column, goods=column in goods)
        if kind:
            usual = "replace" if column in needed else "keep" if column in goods else "drop"
            if kind == EMAILS and column in goods:  # the file is no list of purchases, perhaps
                usual = "replace"
            findings.append(Finding(column, kind, share, chosen.get(column, usual)))
    if wrong := set(chosen) - {finding.column for finding in findings}:
        raise ShopDataError(
            f"No personal data was found in a column '{sorted(wrong)[0]}', so there is nothing to "
            "decide about it: leave it out of --personal."
        )
    apart = {*needed, roles.get("product")}
    if lost := next((f for f in findings if f.what == "drop" and f.column in apart), None):
        raise ShopDataError(
            f"Column '{lost.column}' tells customers, orders or products apart and cannot be "
            f"dropped: choose {' or '.join(PERSONAL[1:])} for it, or another column."
        )
    return tuple(findings)


def kind_of(column: Any, name: str, goods: bool = False) -> tuple[str, float]:
    """("e-mail addresses", share of the different cells), or ("", 0)."""
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_integer_dtype(column):
        return "", 0.0
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return "", 0.0
    _, text = codes_of(column.head(10 * LOOKED_AT))
    cells: list[str] = text.head(LOOKED_AT).tolist()
    for kind, fits, least in KINDS:
        if goods and kind == "names of persons":
            continue
        share = float(np.mean([fits(cell, name) for cell in cells])) if cells else 0.0
        if share >= least:
            return kind, share
    return "", 0.0


def is_email(cell: str, name: str) -> bool:
    return EMAIL.search(cell) is not None


def is_card(cell: str, name: str) -> bool:
    """13 to 19 digits whose last one checks the others (Luhn's formula, ISO/IEC 7812-1)."""
    if not CARD.fullmatch(cell):
        return False
    digits = [int(sign) for sign in reversed(cell) if sign.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_phone(cell: str, name: str) -> bool:
    """With the sign or the zero of a number that is dialled; or any, where the header says so."""
    if of_a_phone(name):
        return LOOSE_PHONE.fullmatch(cell) is not None
    separated = cell.startswith("+") or re.search(r"\d[ ()/-]+\d", cell) is not None
    dated = re.fullmatch(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}", cell)
    return bool(separated and not dated and PHONE.fullmatch(cell))


def is_person(cell: str, name: str) -> bool:
    """A name under a header that says so, or two words of which one is a usual first name."""
    if of_a_person(name):
        return any(sign.isalpha() for sign in cell) and not is_pseudonym(cell)
    words = re.split(r"[ ,]+", cell.casefold())
    return bool(NAME.fullmatch(cell)) and not FIRST_NAMES.isdisjoint(words)


# (what it is called, does a cell look like it, the share of a column's cells from which on it is)
KINDS: tuple[tuple[str, Callable[[str, str], bool], float], ...] = (
    (EMAILS, is_email, 0.05),
    ("card numbers", is_card, 0.5),
    ("phone numbers", is_phone, 0.3),
    ("names of persons", is_person, 0.3),
)


def cleaned(table: Table, findings: Iterable[Finding], key: bytes) -> Table:
    """The table without what is to be dropped, and with pseudonyms for what is to be replaced.

    Rows that do not fit the header have their cells in wrong columns, so in them whatever looks
    personal is blotted out, wherever it stands.
    """
    findings = tuple(findings)
    if all(finding.what == "keep" for finding in findings):
        return table
    frame, ragged = table.frame.copy(deep=False), table.ragged
    for finding in findings:
        if finding.what == "replace":
            frame[finding.column] = pseudonyms(frame[finding.column], key)
    dropped = [finding.column for finding in findings if finding.what == "drop"]
    others: Any = ragged.columns.difference(["row", "reason", "width"])
    ragged = ragged.assign(**{name: ragged[name].map(blotted) for name in others})
    return replace(table, frame=frame.drop(columns=dropped), ragged=ragged)


def pseudonyms(column: Any, key: bytes) -> pd.Categorical:
    """The same text (without case) always gets the same pseudonym; nobody gets back from it without
    the key. HMAC-SHA256 (RFC 2104), cut to 64 bits."""
    codes, text = codes_of(column)
    made = [pseudonym(cell, key) for cell in text.tolist()]
    again, distinct = pd.factorize(pd.Series(made, dtype="str"))
    return pd.Categorical.from_codes(np.append(again, -1)[codes], pd.Index(distinct))


def pseudonym(cell: str, key: bytes) -> str:
    """ "ada@example.com" -> "p" and 16 digits of its HMAC-SHA256."""
    return "p" + hmac.digest(key, cell.casefold().encode(), "sha256").hex()[:16]


def is_pseudonym(cell: str) -> bool:
    """What `pseudonym` writes; it is no personal data, and is never replaced again."""
    return PSEUDONYM.fullmatch(cell) is not None


def blotted(cell: Any) -> str:
    text = EMAIL.sub("(left out)", str(cell))
    personal = any(fits(text.strip(), "") for _, fits, _ in KINDS)
    return "(left out)" if personal else text


def key_in(folder: Path) -> bytes:
    """The folder's own key, made at the first call and readable by the server's user alone."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return bytes.fromhex(path.read_text())
