"""A study: models fitted and judged on one split of a shop, described, and kept in a folder."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.arrays import load_arrays, save_arrays
from nn_core.recommender.audit import check_enough
from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.clock import Clock
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.evaluate import Judgement, evaluate
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.interactions import Interactions
from nn_core.recommender.kept import keep_future, keep_lists
from nn_core.recommender.list_metrics import LIST_METRICS
from nn_core.recommender.metrics import METRICS
from nn_core.recommender.models import Recommender, make_model
from nn_core.recommender.models.base import silent
from nn_core.recommender.progress import Progress
from nn_core.recommender.split import TASKS, Split, TrainingData, everything, make_split
from nn_core.recommender.verdict import verdict


@dataclass(frozen=True)
class Plan:
    """What to fit ({model: its options}), how to cut, and the question the sentence answers.

    refit: a model that is kept is, after the judgement, fitted once more on all purchases, because
    lists for today must know the last month too. Not with a second file, which is the future.
    """

    models: dict[str, dict[str, Any]]
    split: SplitOptions = field(default_factory=SplitOptions)
    task: str = "discover"
    k: int = 10
    refit: bool = True

    @classmethod
    def from_json(cls, spec: dict[str, Any]) -> Plan:
        split = SplitOptions(**spec.get("split", {}))
        known = {name: spec[name] for name in ("task", "k", "refit") if name in spec}
        return cls(spec["models"], split, **known)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def recommenders(self) -> list[Recommender]:
        """ShopDataError for a wrong name, option, task or k: before any work is done."""
        if self.task not in TASKS:
            known = ", ".join(TASKS)
            raise ShopDataError(f"There is no task '{self.task}'. Choose one of: {known}.")
        if not 1 <= self.k <= 1_000:
            raise ShopDataError(f"A list has 1 to 1,000 places, not {self.k}. Change -k.")
        if not self.models:
            raise ShopDataError("No model is chosen. Choose at least one.")
        return [make_model(name, **options) for name, options in self.models.items()]


def study(
    shop: Interactions,
    plan: Plan,
    folder: Path | None = None,
    say: Callable[[dict[str, Any]], None] = silent,
    test: Interactions | None = None,
) -> dict[str, Any]:
    """Fits and judges every model of the plan; returns what comparison.json holds.

    With a folder the (refitted) models are saved there, each with its judgement as soon as it is
    known, and a model that already stands there is not fitted again: a stopped study goes on.
    """
    models = plan.recommenders()
    check_enough(shop)
    split = make_split(shop, plan.split, test)
    if not split.relevant(plan.task).nnz:
        raise ShopDataError(
            f"After the cut no known customer bought {TASKS[plan.task]}, so there is nothing to "
            "judge by. Choose another --task or --split."
        )
    frame = common_facts(shop, plan, split)
    say({"event": "split", "share": 0.0, **frame["split_details"]})
    refit = plan.refit and folder is not None and test is None
    learned = everything(shop, plan.split) if refit else split.train
    if folder:
        Catalogue.of(learned, shop.names).write(folder)
        keep_future(split, learned, folder)
    progress = Progress({model.name: expected(model, split, learned) for model in models}, say)
    with loading(models):
        judged = [one_model(model, plan, split, learned, folder, progress) for model in models]
    results = [result for result, _ in judged]
    values = {result["model"]: ndcg for result, ndcg in judged}
    found = verdict(results, values, plan.task, plan.k, plan.split.seed)
    comparison = {
        "models": [{**frame, **result} for result in results],
        **frame,
        "winner": found.words,
        "difference": found.difference,
        "network_difference": found.network_difference,
        "formulas": formulas(plan.k),
    }
    if folder:
        text = json.dumps(comparison, ensure_ascii=False, indent=1)
        (folder / "comparison.json").write_text(text, encoding="utf-8")
    return comparison


def formulas(k: int) -> dict[str, str]:
    """Every metric's formula, named as in the results."""
    both = (*METRICS.values(), *LIST_METRICS.values())
    return {f"{metric.name}@{k}": metric.formula for metric in both}


@contextmanager
def loading(models: Sequence[Recommender]) -> Generator[None]:
    """Imports for later models go on while the first ones fit, and have ended when this ends."""
    threads = [threading.Thread(target=model.load, daemon=True) for model in models[1:]]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def one_model(
    model: Recommender,
    plan: Plan,
    split: Split,
    learned: TrainingData,
    folder: Path | None,
    progress: Progress,
) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """Fitted, judged on every task, fitted on what else there is to learn, saved.

    -> the result, and the NDCG of each customer on the plan's task, for comparing in pairs.
    """
    home = folder / "models" / model.name if folder else None
    judged = home / "judged.json" if home else None
    if judged and judged.exists():
        progress.skip(model.name)
        values = load_arrays(judged.with_name("values"))["ndcg"]
        return json.loads(judged.read_text(encoding="utf-8")), values
    clock = Clock()
    fitted = model.learn(split.train, progress.begin(model.name, "fit", home))
    clock.mark("fit")
    judging = progress.begin(model.name, "evaluate")
    judgements = evaluate(fitted, split, plan.k, done=lambda done: judging.say({"done": done}))
    if home:
        keep_lists(fitted, split, learned, home)
    clock.mark("evaluate")
    own = judgements[plan.task]
    settled = model.settled(fitted.arrays)
    if learned is not split.train:
        fitted = settled.learn(learned, progress.begin(model.name, "refit", home))
        clock.mark("refit")
    result = {
        "model": model.name,
        "label": model.label,
        "network": model.network,
        "options": asdict(settled),
        "note": fitted.note,
        "metrics": own.metrics(),
        "customers": len(own.customers),
        "tasks": {task: of_task(judgement) for task, judgement in judgements.items()},
        "seconds": clock.seconds,
    }
    if home and judged:
        fitted.save(home)
        save_arrays(home / "values", own.values)
        judged.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    progress.finish(model.name, {"metrics": result["metrics"], "seconds": result["seconds"]})
    return result, own.values["ndcg"]


def expected(model: Recommender, split: Split, learned: TrainingData) -> dict[str, float]:
    """{step: seconds} of a model, for the progress and the time that is left."""
    fit, cells = model.seconds(split.train), split.test.shape[0] * split.test.shape[1]
    steps = {"fit": fit, "evaluate": model.scoring * cells}
    return steps if learned is split.train else steps | {"refit": model.seconds(learned)}


def of_task(judgement: Judgement) -> dict[str, Any]:
    return {"customers": len(judgement.customers), "metrics": judgement.metrics()}


def common_facts(shop: Interactions, plan: Plan, split: Split) -> dict[str, Any]:
    """What is the same for every model of the study."""
    rows = {"read": shop.read, "kept": shop.kept, "set_aside": len(shop.set_aside)}
    return {
        "split": plan.split.method,
        "split_details": {
            "words": split.words,
            **asdict(plan.split),
            "customers": len(split.train.customers),
            "products": len(split.train.products),
            "pairs": split.pairs,
        },
        "task": plan.task,
        "k": plan.k,
        "rows": rows,
    }
