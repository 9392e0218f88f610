"""How long a shop takes, and how much memory: `python -m tests.bench.shop FILE.csv`, and
`python -m tests.bench.shop builtin:grocery-year` for the year that is there from the start.

Each model runs in a process of its own, so that a peak is its own too: that of Python, the table,
the split and the model together. Lists for all customers are ten new products each. Then the whole
study is carried out as the page's worker does it: every model fitted, judged, fitted once more on
all purchases, and saved.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nn_core.recommender.cli import Parser, add_column_options, open_file
from nn_core.recommender.clock import Clock
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.ranked import ranked_for_all
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.runs.study import Plan, study
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
    names = ["read", *args.models.split(","), "study"]
    results = [in_a_process([*sys.argv[1:], "--stage", name]) for name in names]
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
    if args.stage == "study":
        models: dict[str, dict[str, Any]] = {name: {} for name in args.models.split(",")}
        with tempfile.TemporaryDirectory() as folder:
            study(opened.interactions, Plan(models), Path(folder))
        clock.mark("study")
        return {"stage": "study"} | costs(clock)
    split = make_split(opened.interactions, SplitOptions())
    clock.mark("split")
    fitted = make_model(args.stage).learn(split.train)
    clock.mark("fit")
    judged = evaluate(fitted, split)
    clock.mark("evaluate")
    for _ in ranked_for_all(fitted, split.train.histories, 10, "discover"):
        pass
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
    first, models, whole = results[0], results[1:-1], results[-1]
    lines = [
        f"{first['rows']:,} rows, {first['kept']:,} kept: read {first['seconds']['read']:.1f} s, "
        f"audit {first['seconds']['audit']:.2f} s, processor {first['cpu']:.1f} s with Python's "
        f"start, peak {first['mb']:.0f} MB "
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
    lines += [
        "",
        f"The whole study, refits included, after reading: {whole['seconds']['study']:.1f} s; the "
        f"process: {whole['cpu']:.1f} s of processor, peak {whole['mb']:.0f} MB.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
