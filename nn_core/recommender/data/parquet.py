"""A Parquet file -> a frame, by columns and batches of rows, so that little is held twice."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from nn_core.recommender.data.buffers import Buffer
from nn_core.recommender.errors import ShopDataError

ROWS = 500_000
"""Rows of a column that are decoded at a time."""

TYPES: Any = pa.types


def as_text(cells: pa.Array) -> pa.Array:
    """Lists and other nested cells as their text."""
    return pa.array(cells.to_pandas().astype("str"), pa.string()).dictionary_encode()


def as_numbers(cells: pa.Array) -> pa.Array:
    return cells.cast(pa.float64())


def as_moments(cells: pa.Array) -> pa.Array:
    return cells.cast(pa.timestamp("us"))


def as_codes(cells: pa.Array) -> pa.Array:
    """Text as numbers into a table of different texts, as cells of a CSV are read too."""
    return cells if TYPES.is_dictionary(cells.type) else cells.dictionary_encode()


# What pandas would hold as an object for each cell, and what takes its place.
INSTEAD: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (TYPES.is_nested, as_text),
    (TYPES.is_decimal, as_numbers),
    (TYPES.is_date, as_moments),
    (lambda kind: is_words(kind) or TYPES.is_dictionary(kind), as_codes),
)


def is_words(kind: pa.DataType) -> bool:
    return TYPES.is_string(kind) or TYPES.is_large_string(kind)


def parquet_frame(data: Buffer, name: str) -> pd.DataFrame:
    """Typed columns stay typed. ShopDataError where the file is damaged or holds no purchases."""
    try:
        source = pa.BufferReader(pa.py_buffer(data))
        schema: pa.Schema = parquet.read_schema(source)
        words = [field.name for field in schema if is_words(field.type)]
        file = parquet.ParquetFile(source, read_dictionary=words)
        refuse_no_table(file, name)
        columns = {field.name: column_of(file, field.name) for field in schema}
        return pd.DataFrame(columns, copy=False)
    except (pa.ArrowException, OSError) as error:
        raise ShopDataError(
            f"{name} is a damaged Parquet file ({str(error).splitlines()[0][:120]}): "
            "write or download it again."
        ) from error


def refuse_no_table(file: Any, name: str) -> None:
    columns, rows = len(file.schema_arrow), file.metadata.num_rows
    if columns < 2:
        raise ShopDataError(f"{name} has {columns} column(s), and customer and product need two.")
    if not rows:
        raise ShopDataError(f"{name} has columns but no rows: choose a file with purchases in it.")


def column_of(file: Any, name: str) -> pd.Series:
    """One column of all row groups."""
    parts = [tidy(batch.column(0)) for batch in file.iter_batches(ROWS, columns=[name])]
    return pa.chunked_array(parts).to_pandas()


def tidy(cells: pa.Array) -> pa.Array:
    for fits, change in INSTEAD:
        if fits(cells.type):
            return change(cells)
    return cells
