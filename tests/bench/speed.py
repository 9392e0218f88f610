"""Fit and everybody's list beside the libraries that shops use today, each by its own code.

    python -m tests.bench.speed FILE [--rounds 3]

What to install by hand stands in `peers.py`. One split (the last 31 days held out), the same
settings for each kind, ten new products for every customer. Every contestant fits and recommends in
a process of its own, in turns; given are the best seconds of all rounds, and how many times as long
as the fastest library of its kind that is.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import warnings
from dataclasses import replace

import numpy as np

from nn_core.recommender.cli import Parser, add_column_options, open_file
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.split import make_split
from tests.bench.contestants import CONTESTANTS, OURS

AGAIN = 3
"""Times that a process fits and recommends; the first one also pays for loading code."""


def measured(args: argparse.Namespace) -> dict[str, float]:
    """The best seconds of one contestant, in this process."""
    warnings.simplefilter("ignore")
    contestant = CONTESTANTS[args.one]
    train = make_split(open_file(args).interactions, SplitOptions()).train
    best = {"fit": np.inf, "lists": np.inf}
    for _ in range(AGAIN):
        # What a model asks of the histories first is computed anew: it is part of its fit.
        fresh = replace(train, histories=train.histories.of(np.arange(len(train.histories))))
        begun = time.perf_counter()
        learned = contestant.fit(fresh)
        fitted = time.perf_counter()
        contestant.lists(learned, fresh)
        best["fit"] = min(best["fit"], fitted - begun)
        best["lists"] = min(best["lists"], time.perf_counter() - fitted)
    return best


def apart(name: str, options: list[str]) -> dict[str, float]:
    """What it printed last is its result; libraries print too."""
    command = [sys.executable, "-m", __spec__.name, *options, "--one", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.strip().splitlines()[-1])


def beside(name: str, best: dict[str, dict[str, float]]) -> str:
    """A row of the table: fit and lists, the ratio to the fastest library of the kind."""
    cells = [name]
    for step in ("fit", "lists"):
        kind = CONTESTANTS[name].kind
        theirs = [best[n][step] for n in best if n not in OURS and CONTESTANTS[n].kind == kind]
        cells.append(f"{best[name][step]:.3f}")
        cells.append(f"{best[name][step] / min(theirs):.2f}" if name in OURS else "")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = Parser(prog="python -m tests.bench.speed", description=__doc__)
    add_column_options(parser)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args)))
        return
    load = os.getloadavg()[0]
    rounds = [{name: apart(name, [args.file]) for name in CONTESTANTS} for _ in range(args.rounds)]
    best = {
        name: {step: min(one[name][step] for one in rounds) for step in ("fit", "lists")}
        for name in CONTESTANTS
    }
    print(f"Load {load:.1f} before.\n")
    print("| model | fit, s | times as long | lists, s | times as long |\n" + "|---" * 5 + "|")
    print("\n".join(beside(name, best) for name in CONTESTANTS))


if __name__ == "__main__":
    main()
