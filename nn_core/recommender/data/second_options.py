"""The options of second files at the command line: which files, joined by what, and read how."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from nn_core.recommender.data.choices import Roles
from nn_core.recommender.data.reading import Table
from nn_core.recommender.data.reading_options import table_in
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.goods import COLUMNS

KINDS = ("catalogue", "customers")


def add_second_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("second files, joined by the ids of the purchases")
    group.add_argument("--catalogue", metavar="FILE", help="products: name, category, price, ...")
    group.add_argument(
        "--catalogue-key", metavar="COLUMN", help="its column of product ids (guessed if not given)"
    )
    group.add_argument(
        "--catalogue-columns",
        metavar="WHAT=COLUMN,...",
        action="append",
        default=[],
        help=f"where it says what ({', '.join(COLUMNS)}); COLUMN 'none' for nowhere",
    )
    group.add_argument("--customers", metavar="FILE", help="customers: whatever is known of them")
    group.add_argument(
        "--customers-key", metavar="COLUMN", help="its column of customer ids (guessed likewise)"
    )
    group.add_argument("--mismatches", metavar="CSV", help="write the ids that did not match")


def second_tables(args: argparse.Namespace) -> dict[str, Table]:
    """{"catalogue" or "customers": the file as it was read}. ShopDataError where an option speaks
    of a file that is not given, or of a column that the file does not have."""
    files = {kind: getattr(args, kind) for kind in KINDS}
    tables = {kind: table_in(file, args) for kind, file in files.items() if file is not None}
    for kind, chosen in second_choices(args).items():
        if kind not in tables:
            raise ShopDataError(
                f"A column of the {kind} file was chosen, but no such file is given: add "
                f"--{kind} FILE."
            )
        check_there(tables[kind], chosen)
    return tables


def second_choices(args: argparse.Namespace) -> dict[str, Roles]:
    """As `Choices.second` has them, without what was left to be guessed."""
    catalogue: dict[str, str | None] = {}
    for text in args.catalogue_columns:
        catalogue |= roles_of(text)
    keys = {kind: getattr(args, f"{kind}_key") for kind in KINDS}
    found: dict[str, Roles] = {
        kind: ({"key": key} if key else {}) | (catalogue if kind == "catalogue" else {})
        for kind, key in keys.items()
    }
    return {kind: roles for kind, roles in found.items() if roles}


def roles_of(text: str) -> dict[str, str | None]:
    """ "name=TITLE,margin=none" -> {"name": "TITLE", "margin": None}."""
    roles: dict[str, str | None] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        what, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or what not in COLUMNS:
            raise ShopDataError(
                f"'--catalogue-columns {part}' says nothing: write WHAT=COLUMN, where WHAT is one "
                f"of {', '.join(COLUMNS)}, for instance name=TITLE,price=VK."
            )
        roles[what] = None if column.lower() == "none" else column
    return roles


def check_there(table: Table, chosen: Mapping[str, str | None]) -> None:
    names = [str(name) for name in table.frame.columns]
    for what, column in chosen.items():
        if column is not None and column not in names:
            there = ", ".join(f"'{name}'" for name in names)
            raise ShopDataError(
                f"{table.name} has no column '{column}' for the {what}; it has {there}. Choose one "
                "of these."
            )
