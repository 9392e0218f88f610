"""Fit and everybody's list beside the libraries that shops use today, each by its own code.

    python -m tests.bench.speed FILE [--rounds 3] [--kinds bm25,als]

What to install by hand stands in `peers.py`. One split (the last 31 days held out), the same
settings for each kind, ten new products for every customer. Every contestant fits and recommends in
a process of its own, in turns; given are the best seconds of all rounds, how many times as long as
the fastest library of its kind that is, and the processor's seconds of all threads, which other
work on the machine changes less.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from nn_core.recommender.cli import Parser, add_column_options, open_file
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.split import TrainingData, make_split
from tests.bench.contestants import CONTESTANTS, OURS, Contestant

AGAIN = 3
"""Times that a process fits and recommends; the first one also pays for loading code."""
STEPS = ("fit", "lists")
Costs = dict[str, float]
"""fit, lists: seconds; fit processor, lists processor: the processor's."""


def measured(args: argparse.Namespace) -> Costs:
    """The best of one contestant, in this process."""
    warnings.simplefilter("ignore")
    contestant = CONTESTANTS[args.one]
    train = make_split(open_file(args).interactions, SplitOptions()).train
    return least(once(contestant, train) for _ in range(AGAIN))


def once(contestant: Contestant, train: TrainingData) -> Costs:
    # What a model asks of the histories first is computed anew: it is part of its fit.
    fresh = replace(train, histories=train.histories.of(np.arange(len(train.histories))))
    moments = [moment()]
    learned = contestant.fit(fresh)
    moments.append(moment())
    contestant.lists(learned, fresh)
    moments.append(moment())
    real, worked = np.diff(moments, axis=0).T.tolist()
    return dict(zip(STEPS, real)) | {f"{step} processor": s for step, s in zip(STEPS, worked)}


def moment() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def least(runs: Iterable[Costs]) -> Costs:
    every = list(runs)
    return {name: min(run[name] for run in every) for name in every[0]}


def apart(name: str, options: list[str]) -> Costs:
    """What it printed last is its result; libraries print too."""
    command = [sys.executable, "-m", __spec__.name, *options, "--one", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.strip().splitlines()[-1])


def beside(name: str, best: dict[str, Costs]) -> str:
    """A row of the table: fit and lists, the ratio to the fastest library of the kind."""
    cells = [name]
    for step in STEPS:
        kind = CONTESTANTS[name].kind
        theirs = [best[n][step] for n in best if n not in OURS and CONTESTANTS[n].kind == kind]
        cells.append(f"{best[name][step]:.3f}")
        cells.append(f"{best[name][step] / min(theirs):.2f}" if name in OURS else "")
        cells.append(f"{best[name][f'{step} processor']:.3f}")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = Parser(prog="python -m tests.bench.speed", description=__doc__)
    add_column_options(parser)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", default=",".join(sorted(OURS)))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args)))
        return
    load, kinds = os.getloadavg()[0], args.kinds.split(",")
    names = [name for name, contestant in CONTESTANTS.items() if contestant.kind in kinds]
    rounds = [{name: apart(name, [args.file]) for name in names} for _ in range(args.rounds)]
    best = {name: least(one[name] for one in rounds) for name in names}
    print(f"Load {load:.1f} before, {os.getloadavg()[0]:.1f} after.\n")
    head = (f"{step}, s | times as long | processor, s" for step in STEPS)
    print(f"| model | {' | '.join(head)} |\n" + "|---" * 7 + "|")
    print("\n".join(beside(name, best) for name in names))


if __name__ == "__main__":
    main()
