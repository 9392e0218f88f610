"""A file from a shop -> Table. Every way in which it can be unreadable is one clear sentence."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from nn_core.recommender.data.buffers import Buffer, mapped
from nn_core.recommender.data.delimited import parse
from nn_core.recommender.data.encodings import to_utf8
from nn_core.recommender.data.kinds import is_parquet, refuse_other_kinds, unpacked
from nn_core.recommender.data.parquet import parquet_frame
from nn_core.recommender.data.workbook import Sheet, is_workbook, sheet_of
from nn_core.recommender.errors import ShopDataError

UPLOAD_LIMIT = 1_000_000_000  # bytes of a file, as it is sent
TEXT_LIMIT = 2_000_000_000  # bytes of its text, unpacked


@dataclass(frozen=True)
class Table:
    """A file as it was read: cells are text, or typed (Parquet), and nothing is interpreted yet."""

    name: str
    frame: pd.DataFrame  # rows that fit the header; the index is the row in the file from 0
    ragged: pd.DataFrame  # rows that do not: row, reason, cells
    format: str
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()  # of a workbook, that which was read first

    @property
    def rows(self) -> int:
        return len(self.frame) + len(self.ragged)


def read_table(
    source: str | Path | bytes,
    name: str | None = None,
    limit: int = UPLOAD_LIMIT,
    sheet: str | None = None,
) -> Table:
    """A path, or the bytes of a file: .csv, .csv.gz, .parquet or a workbook (.xlsx, .xls, .xlsb,
    .ods), recognised by content. sheet: of a workbook, None for the one with most cells."""
    if isinstance(source, bytes):
        data: Buffer = source
        name = name or "The file"
    else:
        data, name = bytes_of(Path(source)), name or Path(source).name
    if len(data) > limit:
        raise ShopDataError(
            f"{name} has {len(data):,} bytes and the limit is {limit:,}: compress "
            "it (.csv.gz), or leave out columns and years that are not needed."
        )
    data = unpacked(data, name, TEXT_LIMIT)
    if is_parquet(data):
        frame = parquet_frame(data, name)
        return Table(name, frame, no_ragged(frame), "Parquet")
    if is_workbook(data):
        return from_sheet(sheet_of(data, name, sheet), name)
    refuse_other_kinds(data, name)
    text, encoding = to_utf8(data, name)
    parsed = parse(text, name)
    shape = f"CSV, {encoding}, separated by {parsed.separator}"
    return Table(name, parsed.frame, parsed.ragged, shape, parsed.notes)


def from_sheet(sheet: Sheet, name: str) -> Table:
    """Cells as in a CSV: text, which whoever reads a column takes for numbers or dates."""
    parsed = parse(sheet.text, f"{name}, sheet '{sheet.name}',")
    others = tuple(one for one in sheet.names if one != sheet.name)
    notes = (*sheet.notes(), *parsed.notes)
    shape = f"workbook, sheet '{sheet.name}'"
    return Table(name, parsed.frame, parsed.ragged, shape, notes, (sheet.name, *others))


def no_ragged(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(columns=["row", "reason", *frame.columns])


def bytes_of(path: Path) -> Buffer:
    try:
        return mapped(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ShopDataError(f"{path} cannot be opened ({reason}): check the path.") from error
