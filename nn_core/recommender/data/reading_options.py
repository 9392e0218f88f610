"""The options of reading a file at the command line, whatever its columns are."""

from __future__ import annotations

import argparse
from pathlib import Path

from nn_core.recommender.data.reading import TEXT_LIMIT, Table, read_table


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sheet", metavar="NAME", help="of a workbook (default: the one with most cells)"
    )
    parser.add_argument(
        "--limit-mb",
        type=float,
        default=TEXT_LIMIT / 1e6,
        help="the largest file that is read, in MB (default %(default).0f)",
    )


def table_in(file: str, args: argparse.Namespace, sheet: str | None = None) -> Table:
    """The file as these options say."""
    return read_table(Path(file), limit=round(args.limit_mb * 1e6), sheet=sheet)
