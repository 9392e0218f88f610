"""What a workbook costs beside a CSV of the same cells: `python -m tests.bench.workbook FILE.csv`.

Writes the CSV as a workbook (numbers as numbers, dates as dates, as a shop's system would), and has
each read and audited by the command line in a process of its own. Seconds of the processor and the
peak are of that process or of the one that unpacks the workbook, whichever took more.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from nn_core.recommender.data.dates import read_dates
from nn_core.recommender.data.numbers import numbers
from nn_core.recommender.data.reading import read_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--dates", default="InvoiceDate", help="the column of dates")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "table.xlsx"
        rows, columns = write(read_table(args.file).frame, args.dates, made)
        print(f"{rows:,} rows of {columns} columns, load {load:.1f} before\n")
        print("| file | MB | seconds | processor, s | peak, MB |\n|---|---|---|---|---|")
        for file in (args.file, made):
            seconds, processor, peak = audited(file)
            size = file.stat().st_size / 1e6
            print(f"| {file.suffix} | {size:.1f} | {seconds:.1f} | {processor:.1f} | {peak:.0f} |")


def write(frame: Any, dates: str, place: Path) -> tuple[int, int]:
    """-> its rows and columns. Row by row, so that the writer holds none."""
    moments: Any = pd.Series(read_dates(frame[dates]).values)
    known: list[Any] = [moments.dt.to_pydatetime() if name == dates else cells(frame[name])
                        for name in frame.columns]  # fmt: skip
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
    with xlsxwriter.Workbook(str(place), options) as book:
        sheet = book.add_worksheet("Sales")
        sheet.write_row(0, 0, list(map(str, frame.columns)))
        for row, values in enumerate(zip(*known), 1):
            sheet.write_row(row, 0, values)
    return len(frame), len(frame.columns)


def cells(column: pd.Series) -> list[object]:
    """Numbers where a cell is one, else its text."""
    text = column.astype("str").fillna("")
    alone = {one: float(n) for one in text.unique() if (n := numbers(pd.Series([one]))[0]) == n}
    return [alone.get(one, one) for one in text]


def audited(file: Path) -> tuple[float, float, float]:
    """seconds, seconds of the processor, peak in MB."""
    command = [sys.executable, "-m", "nn_core.recommender", "audit", str(file)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert not status, f"the audit of {file} failed"
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3


if __name__ == "__main__":
    main()
