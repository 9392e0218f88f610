"""What all subcommands share: column options, opening a file, and errors as exit codes."""

import argparse
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from nn_core.jobs.home import home
from nn_core.recommender.data.builtin import BUILTIN, grocery_year
from nn_core.recommender.data.choices import Choices, personal_of, weights_of
from nn_core.recommender.data.columns import Guess
from nn_core.recommender.data.exclude import Exclude, add_exclude_options, exclude_of
from nn_core.recommender.data.excluded import lines, unknown
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.join import with_words_of
from nn_core.recommender.data.opening import open_purchases
from nn_core.recommender.data.personal import key_in
from nn_core.recommender.data.reading_options import add_reading_options, table_in
from nn_core.recommender.data.second_options import (
    add_second_options,
    second_choices,
    second_tables,
)
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.export import safe_csv
from nn_core.recommender.forgetting.kept_out import KeptOut
from nn_core.recommender.forgetting.left_out import words as left_out_words

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
    "category": "--category",
    "event": "--event",
    "rating": "--rating",
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
        help=f"a .csv, .csv.gz, .parquet or .xlsx, or {BUILTIN} (a year of groceries)",
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
        "--weights",
        metavar="EVENT=NUMBER,...",
        default="",
        help="what an event counts for: 1 as a purchase, 0 left out (default: view .1, cart .3)",
    )
    group.add_argument("--liked", type=float, metavar="RATING", help="from here on it is liked")
    group.add_argument(
        "--baskets",
        metavar="SEPARATOR",
        help="what separates the products in one cell ('list' for [..], 'none' for one product)",
    )
    group.add_argument(
        "--personal",
        metavar="COLUMN=WHAT",
        action="append",
        default=[],
        help="what becomes of a column with personal data: drop, replace (by a pseudonym), keep",
    )
    add_exclude_options(parser)
    add_second_options(parser)
    add_reading_options(parser)


@dataclass(frozen=True)
class OpenedFile:
    """A file that was read: its purchases, how its columns were chosen, seconds it took."""

    interactions: Interactions
    guesses: tuple[Guess, ...]
    format: str
    notes: tuple[str, ...]
    seconds: float
    joins: tuple[dict[str, Any], ...] = ()
    personal: tuple[dict[str, Any], ...] = ()


def open_file(args: argparse.Namespace) -> OpenedFile:
    """FILE as Interactions; ShopDataError if it cannot be."""
    start = time.perf_counter()
    if args.file == BUILTIN:
        year = grocery_year(Choices(exclude=exclude_of(args.exclude_items, args.keep_items)))
        return OpenedFile(year, (), "built in", (), time.perf_counter() - start)
    table = table_in(args.file, args, args.sheet)
    more = second_tables(args)
    found = open_purchases(table, chosen(args), key_in(home()), more)
    asked = KeptOut(home())
    shop = asked.left_out(found.interactions)
    joins = asked.unjoined(found.joins, found.interactions)
    personal = [finding.words for finding in found.personal]
    said = (*table.notes, *unknown(shop), *personal, *left_out_words(shop))
    if args.mismatches and joins:
        lists = pd.concat([join.mismatches() for join in joins])
        write(args.mismatches, safe_csv(lists))
    return OpenedFile(
        shop,
        found.guesses,
        table.format,
        with_words_of(joins, said),
        time.perf_counter() - start,
        tuple(join.to_json() for join in joins),
        tuple(asdict(finding) for finding in found.personal),
    )


def open_second(args: argparse.Namespace, file: str, first: Interactions) -> Interactions:
    """Another file, with the first one's columns where it has them; what it calls otherwise is
    guessed. The same products are left out of both."""
    table = table_in(file, args)
    there = {
        role: name for role, name in first.columns.chosen().items() if name in table.frame.columns
    }
    same = Exclude(also=tuple(line.product for line in lines(first)))
    choices = replace(chosen(args), columns=there, personal={}, exclude=same)
    return KeptOut(home()).left_out(open_purchases(table, choices, key_in(home())).interactions)


def chosen(args: argparse.Namespace) -> Choices:
    return Choices(
        columns=chosen_columns(args),
        dates=args.dates,
        weights=weights_of(args.weights),
        liked=args.liked,
        baskets=args.baskets,
        personal=personal_of(args.personal),
        second=second_choices(args),
        exclude=exclude_of(args.exclude_items, args.keep_items),
    )


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


@contextmanager
def writing(path: str) -> Generator[Path]:
    """The place to write to. ShopDataError where the system does not let us."""
    try:
        yield Path(path)
    except OSError as error:
        raise ShopDataError(
            f"{path} cannot be written ({error.strerror}). Choose another place."
        ) from error


def write(path: str, text: str) -> None:
    with writing(path) as file:
        file.write_text(text, encoding="utf-8", newline="")
