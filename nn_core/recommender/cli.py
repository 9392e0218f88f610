"""What all subcommands share: column options, opening a file, and errors as exit codes."""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from nn_core.recommender.builtin import BUILTIN, grocery_year
from nn_core.recommender.columns import Guess, choose_columns
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.interactions import Interactions
from nn_core.recommender.reading import TEXT_LIMIT, read_table

# role -> option; `--time none` says that no column has the role.
OPTIONS = {
    "customer": "--user",
    "product": "--item",
    "time": "--time",
    "order": "--order",
    "name": "--name",
    "quantity": "--quantity",
    "price": "--price",
    "amount": "--amount",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the screenful of usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (--help lists the options).\n")


def add_column_options(parser: argparse.ArgumentParser) -> None:
    """FILE and the options that say which of its columns plays which role."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help=f"a .csv, .csv.gz or .parquet, or {BUILTIN} (a year of groceries)",
    )
    group = parser.add_argument_group("columns (guessed where not given; 'none' for no column)")
    for role, option in OPTIONS.items():
        group.add_argument(option, dest=f"column_{role}", metavar="COLUMN", help=f"the {role}")
    group.add_argument(
        "--dates",
        choices=["day-first", "month-first"],
        help="how 01/02/2024 is meant, where the column itself does not tell",
    )
    group.add_argument(
        "--limit-mb",
        type=float,
        default=TEXT_LIMIT / 1e6,
        help="the largest file that is read, in MB (default %(default).0f)",
    )


@dataclass(frozen=True)
class Opened:
    """A file that was read: its purchases, how its columns were chosen, seconds it took."""

    interactions: Interactions
    guesses: tuple[Guess, ...]
    format: str
    notes: tuple[str, ...]
    seconds: float


def open_file(args: argparse.Namespace, file: str | None = None) -> Opened:
    """FILE (or another file with the same column options) as Interactions; ShopDataError if not."""
    start = time.perf_counter()
    name = file or args.file
    if name == BUILTIN:
        return Opened(grocery_year(), (), "built in", (), time.perf_counter() - start)
    table = read_table(Path(name), limit=round(args.limit_mb * 1e6))
    columns, guesses = choose_columns(table.frame, chosen_columns(args))
    interactions = Interactions.from_frame(
        table.frame, columns, dates=args.dates, ragged=table.ragged
    )
    return Opened(interactions, guesses, table.format, table.notes, time.perf_counter() - start)


def chosen_columns(args: argparse.Namespace) -> dict[str, str | None]:
    """{role: column, None for "none"} of the roles that were given as options."""
    given = {role: getattr(args, f"column_{role}") for role in OPTIONS}
    return {
        role: None if column.lower() == "none" else column
        for role, column in given.items()
        if column is not None
    }


def run(handler: Callable[[argparse.Namespace], None], args: argparse.Namespace) -> int:
    """The handler's exit code: 0 done, 2 for data or choices that cannot work, said on stderr.

    Anything else is a fault of ours: it goes on to Python, which shows it and exits with 1.
    """
    try:
        handler(args)
    except ShopDataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
