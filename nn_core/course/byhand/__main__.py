"""Sheets for a class: `python -m nn_core.course.byhand rnn --count 30 --out sheets.html`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.worksheet import pages


def main(arguments: Sequence[str] | None = None) -> int:
    args = parser().parse_args(arguments)
    seeds = list(range(args.seed, args.seed + args.count))
    try:
        Path(args.out).write_text(pages(args.exercise, seeds, args.solution), encoding="utf-8")
    except OSError as error:
        print(f"{args.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    what = "solution" if args.solution else "worksheet"
    print(f"{args.out}: {args.count} {what}{'s' if args.count > 1 else ''}, one a page.")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m nn_core.course.byhand",
        description="Write an exercise by hand as HTML that prints on one page a sheet.",
    )
    made.add_argument("exercise", choices=EXERCISES.names(), help="its name")
    made.add_argument("--seed", type=at_least(0), default=0, help="of the first sheet's numbers")
    made.add_argument("--count", type=at_least(1), default=1, help="sheets, a seed further each")
    made.add_argument("--solution", action="store_true", help="the same sheets filled in")
    made.add_argument("--out", required=True, metavar="HTML", help="the file to write")
    return made


def at_least(lowest: int) -> Callable[[str], int]:
    """A whole number from a lowest one on, for argparse."""

    def whole(text: str) -> int:
        if not text.isdigit() or int(text) < lowest:
            raise argparse.ArgumentTypeError(
                f"expects a whole number of {lowest} or more; received {text!r}."
            )
        return int(text)

    return whole


if __name__ == "__main__":
    sys.exit(main())
