"""What kind of file this is, by its first bytes: text, Parquet, gzip, or no table at all."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, cast

from nn_core.recommender.data.buffers import BLOCK, Buffer, set_down
from nn_core.recommender.errors import ShopDataError

# (first bytes, what the file is, what to do instead)
NOT_A_TABLE = (
    (b"\x89PNG", "a PNG picture", "export the table behind it as CSV"),
    (b"\xff\xd8\xff", "a JPEG picture", "export the table behind it as CSV"),
    (b"GIF8", "a GIF picture", "export the table behind it as CSV"),
    (b"%PDF", "a PDF document", "export the table behind it as CSV"),
    (b"PK\x03\x04", "a zip archive", "unpack it and choose the CSV inside"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and choose the CSV inside"),
    (b"Rar!", "a RAR archive", "unpack it and choose the CSV inside"),
    (b"BZh", "a bzip2 archive", "unpack it and choose the CSV inside"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it and choose the CSV inside"),
    (b"SQLite format 3", "an SQLite database", "export the table of purchases as CSV"),
    (b"\x7fELF", "a program", "choose a CSV"),
    (b"MZ", "a program", "choose a CSV"),
    (b"{", "JSON", "export the purchases as CSV, one line a purchase"),
    (b"<", "a web page or XML", "export the purchases as CSV, one line a purchase"),
)


def refuse_other_kinds(data: Buffer, name: str) -> None:
    """ShopDataError that says what the file is, if it is no text that could be a table."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    for first, kind, remedy in NOT_A_TABLE:
        if start.startswith(first):
            raise ShopDataError(f"{name} is {kind}, not a CSV: {remedy}.")


def is_parquet(data: Buffer) -> bool:
    return data[:4] == b"PAR1"


def unpacked(data: Buffer, name: str, limit: int) -> Buffer:
    """gzip -> its content, at most `limit` bytes of it; anything else unchanged."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        content = set_down(inflated(data, limit))
    except (OSError, EOFError, zlib.error) as error:
        raise ShopDataError(
            f"{name} is a damaged gzip file ({error}): copy or download it again."
        ) from error
    if len(content) > limit:
        raise ShopDataError(
            f"{name} unpacks to more than {limit / 1e6:,.0f} MB, the limit: leave out columns that "
            "are not needed, or years that are long past."
        )
    return content


def inflated(data: Buffer, limit: int) -> Iterator[bytes]:
    """A gzip file's content in blocks, until a little more than the limit."""
    source = io.BytesIO(data) if isinstance(data, bytes) else cast(IO[bytes], data)
    with gzip.GzipFile(fileobj=source) as file:
        while (block := file.read(BLOCK)) and limit >= 0:
            limit -= len(block)
            yield block
