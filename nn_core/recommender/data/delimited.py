"""UTF-8 text of a delimited file -> a frame of text cells, and the rows that do not fit it."""

import csv
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from nn_core.recommender.data.above import above_header
from nn_core.recommender.data.buffers import Buffer, blocks, count, has
from nn_core.recommender.data.delimiter import LONGEST, cut_by_tabs, first_rows, sniff
from nn_core.recommender.data.faults import REASONS
from nn_core.recommender.errors import ShopDataError

BLOCK = 4 * LONGEST  # bytes a parsing thread takes at a time; no row may be longer


@dataclass(frozen=True)
class Delimited:
    """A parsed text file: frame (text cells, index = row of the file from 0) and ragged rows."""

    frame: pd.DataFrame
    ragged: pd.DataFrame
    separator: str  # in words
    notes: tuple[str, ...]


def parse(data: Buffer, name: str) -> Delimited:
    """ShopDataError where the text is empty, has no rows, one column, or a cell without end."""
    if data[:4].lower() == b"sep=":  # a line that Excel writes and reads to name its delimiter
        data = data[data.find(b"\n") + 1 :]
    if not any(block.strip() for block in blocks(data)):
        raise ShopDataError(f"{name} is empty: choose a file with a header and rows.")
    refuse_long_lines(data, name)
    data, delimiter, separator = cut_by_tabs(data, sniff(data))
    above = above_header(data, delimiter)
    top = data[above.start : above.start + BLOCK]
    header, notes = tidy_header(first_rows(top, delimiter, 1)[0])
    if len(header) < 2:
        raise ShopDataError(
            f"{name} has one column ('{header[0][:40]}'), and two are needed, customer and "
            f"product: separate columns by comma, semicolon, tab or vertical bar.{above.hint}"
        )
    table, ragged = parse_rows(data, name, delimiter, header, above.start)
    if not table.num_rows and not len(ragged):
        raise ShopDataError(f"{name} has a header but no rows: choose a file with purchases in it.")
    if not table.num_rows:
        raise ShopDataError(
            f"In {name} no row has as many cells as the header ({len(header)}); row 1 has "
            f"{ragged_width(ragged)}: the first line must name every "
            f"column, and every line have as many cells.{above.hint}"
        )
    if (count(data, b'"') - data[: above.start].count(b'"')) % 2:
        refuse_open_quote(table, name)
    frame = table.to_pandas(split_blocks=True)
    if len(ragged):
        total = np.arange(table.num_rows + len(ragged))
        frame.index = pd.Index(np.delete(total, ragged["row"].to_numpy(dtype=int) - 1))
    return Delimited(frame, ragged.drop(columns="width"), separator, (*above.notes, *notes))


def refuse_long_lines(data: Buffer, name: str) -> None:
    """ShopDataError that names the first line longer than any real row."""
    before, lines = 0, 0  # bytes of the line that a block begins in, and lines that ended
    for block in (*blocks(data), b"\n"):
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n"))
        lengths = np.diff(np.concatenate([[-1 - before], ends]))
        long = lengths[lengths > LONGEST]
        if len(long) and (not has(data, b"\r") or has(data, b"\n")):
            line = lines + int(np.argmax(lengths > LONGEST)) + 1
            raise ShopDataError(
                f"Line {line:,} of {name} is {long[0] / 1e6:,.0f} MB long, and a row may have "
                f"{LONGEST / 1e6:.0f} MB: look there for a line break that was lost, or a cell "
                "that holds a whole file."
            )
        lines += len(ends)
        before = len(block) - 1 - int(ends[-1]) if len(ends) else before + len(block)


def tidy_header(cells: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Names without blanks around them, each once; nameless columns are called by their place."""
    names: list[str] = []
    notes: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = wanted = cell.strip() or f"column {place}"
        while name in names:
            name = f"{wanted} ({place})"
            place += 1
        if name != wanted:
            notes.append(f"Two columns are called '{wanted}'; the later one is shown as '{name}'.")
        names.append(name)
    if all(name.replace(".", "", 1).isdigit() for name in names):
        raise ShopDataError(
            f"The first line holds numbers ({', '.join(names)[:60]}) where the names of the "
            "columns belong: add a header line, for instance customer,product."
        )
    return names, tuple(notes)


def parse_rows(
    data: Buffer, name: str, delimiter: str, header: list[str], start: int
) -> tuple[pa.Table, pd.DataFrame]:
    """(rows that fit the header, rows that do not). start: the header's first byte.

    The parser counts rows only in one thread, so the fast way is tried first."""
    bad: list[arrow_csv.InvalidRow] = []
    quoted = has(data, b'"')
    # Text as numbers into a table of different texts: no cell becomes an object of its own.
    cell = pa.dictionary(pa.int32(), pa.string())

    def collect(row: arrow_csv.InvalidRow) -> str:
        bad.append(row)
        return "skip"

    def read(threads: bool) -> pa.Table:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            arrow_csv.ReadOptions(
                column_names=header,
                skip_rows_after_names=1,
                block_size=BLOCK,
                use_threads=threads,
            ),
            arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=quoted,
                invalid_row_handler=None if threads else collect,
            ),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(header, cell)),
        )

    try:
        return read(threads=True), ragged_rows([], delimiter, header)
    except pa.ArrowInvalid:
        bad.clear()
    try:
        return read(threads=False), ragged_rows(bad, delimiter, header)
    except pa.ArrowInvalid as error:
        raise ShopDataError(
            f"{name} cannot be read as a table ({str(error).splitlines()[0][:120]}): look for a "
            "quotation mark that is opened and never closed."
        ) from error


def ragged_rows(bad: list[arrow_csv.InvalidRow], delimiter: str, header: list[str]) -> pd.DataFrame:
    """Rows with too many or too few cells, as far as they fit under the header; what is over
    stands in a last column."""
    over = "beyond the header"
    records: list[dict[str, object]] = []
    for row in bad:
        cells = next(csv.reader([row.text], delimiter=delimiter), [])
        record: dict[str, object] = {"row": row.number - 1, "reason": REASONS["ragged"]}
        record |= dict.fromkeys(header, "") | dict(zip(header, cells))
        record["width"] = row.actual_columns
        record[over] = delimiter.join(cells[len(header) :])
        records.append(record)
    first = ["row", "reason", *header]
    last = [over] if any(record[over] for record in records) else []
    return pd.DataFrame(records, columns=[*first, *last, "width"])


def ragged_width(ragged: pd.DataFrame) -> int:
    return int(ragged["width"].iloc[0])


def refuse_open_quote(table: pa.Table, name: str) -> None:
    """Of text with an odd number of quotation marks: ShopDataError if a cell swallowed lines
    because its own is never closed."""
    for column in table.column_names:
        cells = table[column].cast(pa.string())
        found = pc.call_function("match_substring", [cells], pc.MatchSubstringOptions("\n"))
        for row in np.flatnonzero(found.to_numpy())[-1:]:
            raise ShopDataError(
                f"In row {row + 1:,} of {name}, column '{column}', a quotation mark is opened and "
                "not closed, so that the cell runs on over several lines: close or remove it."
            )
