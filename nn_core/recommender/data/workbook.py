"""A workbook of a spreadsheet (.xlsx, .xls, .xlsb, .ods) -> one of its sheets as the text of a CSV.

The library (python-calamine, in Rust) holds a whole sheet in memory, so it works in a process of
its own, which may not take more than `sheets.MEMORY`: neither the server nor a worker can run short
of it, whatever a file claims to hold.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from nn_core.recommender.data.buffers import Buffer, blocks, mapped, set_down
from nn_core.recommender.data.sheets import MEMORY, SECONDS
from nn_core.recommender.errors import ShopDataError

UNPACKED = 2_000_000_000  # bytes of a workbook's parts, unpacked
OLD = b"\xd0\xcf\x11\xe0"  # of .xls, and of a workbook with a password
SAVE_AS_CSV = 'save the sheet as CSV (in a spreadsheet: "Save as", CSV UTF-8)'


@dataclass(frozen=True)
class Sheet:
    """One sheet as CSV, the names of all, and how many rows stood above its header."""

    text: Buffer
    name: str
    names: tuple[str, ...]
    above: int

    def notes(self) -> tuple[str, ...]:
        """What was taken and what was not, in sentences; the sheet's name alone says nothing."""
        others = [f"'{name}'" for name in self.names if name != self.name]
        said: list[str] = []
        if others:
            said.append(
                f"Of {len(self.names)} sheets '{self.name}' is read; not read: {', '.join(others)}."
            )
        if self.above:
            rows = "1 row stands" if self.above == 1 else f"{self.above} rows stand"
            said.append(
                f"{rows} above the line with the columns' names in the sheet and "
                f"{'is' if self.above == 1 else 'are'} not read: row 1 is the first one below it."
            )
        return tuple(said)


def is_workbook(data: Buffer) -> bool:
    """By its content: a zip with a workbook's parts in it, or the container of old workbooks."""
    if data[:4] == OLD:
        return True
    if data[:4] != b"PK\x03\x04":
        return False
    ends = data[:4096] + data[-65_536:]
    return b"xl/" in ends or b"opendocument.spreadsheet" in ends


def sheet_of(data: Buffer, name: str, wanted: str | None) -> Sheet:
    """wanted: the sheet's name, None for the one with most cells. ShopDataError, in a sentence,
    where the workbook is damaged, locked, too large, or has no such sheet."""
    if data[:4] != OLD:
        check_unpacked(data, name)
    with tempfile.TemporaryDirectory() as folder:
        source, text = Path(folder) / "workbook", Path(folder) / "sheet.csv"
        with source.open("wb") as file:
            for block in blocks(data):
                file.write(block)
        told = read_apart(source, text, name, wanted)
        if error := told.get("error"):
            raise ShopDataError(f"{name} {error}")
        copy = set_down(blocks(mapped(text)))  # the folder goes, and a mapped file may not
        return Sheet(copy, told["sheet"], tuple(told["sheets"]), told["above"])


def check_unpacked(data: Buffer, name: str) -> None:
    """Before anything of it is unpacked."""
    source = io.BytesIO(data) if isinstance(data, bytes) else cast(IO[bytes], data)
    try:
        with zipfile.ZipFile(source) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ShopDataError(
            f"{name} is a damaged workbook: copy or download it again, or {SAVE_AS_CSV}."
        ) from error
    if size > UNPACKED:
        raise ShopDataError(
            f"{name} unpacks to {size / 1e6:,.0f} MB and may to {UNPACKED / 1e6:,.0f}: "
            f"{SAVE_AS_CSV}."
        )


def read_apart(source: Path, text: Path, name: str, wanted: str | None) -> dict[str, Any]:
    """What `sheets` prints of the workbook in `source`, whose sheet it writes into `text`."""
    module = "nn_core.recommender.data.sheets"
    command = [sys.executable, "-m", module, str(source), str(text), json.dumps(wanted)]
    root = Path(__file__).parents[3]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=root, check=False, timeout=2 * SECONDS
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        raise ShopDataError(
            f"{name} needs more than the {MEMORY / 1e9:.0f} GB of memory or the {SECONDS} s that a "
            f"workbook may take: {SAVE_AS_CSV}."
        ) from error
