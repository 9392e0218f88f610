"""All small studies of a run, kept in insights.json as soon as each is known."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import write_atomically
from nn_core.recommender.clock import Clock
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.extent import Extent
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.insight import ageing, flattery, growth
from nn_core.recommender.insight.ground import PRODUCTS, Ground
from nn_core.recommender.insight.steps import CannotTellError, Say, Steps
from nn_core.recommender.judge.standing import SIMPLE
from nn_core.recommender.models import Recommender, make_model
from nn_core.recommender.split import TrainingData

CHEAP = 1.0
"""Seconds of a fit. The best model that is expected to take no longer is the one looked at."""
FALLBACK = "time-ease"
"""Where no model of the study is so cheap: it learns as others do, and does it fast."""
STUDIES: dict[str, Callable[[Ground, Steps, int], dict[str, Any]]] = {
    "flattery": flattery.flattery,
    "customers": growth.by_customers,
    "months": growth.by_months,
    "ageing": ageing.ageing,
}
TOTAL = flattery.STEPS + growth.STEPS + ageing.STEPS


def insights(
    shop: Interactions,
    results: Sequence[dict[str, Any]],
    how: SplitOptions,
    task: str,
    k: int,
    folder: Path,
    budget: float,
    say: Say,
) -> dict[str, Any]:
    """results: those of comparison.json. What is returned stands in FOLDER/insights.json:
    `model`, `label`, `spoken`, and for each of STUDIES its result or `left_out`, the reason."""
    ground = Ground.of(shop, make_model(FALLBACK), how, task, k)
    ground = Ground.of(shop, fast_model(results, ground.train(ground.rows), task, k), how, task, k)
    steps = Steps(folder / "steps", budget, TOTAL, say)
    label, spoken = ground.model.called(ground.rows.time is not None)
    about = {"model": ground.model.name, "label": label, "spoken": spoken, "task": task, "k": k}
    made: dict[str, Any] = {**about, "products": len(ground.products), "most_products": PRODUCTS}
    clock = Clock()
    for name, one in STUDIES.items():
        try:
            made[name] = one(ground, steps, how.seed)
        except CannotTellError as error:
            made[name] = {"left_out": str(error)}
        clock.mark(name)
        write_atomically(folder / "insights.json", made | {"seconds": clock.seconds})
    shutil.rmtree(folder / "steps", ignore_errors=True)
    say({"done": 1.0, "insight": "done"})
    return made


def fast_model(
    results: Sequence[dict[str, Any]], train: TrainingData, task: str, k: int
) -> Recommender:
    """The best of the judged models that is cheap, with the options that its fit chose."""
    best = sorted(results, key=lambda one: -one["tasks"][task]["metrics"].get(f"ndcg@{k}", 0))
    for result in best:
        if result["network"] or result["model"] in SIMPLE:
            continue
        model = make_model(result["model"], **result["options"])
        if model.seconds(Extent.of(train.histories)) <= CHEAP:
            return model
    return make_model(FALLBACK, regularization=100.0)


def kept_insights(folder: Path) -> dict[str, Any] | None:
    """What `insights` wrote into a run's result; None where it has not."""
    file = folder / "insights.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
