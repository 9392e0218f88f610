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
import pandas as pd
import pyarrow as pa
import pyarrow.compute
from pyarrow import parquet

from nn_core.recommender.data.identifiers import tidied
from nn_core.recommender.forgetting.left_out import places

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


Sought = frozenset[str]
"""What files may call the customer, each name tidied."""


def sought(*names: str) -> Sought:
    return frozenset(tidied(name) for name in names)


def look(folder: Path, names: Sought) -> list[Place]:
    """Every file below the folder, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [look_into(path, str(path.relative_to(folder)), names) for path in files]


def look_into(path: Path, name: str, names: Sought) -> Place:
    data = path.read_bytes()
    how, read = NAMED.get(path.name) or READERS.get(path.suffix, ("as text", as_text))
    found = read(path, names)
    if path.suffix not in WHOLE:
        found = max(found, in_bytes(data, names))
    elif path.suffix != ".npy":  # numbers hold any bytes
        found = found or in_bytes(data, names)
    found += in_bytes(name.encode(), names)
    return Place(name, found, how, hashlib.sha256(data).hexdigest())


def in_bytes(data: bytes, names: Sought) -> int:
    """How often an id stands there as a word of its own; "K7" in "K7.0" too."""
    told = sorted((name for name in names if len(name) >= TELLING), key=len, reverse=True)
    if not told:
        return 0
    word = b"|".join(re.escape(name.encode()) for name in told)
    return len(re.findall(rb"(?<![A-Za-z0-9])(?:" + word + rb")(?![A-Za-z0-9])", data))


def as_text(path: Path, names: Sought) -> int:
    """Cells of a line, between commas, quotes or blanks."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return sum(tidied(cell) in names for cell in re.split(r"[\s,;\"']+", text))


def in_table(path: Path, names: Sought) -> int:
    """Cells of all text columns."""
    return sum(in_column(column, names) for column in parquet.read_table(path).columns)


def in_column(column: Any, names: Sought) -> int:
    """Cells. Of a coded column whose values list the id, though no cell has it, that is one: each
    part of a file repeats the list, so it is not counted beside cells."""
    if not pa.types.is_dictionary(column.type):
        return sum(count(is_one(chunk, names)) for chunk in column.chunks if is_text(chunk.type))
    listed = cells = 0
    for chunk in column.chunks:
        if is_text(chunk.dictionary.type):
            named = is_one(chunk.dictionary, names)
            listed = max(listed, count(named))
            cells += count(named.take(chunk.indices))
    return cells or listed


def is_text(kind: Any) -> bool:
    return str(kind) in ("string", "large_string", "string_view")


def is_one(values: Any, names: Sought) -> Any:
    """(N,) text -> (N,) whether it is one of the names, once it is tidied as they are."""
    text = pc.replace_substring_regex(pc.utf8_trim_whitespace(values), r"\.0+$", "")
    return pc.is_in(text, value_set=pa.array(sorted(names), type=text.type))


def count(found: Any) -> int:
    return int(pc.sum(found).as_py() or 0)


def in_set_aside(path: Path, names: Sought) -> int:
    """Of rows as they were read. A short id reads like a count or a price there, so it is looked
    for only where a row may name its customer."""
    if not (path.parent / "about.json").exists():
        return in_table(path, names)
    short = [name for name in names if len(name) < TELLING]
    cells = sum(int(cells.isin(short).sum()) for cells in cells_aside(path.parent)) if short else 0
    return cells + in_table(path, names.difference(short))


def cells_aside(folder: Path) -> list[pd.Series]:
    """(N,) each: where the rows set aside of stored purchases may name somebody."""
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    aside: Any = pd.read_parquet(folder / "set_aside.parquet")
    return places(aside.set_axis(about["set_aside_titles"], axis=1), about["columns"]["customer"])


def in_json(path: Path, names: Sought) -> int:
    return in_tree(json.loads(path.read_text(encoding="utf-8")), names)


def in_tree(value: Any, names: Sought) -> int:
    """Names and values of an object, values of a list, all the way down."""
    if isinstance(value, dict):
        tree = cast("dict[str, Any]", value)
        own = sum(tidied(name) in names for name in tree)
        return own + sum(in_tree(one, names) for one in tree.values())
    if isinstance(value, list):
        return sum(in_tree(one, names) for one in cast("list[Any]", value))
    return int(isinstance(value, str) and tidied(value) in names)


def in_zip(path: Path, names: Sought) -> int:
    """What lies in it, each file in its own way: packed, no id could be seen."""
    with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory() as unpacked:
        packed.extractall(unpacked)
        return sum(place.found for place in look(Path(unpacked), names))


def in_numbers(path: Path, names: Sought) -> int:
    """Numbers name nobody: whose they are, only the catalogue beside them tells."""
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    return int(np.isin(array, sorted(names)).sum()) if array.dtype.kind in "US" else 0


READERS: dict[str, tuple[str, Callable[[Path, Sought], int]]] = {
    ".parquet": ("cell by cell", in_table),
    ".json": ("value by value", in_json),
    ".npy": ("numbers only", in_numbers),
    ".zip": ("unpacked, file by file", in_zip),
}
NAMED = {"set_aside.parquet": ("cell by cell", in_set_aside)}
WHOLE = (".parquet", ".npy")
"""Files whose cells are all there is; what else stands in their bytes repeats a cell's value."""
