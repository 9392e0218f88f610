"""How long a shop takes, and how much memory: `python -m tests.bench.shop FILE.csv`.

Each model runs in a process of its own, so that a peak is its own too: that of Python, the table,
the split and the model together. Lists for all customers are ten new products each.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np

from nn_core.recommender.audit import audit
from nn_core.recommender.cli import Parser, add_column_options, open_file
from nn_core.recommender.clock import Clock
from nn_core.recommender.evaluate import chunks, evaluate
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import make_split


def main() -> None:
    parser = Parser(prog="python -m tests.bench.shop", description=__doc__)
    add_column_options(parser)
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.stage:
        print(json.dumps(measured(args)))
        return
    load = os.getloadavg()[0]
    names = ["", *args.models.split(",")]
    results = [in_a_process([*sys.argv[1:], "--stage", name or "read"]) for name in names]
    print(table(results, load))


def in_a_process(arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.shop", *arguments]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said)


def measured(args: argparse.Namespace) -> dict[str, Any]:
    """One stage: reading and the audit, or one model from its fit to everybody's list."""
    clock = Clock()
    opened = open_file(args)
    clock.mark("read")
    if args.stage == "read":
        report = audit(opened.interactions)
        clock.mark("audit")
        return {"stage": "read and audit", "rows": report.read, "kept": report.kept} | costs(clock)
    split = make_split(opened.interactions, SplitOptions())
    clock.mark("split")
    fitted = make_model(args.stage).learn(split.train)
    clock.mark("fit")
    judged = evaluate(fitted, split)
    clock.mark("evaluate")
    for chunk in chunks(np.arange(len(split.train.customers)), len(split.train.products)):
        histories = split.train.histories.of(chunk)
        top(only(fitted.scores(histories), "discover", histories.bought), 10)
    clock.mark("recommend")
    ndcg = {task: judgement.metrics()["ndcg@10"] for task, judgement in judged.items()}
    return {"stage": args.stage, "ndcg": ndcg} | costs(clock)


def costs(clock: Clock) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used = time.process_time()
    return {
        "seconds": clock.seconds,
        "cpu": used,
        "mb": peak / (2**20 if sys.platform == "darwin" else 2**10),
    }


def table(results: list[dict[str, Any]], load: float) -> str:
    """Markdown, as it stands in tests/bench/README.md.

    On a machine that others use too, `load` tells how many processes shared the cores, and the
    processor's seconds (of the whole process, reading included) what the work itself took.
    """
    first, models = results[0], results[1:]
    lines = [
        f"{first['rows']:,} rows, {first['kept']:,} kept: read {first['seconds']['read']:.1f} s, "
        f"audit {first['seconds']['audit']:.2f} s, peak {first['mb']:.0f} MB "
        f"(Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before).",
        "",
        "| model | fit, s | evaluate, s | recommend to all, s | processor, s | peak, MB "
        "| NDCG@10 discover | all | buy again |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for result in models:
        cells = [f"{result['seconds'][name]:.2f}" for name in ("fit", "evaluate", "recommend")]
        cells += [f"{result['cpu']:.1f}", f"{result['mb']:.0f}"]
        cells += [f"{result['ndcg'][task]:.4f}" for task in ("discover", "all", "buy-again")]
        lines.append(f"| {result['stage']} | {' | '.join(cells)} |")
    total = sum(sum(r["seconds"].values()) for r in models) - sum(
        r["seconds"]["read"] + r["seconds"]["split"] for r in models[1:]
    )
    lines += ["", f"Everything, read once: {total + first['seconds']['audit']:.1f} s."]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
