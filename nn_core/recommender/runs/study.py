"""A study: models fitted and judged on one split of a shop, described, and kept in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from nn_core.jobs.folder import write_atomically
from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.extent import Extent
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.insight.carried_out import insights
from nn_core.recommender.judge.card import card
from nn_core.recommender.judge.kept import keep_future
from nn_core.recommender.judge.list_metrics import LIST_METRICS
from nn_core.recommender.judge.people_groups import check_chosen, told_of
from nn_core.recommender.judge.segmented import Segmented
from nn_core.recommender.judge.standing import Standing
from nn_core.recommender.judge.verdict import verdict
from nn_core.recommender.metrics import METRICS
from nn_core.recommender.models import Recommender, make_model
from nn_core.recommender.models.base import silent
from nn_core.recommender.portrait.audit import check_enough
from nn_core.recommender.runs.formats import FORMAT
from nn_core.recommender.runs.judging import Judged, expected, loading, one_model, yardsticks
from nn_core.recommender.runs.progress import Progress
from nn_core.recommender.split import TASKS, Split, everything, make_split


@dataclass(frozen=True)
class Plan:
    """What to fit ({model: its options}), how to cut, and the question the sentence answers.

    refit: a model that is kept is, after the judgement, fitted once more on all purchases, because
    lists for today must know the last month too. Not with a second file, which is the future.
    insight_seconds: the budget of the small studies after the judgement (see insight/), in seconds
    of the processor; 0 for none. They are made where a folder keeps them.
    groups: the columns of the table of customers that make groups; None for the first that can.
    """

    models: dict[str, dict[str, Any]]
    split: SplitOptions = field(default_factory=SplitOptions)
    task: str = "discover"
    k: int = 10
    refit: bool = True
    insight_seconds: float = 20.0
    groups: Sequence[str] | None = None

    @classmethod
    def from_json(cls, spec: dict[str, Any]) -> Plan:
        split = SplitOptions(**spec.get("split", {}))
        names = ("task", "k", "refit", "insight_seconds", "groups")
        known = {name: spec[name] for name in names if name in spec}
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


def nothing_more() -> None:
    """What a study does when its result is there, where nobody asks for more."""


def study(
    shop: Interactions,
    plan: Plan,
    folder: Path | None = None,
    say: Callable[[dict[str, Any]], None] = silent,
    test: Interactions | None = None,
    then: Callable[[], None] = nothing_more,
) -> dict[str, Any]:
    """Fits and judges every model of the plan; returns what comparison.json holds.

    With a folder the (refitted) models are saved there, each with its judgement as soon as it is
    known, and a model that already stands there is not fitted again: a stopped study goes on.
    then: called when the result can be looked at, before the small studies begin.
    """
    models = plan.recommenders()
    plan = replace(plan, split=plan.split.of_data(shop.has_time))
    check_enough(shop)
    check_chosen(shop.people, plan.groups)
    split = make_split(shop, plan.split, test)
    if not split.relevant(plan.task).nnz:
        raise ShopDataError(
            f"After the cut no known customer bought {TASKS[plan.task]}, so there is nothing to "
            "judge by. Choose another question (--task), or hold something else out (--split)."
        )
    frame = common_facts(shop, plan, split)
    say({"event": "split", "share": 0.0, **frame["split_details"]})
    refit = plan.refit and folder is not None and test is None
    learned = everything(shop, plan.split) if refit else split.train
    if folder:
        Catalogue.of(learned, shop.names).write(folder)
        keep_future(split, learned, folder)
    known = Extent.of(split.train.histories), Extent.of(learned.histories) if refit else None
    steps = {model.name: expected(model, *known) for model in models}
    looking = folder is not None and plan.insight_seconds > 0
    if looking:
        steps["insights"] = {"insight": plan.insight_seconds / 2}
    progress = Progress(steps, say)
    with loading(models):
        judged = [
            one_model(model, plan.task, plan.k, split, learned, folder, progress)
            for model in models
        ]
    results = [one.result for one in judged]
    values = {one.entry.model: one.judgements[plan.task].values["ndcg"] for one in judged}
    found = verdict(results, values, plan.task, plan.k, plan.split.seed)
    others = yardsticks([model.name for model in models], split, plan.task, plan.k)
    comparison = {
        "format": FORMAT,
        "models": [{**frame, **result} for result in results],
        **frame,
        "winner": found.words,
        "difference": found.difference,
        "network_difference": found.network_difference,
        "formulas": formulas(plan.k),
        "yardsticks": [one.result for one in others],
        **compared([*judged, *others], split, plan, shop.people),
    }
    if folder:  # from now on there is a result to look at, whatever becomes of the small studies
        write_atomically(folder / "comparison.json", comparison, indent=1)
        then()
    if folder and looking:
        hear = progress.begin("insights", "insight").say
        budget = plan.insight_seconds
        insights(shop, results, plan.split, plan.task, plan.k, folder, budget, hear)
    return comparison


def compared(
    judged: Sequence[Judged], split: Split, plan: Plan, people: pd.DataFrame
) -> dict[str, Any]:
    """task -> the verdict card, all differences, the groups, each model's own intervals."""
    kinds = ("verdicts", "differences", "segments", "intervals")
    found: dict[str, Any] = {kind: {} for kind in kinds}
    for task in TASKS:
        judgements = [one.judgements[task] for one in judged]
        if not len(judgements[0].customers):
            continue
        standing = Standing.of([one.entry for one in judged], judgements, plan.split.seed)
        groups = Segmented.of(standing, judgements, split, people, plan.groups)
        found["verdicts"][task] = card(standing, groups, plan.split).to_json()
        found["differences"][task] = standing.to_json()
        found["segments"][task] = groups.to_json()
        found["intervals"][task] = standing.intervals()
    return found


def formulas(k: int) -> dict[str, str]:
    """Every metric's formula, named as in the results."""
    both = (*METRICS.values(), *LIST_METRICS.values())
    return {f"{metric.name}@{k}": metric.formula for metric in both}


def common_facts(shop: Interactions, plan: Plan, split: Split) -> dict[str, Any]:
    """What is the same for every model of the study."""
    rows = {"read": shop.read, "kept": shop.kept, "set_aside": len(shop.set_aside)}
    return {
        "people": told_of(shop.people, split.train.customers, plan.groups),
        "split": plan.split.method,
        "split_details": {
            "words": split.words,
            **asdict(plan.split),
            "dated": split.train.now is not None,
            "customers": len(split.train.customers),
            "products": len(split.train.products),
            "pairs": split.pairs,
        },
        "task": plan.task,
        "k": plan.k,
        "rows": rows,
    }
