"""Somebody's own table as text: what the file of a run carries of it, each number to the bit."""

import base64
import binascii
import json
import zlib
from dataclasses import replace
from typing import Any

import numpy as np

from nn_core.live.table import Table, losses_of

# What it may grow to when it is unpacked, in bytes, and how long a name in it may be.
MOST, LONGEST = 2_000_000, 200
MOST_ROWS = 5_000
BROKEN = "The table in this file is damaged or from another version; upload its CSV instead."


def packed(table: Table) -> str:
    """The rows as the file had them, which columns they are, and what the map shows of them."""
    plain = {
        "columns": table.columns,
        "answer": table.answer,
        "classes": table.classes,
        "rows": base64.b64encode(table.table.tobytes()).decode(),
        "plane": table.plane,
        "told": table.told,
        "cut": table.fixed,
    }
    text = json.dumps(plain, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def about(table: Table) -> dict[str, Any]:
    """What a reader of the file wants to know: what is in it, and how the run scales it."""
    names = [*table.columns, table.answer]
    scaled = {name: [float(c), float(s)] for name, c, s in zip(names, *table.scaling)}
    return {"answer": table.answer, "rows": len(table.table), "mean and deviation": scaled}


def unpacked(text: str) -> dict[str, Any]:
    """The fields of `Table` that `packed` was given. Raises ValueError on anything else."""
    try:
        data = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text), MOST)
        plain: dict[str, Any] = json.loads(data)
        found: dict[str, Any] = {
            "columns": names(plain["columns"]),
            "answer": names([plain["answer"]])[0],
            "classes": names(plain["classes"]),
            "rows": base64.b64decode(plain["rows"], validate=True),
            "plane": (int(plain["plane"][0]), int(plain["plane"][1])),
            "told": int(plain["told"]),
            "cut": int(plain.get("cut", 0)),  # a file of before draws its test rows
        }
        check(Table(**found))
    except (KeyError, TypeError, ValueError, IndexError, zlib.error, binascii.Error) as error:
        raise ValueError(BROKEN) from error
    return found


def names(values: Any) -> tuple[str, ...]:
    """Short texts. Raises ValueError on anything else."""
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise ValueError("Names are texts.")
    return tuple(str(value)[:LONGEST] for value in values)


def check(table: Table) -> None:
    """Raises ValueError on a table that no file could have given."""
    replace(table, loss=losses_of(len(table.classes))[0]).check()
    rows, classes = table.table, len(table.classes)
    whole = len(rows) <= MOST_ROWS and bool(np.isfinite(rows).all())
    inside = len(set(table.plane)) == 2 and 0 <= min(table.plane) <= max(table.plane)
    shown = max(table.plane) < len(table.columns) and (not classes or 0 <= table.told < classes)
    parted = 0 <= table.cut < len(rows)
    known = not classes or bool(np.isin(rows[:, -1], np.arange(classes)).all())
    if not (whole and inside and shown and known and parted):
        raise ValueError("The parts of the table do not fit each other.")
