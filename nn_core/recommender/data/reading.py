"""A file from a shop -> Table. Every way in which it can be unreadable is one clear sentence."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from nn_core.recommender.data.buffers import Buffer, mapped
from nn_core.recommender.data.delimited import parse
from nn_core.recommender.data.encodings import to_utf8
from nn_core.recommender.data.kinds import is_parquet, refuse_other_kinds, unpacked
from nn_core.recommender.data.parquet import parquet_frame
from nn_core.recommender.errors import ShopDataError

UPLOAD_LIMIT = 1_000_000_000  # bytes of a file, as it is sent
TEXT_LIMIT = 2_000_000_000  # bytes of its text, unpacked


@dataclass(frozen=True)
class Table:
    """A file as it was read: cells are text (CSV) or typed (Parquet), nothing interpreted yet."""

    name: str
    frame: pd.DataFrame  # rows that fit the header; the index is the row in the file from 0
    ragged: pd.DataFrame  # rows that do not: row, reason, cells
    format: str
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.frame) + len(self.ragged)


def read_table(
    source: str | Path | bytes, name: str | None = None, limit: int = UPLOAD_LIMIT
) -> Table:
    """A path, or the bytes of a file: .csv, .csv.gz or .parquet, recognised by content."""
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
    refuse_other_kinds(data, name)
    text, encoding = to_utf8(data, name)
    parsed = parse(text, name)
    shape = f"CSV, {encoding}, separated by {parsed.separator}"
    return Table(name, parsed.frame, parsed.ragged, shape, parsed.notes)


def no_ragged(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(columns=["row", "reason", *frame.columns])


def bytes_of(path: Path) -> Buffer:
    try:
        return mapped(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ShopDataError(f"{path} cannot be opened ({reason}): check the path.") from error
