"""The command line: `python -m nn_core.recommender audit FILE` and its sisters."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from nn_core.recommender.cli import OpenedFile, Parser, add_column_options, open_file, run, write
from nn_core.recommender.commands import add_commands
from nn_core.recommender.export import safe_csv
from nn_core.recommender.keeping import add_keeping
from nn_core.recommender.plural import number_of
from nn_core.recommender.portrait.audit import Audit, audit


def main(arguments: Sequence[str] | None = None) -> int:
    parser = Parser(prog="python -m nn_core.recommender", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_audit(commands)
    add_commands(commands, add_column_options)
    add_keeping(commands)
    args = parser.parse_args(arguments)
    return run(args.handler, args)


def add_audit(commands: Any) -> None:
    parser = commands.add_parser("audit", help="say what a file holds and what is wrong with it")
    add_column_options(parser)
    parser.add_argument("--set-aside", metavar="CSV", help="write the rows set aside to this file")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(handler=audit_command)


def audit_command(args: argparse.Namespace) -> None:
    opened = open_file(args)
    start = time.perf_counter()
    report = audit(opened.interactions)
    seconds = {"read": opened.seconds, "audit": time.perf_counter() - start}
    if args.set_aside:
        write(args.set_aside, safe_csv(opened.interactions.set_aside))
    if args.json:
        guesses = {guess.role: guess.reason for guess in opened.guesses}
        about = {"file": args.file, "format": opened.format, "notes": opened.notes}
        found = {"joins": opened.joins, "personal": opened.personal}
        whole = about | report.to_json() | found | {"why": guesses, "seconds": seconds}
        print(json.dumps(whole, ensure_ascii=False))
    else:
        print(as_text(args.file, opened, report))


def as_text(name: str, opened: OpenedFile, report: Audit) -> str:
    """The report for a terminal."""
    lines = [
        f"{name} ({opened.format}): {number_of(report.read, 'row')} read, {report.kept:,} kept",
        *(f"  {count:>9,}  set aside: {reason}" for reason, count in report.set_aside.items()),
        "columns",
        *(f"  {guess.role:<9} {guess.column}  ({guess.reason})" for guess in opened.guesses),
        f"{number_of(report.customers, 'customer')}, {report.customers_with_two:,} with two or "
        "more purchases",
        f"{number_of(report.products, 'product')}; half of all purchases are of "
        f"{report.half_of_sales:,}",
    ]
    if report.orders is not None:
        lines.append(number_of(report.orders, "order"))
    if report.days is not None:
        lines.append(f"{number_of(report.days, 'day')}, {report.first} to {report.last}")
    return "\n".join([*lines, *opened.notes, *report.advice])


if __name__ == "__main__":
    sys.exit(main())
