"""Lines above the header of a text file: a report's title, "from ... to ...", an empty line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nn_core.recommender.data.buffers import Buffer
from nn_core.recommender.plural import number_of

LOOKED_AT = 200_000  # bytes
MOST_LINES = 30  # more of them are no heading but another table
NUMBER = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/ -]*[%€$£]?")


@dataclass(frozen=True)
class Above:
    """start: the byte at which the header's line begins; lines: how many are above it; title: the
    first text in them; seems: the line that looks like the header, where that cannot be decided."""

    start: int = 0
    lines: int = 0
    title: str = ""
    seems: int | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        if not self.lines:
            return ()
        were = "was" if self.lines == 1 else "were"
        said = f" ('{self.title[:60]}')" if self.title else ""
        return (f"{number_of(self.lines, 'line')} above the header {were} skipped{said}.",)

    @property
    def hint(self) -> str:
        """For an error."""
        if self.seems is None:
            return ""
        return (
            f" The header seems to stand in line {self.seems}: if it does, delete the lines above."
        )


def above_header(data: Buffer, delimiter: str) -> Above:
    """Leading rows with fewer cells than most rows have are skipped, if what follows is a header
    above cells of another kind, and none of them may be the header itself."""
    text = data[:LOOKED_AT].decode("utf-8", errors="ignore")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    begins: list[int] = []  # lines above each row
    line = 0
    for row in reader:
        if any(row):
            rows.append([cell.strip() for cell in row])
            begins.append(line)
        line = reader.line_num
        if len(rows) == 200:
            break
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    lead = next((place for place, row in enumerate(rows) if filled(row) >= width), 0)
    if width < 2 or not 0 < lead <= MOST_LINES:
        return Above()
    header, below = rows[lead], [row for row in rows[lead + 1 :] if len(row) == width]
    if any(map(NUMBER.fullmatch, header)):
        return Above()
    if any(map(may_be_header, rows[:lead])) or not of_another_kind(header, below):
        return Above(seems=begins[lead] + 1)
    lines = io.StringIO(text, newline="")
    start = sum(len(next(lines).encode()) for _ in range(begins[lead]))
    return Above(start, begins[lead], next(filter(None, rows[0]), ""))


def filled(row: Sequence[str]) -> int:
    """Cells up to the last one that holds something: a spreadsheet adds empty ones to a title."""
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


def may_be_header(row: Sequence[str]) -> bool:
    """Two titles or more and no number: then it is the rows below that are too long."""
    return sum(map(bool, row)) > 1 and not any(map(NUMBER.fullmatch, row))


def of_another_kind(header: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether digits stand in most cells of a column whose title has none."""
    return any(
        not re.search(r"\d", title)
        and sum(bool(re.search(r"\d", row[place])) for row in below) > len(below) / 2
        for place, title in enumerate(header)
    )
