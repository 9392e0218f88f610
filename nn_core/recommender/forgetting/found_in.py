"""How often a customer stands in what was read from a file, and in the file itself."""

from __future__ import annotations

import gzip
import json
import mmap
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from nn_core.recommender.data.buffers import mapped
from nn_core.recommender.data.identifiers import tidied
from nn_core.recommender.data.workbook import OLD, is_workbook, sheet_of
from nn_core.recommender.forgetting.places import (
    cells_aside,
    in_table,
    in_tree,
    look,
    look_into,
    sought,
)
from nn_core.recommender.forgetting.words import words_in

PURCHASES, ASIDE, PEOPLE = "purchases", "rows set aside", "rows of the customer table"
FILE = "places of the file itself"
LISTED = "mismatches of a second file"
UNREAD = "damaged files, which can be searched only in part"
ONE = {
    PURCHASES: "purchase",
    ASIDE: "row set aside",
    PEOPLE: "row of the customer table",
    FILE: "place of the file itself",
    LISTED: "mismatch of a second file",
    UNREAD: "damaged file, which can be searched only in part",
}
DAMAGED = (OSError, EOFError, ValueError, zlib.error, pa.ArrowException)
BLOCK = 1 << 24


def in_purchases(folder: Path, customer: str) -> dict[str, int]:
    """folder: what `store` wrote -> {where: how often}, only where the customer is; with the second
    file that a run is judged on."""
    counts: Counter[str] = Counter()
    for part in parts_of(folder):
        counts[PURCHASES] += named(part / "purchases.parquet", customer)
        counts[ASIDE] += set_aside(part, customer)
        counts[PEOPLE] += indexed(part / "people.parquet", customer)
    return {where: count for where, count in counts.items() if count}


def parts_of(folder: Path) -> list[Path]:
    return [part for part in (folder, folder / "test") if (part / "about.json").exists()]


def named(file: Path, customer: str) -> int:
    column: Any = pd.read_parquet(file, columns=["customer"])["customer"]
    return int((column == customer).sum()) if customer in column.cat.categories else 0


def set_aside(folder: Path, customer: str) -> int:
    """Rows that name the customer in their column, or in any where they do not fit the header."""
    columns = [(cells == tidied(customer)).to_numpy() for cells in cells_aside(folder)]
    return int(np.logical_or.reduce(columns).sum()) if columns else 0


def everybody_in(folder: Path) -> set[str]:
    """folder: what `store` wrote -> whoever has a row there, kept or set aside, or of customers."""
    found: set[str] = set()
    for part in parts_of(folder):
        column: Any = pd.read_parquet(part / "purchases.parquet", columns=["customer"])["customer"]
        aside: list[Any] = cells_aside(part)
        found.update(column.cat.categories, *aside, people_in(part / "people.parquet"))
    return found


def remove_older(folder: Path, asked: list[str]) -> None:
    """folder: an upload as it was read just now. What was read from it under another list of who
    was forgotten (asked: its state) goes, for it may name somebody who is on the list now."""
    for other in folder.parent.iterdir():
        report = other / "report.json"
        if other == folder or not report.exists():
            continue
        if json.loads(report.read_text(encoding="utf-8")).get("asked", []) != asked:
            shutil.rmtree(other)


def indexed(file: Path, customer: str) -> int:
    return people_in(file).count(customer)


def people_in(file: Path) -> list[str]:
    """Whoever stands in a customer table."""
    return [*map(str, pd.read_parquet(file, columns=[]).index)] if file.exists() else []


def in_file(source: Path, customer: str) -> dict[str, int]:
    """As a word of its own in a text file, packed or not; as a cell in a table. A short id stands
    in any text by chance: there only what was read from the file tells. A file that is damaged is
    searched as the bytes that it is, and counted as such."""
    if not source.exists() or not source.stat().st_size:
        return {}
    try:
        counts = {FILE: how_it_is_read(source)(source, customer)}
    except DAMAGED:
        counts = {FILE: 0 if source.is_dir() else in_text(source, customer), UNREAD: 1}
    return {where: count for where, count in counts.items() if count}


def how_it_is_read(source: Path) -> Callable[[Path, str], int]:
    if source.is_dir():
        return in_folder
    with source.open("rb") as file:
        start = file.read(4)
    return next((how for magic, how in PACKED.items() if start.startswith(magic)), in_text)


def in_folder(source: Path, customer: str) -> int:
    """Of a table without what was personal, in the file's place."""
    return sum(place.found for place in look(source, sought(customer)))


def in_parquet(source: Path, customer: str) -> int:
    return in_table(source, sought(customer))


def in_text(source: Path, customer: str) -> int:
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return words_in(text, customer)


def in_gzip(source: Path, customer: str) -> int:
    with gzip.open(source) as file:
        return sum(words_in(block, customer) for block in blocks(file))


def blocks(file: Any) -> Iterator[bytes]:
    """Pieces that end with a line, so that no word is cut."""
    left = b""
    while piece := file.read(BLOCK):
        whole, newline, left = (left + piece).rpartition(b"\n")
        yield whole + newline
    yield left


def in_lists(reading: Path, customer: str) -> int:
    """Among the mismatches of a table of customers; as long as a person is to decide about personal
    data only examples of them stand in the report."""
    listed, report = reading / "customer_mismatches.csv", reading / "report.json"
    if listed.exists():
        return look_into(listed, "", sought(customer)).found
    told: Any = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    joins = [join["examples"] for join in told.get("joins", []) if join["of"] == "customer"]
    return in_tree(joins, sought(customer))


def in_workbook(source: Path, customer: str) -> int:
    """In all sheets, those too that nobody reads. Any other zip is searched as its bytes."""
    data = mapped(source)
    if not is_workbook(data):
        return words_in(data, customer)
    first = sheet_of(data, source.name, None)
    rest = (sheet_of(data, source.name, name) for name in first.names if name != first.name)
    return sum(words_in(sheet.text, customer) for sheet in (first, *rest))


PACKED: dict[bytes, Callable[[Path, str], int]] = {
    b"PAR1": in_parquet,
    b"\x1f\x8b": in_gzip,
    b"PK\x03\x04": in_workbook,
    OLD: in_workbook,
}
"""How a file begins that is no plain text -> how it is searched."""
