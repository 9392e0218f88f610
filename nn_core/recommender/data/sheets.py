"""In a process of its own: python -m nn_core.recommender.data.sheets WORKBOOK CSV SHEET

writes a sheet as CSV and prints one JSON object: `sheet`, `sheets`, `above`, or `error`, the rest
of a sentence that begins with the file's name. SHEET is JSON, null for the sheet with most cells.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

MEMORY = 4_000_000_000  # bytes
SECONDS = 300  # of the processor
LOOKED_AT = 20  # rows, among which the header stands
Row = list[Any]


def main(source: str, target: str, wanted: str | None) -> dict[str, Any]:
    import python_calamine as calamine

    try:
        with Path(source).open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            return written(book, target, wanted)
    except calamine.PasswordError:
        return {"error": "is locked by a password: save it without one, or as CSV."}
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError) as error:
        words = " ".join(str(error).split())[:120]
        return {
            "error": f"is a damaged workbook, or none that can be read ({words}): open it in a "
            "spreadsheet and save it again, or as CSV."
        }


def written(book: Any, target: str, wanted: str | None) -> dict[str, Any]:
    names: list[str] = book.sheet_names
    if wanted is not None and wanted not in names:
        there = ", ".join(f"'{name}'" for name in names)
        return {"error": f"has no sheet '{wanted}'; it has {there}. Choose one of these."}
    sheet = book.get_sheet_by_name(wanted if wanted is not None else largest(book, names))
    rows: Iterator[Row] = iter(sheet.iter_rows())
    first = list(itertools.islice(rows, LOOKED_AT))
    above = header_of(first)
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerows(as_text(itertools.chain(first[above:], rows)))
    return {"sheet": sheet.name, "sheets": names, "above": above}


def largest(book: Any, names: list[str]) -> str:
    """The sheet with most cells; where there is one, it is not read for that."""
    if len(names) == 1:
        return names[0]

    def cells(name: str) -> int:
        sheet = book.get_sheet_by_name(name)
        return sheet.height * sheet.width

    return max(names, key=cells) if names else ""


def header_of(first: list[Row]) -> int:
    """How many rows stand above the header: titles, which fill less than half as many cells as the
    widest row does."""
    filled = [sum(cell != "" for cell in row) for row in first]
    widest = max(filled, default=0)
    wide = (place for place, count in enumerate(filled) if 2 * count > widest and count > 1)
    return next(wide, 0)


def as_text(rows: Iterable[Row]) -> Iterator[list[str]]:
    """Cells as text. Rows without any cell count, as their numbers do, but for those at the end."""
    empty = 0
    for row in rows:
        cells = [said(cell) for cell in row]
        if not any(map(str.strip, cells)):
            empty += 1
            continue
        yield from itertools.repeat([""] * len(cells), empty)
        empty = 0
        yield cells


def said(cell: Any) -> str:
    """17850.0 -> "17850", 2.55 -> "2.55", a date as ISO 8601, text as it is."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return f"{cell:.15g}" if abs(cell) < 1e15 else f"{cell:.0f}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return f"{cell / timedelta(hours=1):g} h" if isinstance(cell, timedelta) else str(cell)


def bounded() -> None:
    """So that no file can take more; where the system knows no such bound, there is none."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    bounded()
    print(json.dumps(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
