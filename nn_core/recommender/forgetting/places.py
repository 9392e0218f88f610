"""Where a customer's id stands in a folder: every file is looked into, in the way it is written."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow.compute
from pyarrow import parquet

pc: Any = pyarrow.compute

TELLING = 4
"""Letters. A shorter id stands in any file of bytes by chance, so there only its cells count."""


@dataclass(frozen=True)
class Place:
    """A file, how often the id stands in it, how it was looked into, and the file's SHA-256."""

    file: str
    found: int
    how: str
    sha256: str


def look(folder: Path, customer: str) -> list[Place]:
    """Every file below the folder, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [look_into(path, str(path.relative_to(folder)), customer) for path in files]


def look_into(path: Path, name: str, customer: str) -> Place:
    how, read = READERS.get(path.suffix, ("as text", as_text))
    data = path.read_bytes()
    found = read(path, customer)
    if path.suffix != ".npy":
        found = max(found, in_bytes(data, customer))
    found += in_bytes(name.encode(), customer)
    return Place(name, found, how, hashlib.sha256(data).hexdigest())


def in_bytes(data: bytes, customer: str) -> int:
    """How often the id stands there as a word of its own."""
    if len(customer) < TELLING:
        return 0
    word = re.escape(customer.encode())
    return len(re.findall(rb"(?<![A-Za-z0-9])" + word + rb"(?![A-Za-z0-9])", data))


def as_text(path: Path, customer: str) -> int:
    """Cells of a line, between commas, quotes or blanks."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return sum(cell == customer for cell in re.split(r"[\s,;\"']+", text))


def in_table(path: Path, customer: str) -> int:
    """Cells of all text columns; of coded ones also what a code could stand for."""
    found = 0
    for column in parquet.read_table(path).columns:
        for chunk in column.chunks:
            values: Any = chunk.dictionary if hasattr(chunk, "dictionary") else None
            if values is not None and str(values.type) in ("string", "large_string"):
                listed = int(pc.sum(pc.equal(values, customer)).as_py() or 0)
                cells = pc.equal(chunk.dictionary_decode(), customer) if listed else None
                found += max(listed, int(pc.sum(cells).as_py() or 0) if listed else 0)
            elif str(chunk.type) in ("string", "large_string"):
                found += int(pc.sum(pc.equal(chunk, customer)).as_py() or 0)
    return found


def in_json(path: Path, customer: str) -> int:
    return in_tree(json.loads(path.read_text(encoding="utf-8")), customer)


def in_tree(value: Any, customer: str) -> int:
    """Names and values of an object, values of a list, all the way down."""
    if isinstance(value, dict):
        tree = cast("dict[str, Any]", value)
        own = sum(name == customer for name in tree)
        return own + sum(in_tree(one, customer) for one in tree.values())
    if isinstance(value, list):
        return sum(in_tree(one, customer) for one in cast("list[Any]", value))
    return int(value == customer)


def in_zip(path: Path, customer: str) -> int:
    """What lies in it, each file in its own way: packed, no id could be seen."""
    with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory() as unpacked:
        packed.extractall(unpacked)
        return sum(place.found for place in look(Path(unpacked), customer))


def in_numbers(path: Path, customer: str) -> int:
    """Numbers name nobody: whose they are, only the catalogue beside them tells."""
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    return int((array == customer).sum()) if array.dtype.kind in "US" else 0


READERS: dict[str, tuple[str, Callable[[Path, str], int]]] = {
    ".parquet": ("cell by cell", in_table),
    ".json": ("value by value", in_json),
    ".npy": ("numbers only", in_numbers),
    ".zip": ("unpacked, file by file", in_zip),
}
