"""A file's bytes without holding them: mapped into memory, looked at and rewritten in blocks."""

import codecs
import mmap
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

Buffer: TypeAlias = bytes | mmap.mmap
BLOCK = 8_000_000  # bytes


def mapped(path: Path) -> Buffer:
    """The file's bytes, read from disk where they are looked at."""
    with path.open("rb") as file:
        if not path.stat().st_size:  # nothing cannot be mapped
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def blocks(data: Buffer) -> Iterator[bytes]:
    for start in range(0, len(data), BLOCK):
        yield data[start : start + BLOCK]


def set_down(parts: Iterable[bytes]) -> Buffer:
    """Parts written one after the other into a temporary file, mapped; it goes with the map."""
    with tempfile.TemporaryFile() as file:
        for part in parts:
            file.write(part)
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if file.tell() else b""


def has(data: Buffer, what: bytes) -> bool:
    return data.find(what) >= 0


def count(data: Buffer, sign: bytes) -> int:
    """How often one byte occurs."""
    return sum(block.count(sign) for block in blocks(data))


def decoded(data: Buffer, encoding: str) -> Iterator[str]:
    """Its text, block by block. UnicodeDecodeError where it does not fit the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for block in blocks(data):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)
