"""How good, how fast and how large, beside the libraries that shops use today (`peers.py`).

    python -m tests.bench.recommender FILE... [--windows 3] [--models auto,...] [--test FILE2]

Every model and every peer runs in a process of its own, once for each window: the last 31 days
are held out, then the 31 before, and so on. Each is tuned over the same number of settings on the
month before the cut (auto tunes itself), fitted on all before the cut, and judged by NDCG@10 over
the whole catalogue, per question. Intervals are bootstrapped over the customers of each window.
Lists for all customers are ten new products each. FILE may be builtin:grocery-year. With --test
FILE2 that file is what comes after, and every product that was bought at all is ranked; both may
be as research publishes them (`published.py`).
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.cli import Parser, add_column_options, open_file
from nn_core.recommender.data.columns import choose_columns
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.data.reading import read_table
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.ranked import ranked_for_all
from nn_core.recommender.metrics import METRICS
from nn_core.recommender.models import MODELS, Fitted, Recommender
from nn_core.recommender.models.window import Window
from nn_core.recommender.split import Split, make_split
from tests.bench.peers import PEERS
from tests.bench.published import with_header

OURS = ("recent-popularity", "categories", "repeats", "ease", "time-ease", "next-window", "auto")
TASKS = ("discover", "all")
DAYS = 31
TUNED_ON = 3_000
"""Best sellers that the settings of every model and peer are chosen on: some libraries take minutes
for more. Auto chooses by itself."""
CONTESTANTS = {**MODELS, **PEERS}


def split_of(args: argparse.Namespace) -> Split:
    """FILE cut `window` times 31 days before its end, or FILE and FILE2."""
    if args.test:
        args.file = str(with_header(Path(args.file)))
    shop = open_file(args).interactions
    if args.test:
        table = read_table(with_header(Path(args.test)))
        columns, _ = choose_columns(table.frame, shop.columns.chosen())
        after = Interactions.from_frame(table.frame, columns, ragged=table.ragged)
        return make_split(shop, SplitOptions("file", min_buyers=1), after)
    if args.window:
        time_of: Any = shop.frame["time"]
        kept: Any = shop.frame[time_of < time_of.max() - pd.Timedelta(days=DAYS * args.window)]
        shop = replace(shop, frame=kept)
    return make_split(shop, SplitOptions(test_days=DAYS))


def tuned(kind: type[Recommender], split: Split) -> dict[str, Recommender]:
    """task -> the settings that did best in the month before the cut."""
    window = Window.of(split.train, products=TUNED_ON)
    if window is None or len(kind.trials()) == 1:
        return {task: kind() for task in TASKS}
    tried = [
        (window.ndcgs(model.learn(window.before)), model)
        for model in (kind(**options) for options in kind.trials())
    ]
    return {task: max(tried, key=lambda one: one[0][task])[1] for task in TASKS}


def one(args: argparse.Namespace) -> dict[str, Any]:
    """One contestant in one window, in this process."""
    split = split_of(args)
    begun = time.perf_counter()
    best = tuned(CONTESTANTS[args.one], split)
    chosen = time.perf_counter()
    different = {repr(model): model for model in best.values()}
    fitted = {text: model.learn(split.train) for text, model in different.items()}
    ended = time.perf_counter()
    values = {
        task: evaluate(fitted[repr(model)], split, args.k, [task])[task]
        .values[args.metric]
        .tolist()
        for task, model in best.items()
    }
    listing = time.perf_counter()
    lists_for_all(fitted[repr(best["discover"])], split.train.histories)
    listed = time.perf_counter()
    return {
        "values": values,
        "tune": chosen - begun,
        "fit": (ended - chosen) / len(fitted),
        "lists": listed - listing,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "note": "; ".join(f"{task}: {model}" for task, model in best.items()),
    }


def lists_for_all(fitted: Fitted, histories: Histories) -> None:
    for _ in ranked_for_all(fitted, histories, 10, "discover"):
        pass


def interval(windows: list[list[float]]) -> tuple[float, float, float]:
    """Mean of the windows' means, and where 95% of it lies with customers drawn anew."""
    rng = np.random.default_rng(0)
    draws = np.mean(
        [
            [rng.choice(own, len(own)).mean() for _ in range(1_000)]
            for own in (np.array(values) for values in windows)
        ],
        axis=0,
    )
    mean = float(np.mean([np.mean(values) for values in windows]))
    low, high = np.quantile(draws, [0.025, 0.975]).tolist()
    return mean, low, high


def row(name: str, runs: list[dict[str, Any]]) -> str:
    cells = [name]
    for task in TASKS:
        mean, low, high = interval([run["values"][task] for run in runs])
        each = " ".join(f"{np.mean(run['values'][task]):.4f}" for run in runs)
        cells.append(f"{mean:.4f} ({low:.4f} to {high:.4f})")
        cells.append(each)
    cells += [f"{np.mean([run[part] for run in runs]):.1f}" for part in ("tune", "fit", "lists")]
    cells.append(f"{max(run['memory'] for run in runs):.0f}")
    return "| " + " | ".join(cells) + " |"


def apart(name: str, window: int, options: list[str]) -> dict[str, Any]:
    """One contestant in a process of its own; what it printed last is its result."""
    command = [sys.executable, "-m", __spec__.name, *options, "--one", name]
    done = subprocess.run(
        [*command, "--window", str(window)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def main() -> None:
    parser = Parser(prog="python -m tests.bench.recommender", description=__doc__)
    add_column_options(parser)
    parser.add_argument("more", nargs="*", metavar="FILE")
    parser.add_argument("--windows", type=int, default=3)
    parser.add_argument("--models", default=",".join((*OURS, *PEERS)))
    parser.add_argument("--test", metavar="FILE2")
    parser.add_argument("--metric", choices=[*METRICS], default="ndcg")
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--window", type=int, default=0, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(one(args)))
        return
    rest = ["--metric", args.metric, "--k", str(args.k)]
    rest += ["--test", args.test] if args.test else []
    for file in (args.file, *args.more):
        print(f"\n{Path(file).name}, {args.metric}@{args.k}: discover, all purchases\n")
        print(
            "| model | discover (95%) | by window | all (95%) | by window "
            "| tune s | fit s | lists s | MB |\n|" + "---|" * 9
        )
        for name in args.models.split(","):
            count = 1 if args.test else args.windows
            runs = [apart(name, window, [file, *rest]) for window in range(count)]
            failed = [run["error"] for run in runs if "error" in run]
            print(f"| {name} | {failed[0]} |" if failed else row(name, runs), flush=True)


if __name__ == "__main__":
    main()
