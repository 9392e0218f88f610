"""A model card in Markdown: what one model is, how good, for whom not, and how to make it again."""

from __future__ import annotations

import inspect
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nn_core.recommender.data.exclude import Exclude
from nn_core.recommender.models import MODELS
from nn_core.recommender.report.facts import SHOWN, TITLES, Facts
from nn_core.recommender.runs.runs import Run
from nn_core.recommender.split import TASKS

WORDS = Path(__file__).parents[3] / "assets" / "lessons" / "en" / "models.md"


def model_card(run: Run, model: str, title: str = "") -> str:
    """Markdown of one of the run's models. ShopDataError for a model that it does not have."""
    name = run.model(model).model.name
    known = Facts.of(run, title)
    return "\n".join(
        [
            f"# {next(one['label'] for one in known.models if one['model'] == name)}",
            *what(known, name),
            *metrics(known, name),
            *weak(known, name),
            *LIMITS,
            *again(known, name),
        ]
    )


def what(known: Facts, name: str) -> Iterator[str]:
    result = next(one for one in known.models if one["model"] == name)
    yield f"\n`{name}`, trained on {text(known.title) or 'a shop of its own'}.\n\n## What it is\n"
    yield f"{in_words(name)}\n\nFor those who compute it:\n"
    doc = inspect.getdoc(MODELS[name]) or ""
    yield from (f"> {line}" if line else ">" for line in doc.splitlines())
    if result["note"]:
        yield f"\n{text(result['note'])}"
    yield "\n## Data\n"
    yield from (f"* {word}: {text(value)}" for word, value in known.how_made())


@cache
def in_words(model: str) -> str:
    """How it works in three sentences, those of the training form."""
    _, _, own = WORDS.read_text(encoding="utf-8").partition(f"\n## {model}\n")
    return own.partition("\n## ")[0].strip()


def metrics(known: Facts, name: str) -> Iterator[str]:
    result = next(one for one in known.models if one["model"] == name)
    yield f"\n## How good it is\n\nThe first {known.k} places of each list; 95% intervals.\n"
    yield f"| question | customers | {' | '.join(SHOWN.values())} |"
    yield f"|---|---|{'---|' * len(SHOWN)}"
    for task, title in TITLES.items():
        cells = [figure(known, result["model"], task, metric) for metric in SHOWN]
        customers = result["tasks"][task]["customers"]
        yield f"| {title}: {TASKS[task]} | {customers:,} | {' | '.join(cells)} |"


def figure(known: Facts, name: str, task: str, metric: str) -> str:
    result = next(one for one in known.models if one["model"] == name)
    value, interval = known.value(result, task, metric), known.interval(name, task, metric)
    if value is None:
        return ""
    return f"{value:.4f}" + (f" ({interval[0]:.4f} to {interval[1]:.4f})" if interval else "")


def weak(known: Facts, name: str) -> Iterator[str]:
    """Groups for which it is not clearly better than the simple method."""
    task = known.comparison["task"]
    yield f"\n## Where it is weak\n\n{TITLES[task]}, against the best simple method:\n"
    lines = [line for group in known.groups(task) if (line := in_group(known, name, task, group))]
    yield from lines or ["* No group of 10 customers or more showed a weakness."]
    told = {group["name"] for group in known.groups(task)}
    small = [
        text(group["whom"])
        for group in known.comparison.get("segments", {}).get(task, {}).get("groups", [])
        if group["name"] not in told
    ]
    if small:
        yield f"* Too few to tell: {'; '.join(small)}."


def in_group(known: Facts, name: str, task: str, group: dict[str, object]) -> str | None:
    found = known.in_group(task, name, str(group["name"]))
    difference = (found or {}).get("difference")
    if found is None or difference is None or difference["low"] > 0:
        return None
    worse = "worse than" if difference["high"] < 0 else "not clearly better than"
    return (
        f"* {text(str(group['whom']))} ({group['customers']}): NDCG@{known.k} "
        f"{found['mean']:.4f}, {worse} the simple method "
        f"({difference['low']:+.4f} to {difference['high']:+.4f})."
    )


LIMITS = (
    "\n## Limits\n",
    "* It knows only what this shop sold: nothing of what customers buy elsewhere.",
    "* It was judged on what was bought without it. What people buy once its lists are shown can "
    "differ; only a trial with a control group measures that.",
    "* Products with fewer buyers than the setting above are never recommended.",
    "* Who is unknown gets popular products.",
    "\n## Privacy\n",
    "* The model's folder holds which of the ranked products each customer bought, under the ids "
    "that were uploaded. Keep it as you keep your order book.",
    "* `python -m nn_core.recommender forget RUN --user ID` takes a customer out of data, models "
    "and lists, and proves it.",
)


def again(known: Facts, name: str) -> Iterator[str]:
    details = known.comparison["split_details"]
    result = next(one for one in known.models if one["model"] == name)
    chosen = "".join(f" --set {key}={json.dumps(v)}" for key, v in result["options"].items())
    yield "\n## How to train it again\n\n```bash"
    yield f"python -m nn_core.recommender train FILE --model {name}{chosen} \\"
    yield (
        f"  --split {details['method']} --test-days {details['test_days']} --min-buyers "
        f"{details['min_buyers']} --seed {details['seed']} --task {known.comparison['task']} "
        f"-k {known.k}{left_out(known)} --out RUN\n```\n"
    )


def left_out(known: Facts) -> str:
    """As the command line is told it; what came from a file stands as an argument, quoted."""
    asked = Exclude.from_json((known.made or {}).get("exclude", {}))
    return "".join(f" {option} {shlex.quote(value)}" for option, value in asked.options().items())


def text(words: str) -> str:
    """Text from a file inside of Markdown: no sign of it means anything."""
    return re.sub(r"([\\`*_{}\[\]<>()#|~$!])", r"\\\1", " ".join(words.split()))
