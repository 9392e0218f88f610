"""Does a model still know of a customer who was forgotten? It is held against one that cannot.

EASE and item kNN learn nothing but counts: how many customers bought a product, and how many bought
two. So there is another way to the model without a customer: the customer's own counts are taken
from those of before, and the model is made of what is left. Any other model is fitted a second
time, from its start, on the purchases that are left. What the old model says of other customers
differs from that; what the new one says must not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.extent import Extent
from nn_core.recommender.forgetting.subtracted import ANOTHER_WAY, Counts
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, as_csr
from nn_core.recommender.models import Fitted
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan
from nn_core.recommender.split import TrainingData, everything, make_split

Scores = NDArray[np.float32]
WITNESSES = 100
SCORES = 1_000_000
"""Other customers, evenly picked, of whom the models are asked; and scores of each model."""
SECONDS = 60.0
"""Of second fits, as expected; the quickest come first."""
ROUNDING = 1e-4
"""Of a customer's largest score: two ways to compute one number differ by no more."""
SUBTRACTED, TWICE, ONCE = "subtracted", "fitted twice", "fitted once"
"""How a model was checked; after ONCE there is nothing to hold it against."""


@dataclass(frozen=True)
class Before:
    """The run as it was: bought (N, I) by these customers, of these products, and what each model
    said of the witnesses, (W, I). All in memory: the files will be deleted."""

    customers: list[str]
    products: list[str]
    bought: Matrix
    witnesses: list[str]
    told: dict[str, Scores]

    @classmethod
    def of(cls, folder: Path, customer: str) -> Before | None:
        """None where the run has no result, or does not rank anything for this customer."""
        if not (folder / "result" / "comparison.json").exists():
            return None
        run = open_run(folder)
        shown = run.catalogue
        if customer not in shown.number:
            return None
        others = [one for one in shown.customers if one != customer]
        most = min(WITNESSES, 1 + SCORES // len(shown.products))
        picked = np.unique(np.linspace(0, len(others) - 1, most).astype(np.int64))
        witnesses = [others[n] for n in picked] if others else []
        told = {name: np.array(told_by(run, name, witnesses)) for name in run.models()}
        bought = as_csr(shown.histories.bought.copy())
        return cls(shown.customers, shown.products, bought, witnesses, told)


def told_by(run: Run, model: str, customers: list[str]) -> Scores:
    return run.model(model).scores(histories_of(run, customers))


def histories_of(run: Run, customers: list[str]) -> Histories:
    numbers = [run.catalogue.number[customer] for customer in customers]
    return run.catalogue.histories.of(np.array(numbers, np.int64))


@dataclass(frozen=True)
class Checked:
    """scores: how many were compared; before, after: how many the old and the new model had other
    than the one that cannot know; None where there is none."""

    model: str
    how: str
    scores: int = 0
    before: int | None = None
    after: int | None = None


def learned_from(folder: Path, shop: Interactions, test: Interactions | None) -> TrainingData:
    """What the models of a run are fitted on, last of all; see `study`."""
    plan = Plan.from_json(json.loads((folder / "spec.json").read_text(encoding="utf-8")))
    if plan.refit and test is None:
        return everything(shop, plan.split)
    return make_split(shop, plan.split, test).train


def unlearned(before: Before, customer: str, folder: Path, learned: TrainingData) -> dict[str, Any]:
    """folder: the run as it is now; learned: what its models were fitted on -> for the proof."""
    run = open_run(folder)
    row = before.customers.index(customer)
    counts = Counts.of(before.bought, row, before.products, run.catalogue)
    extent, left = Extent.of(learned.histories), SECONDS
    known = [one for one in before.witnesses if one in run.catalogue.number]
    found: dict[str, Checked] = {}
    for name in sorted(run.models(), key=lambda name: run.model(name).model.seconds(extent)):
        fitted, histories = run.model(name), histories_of(run, known)
        way = ANOTHER_WAY.get(type(fitted.model))
        left -= fitted.model.seconds(extent)
        if counts and way:
            right = way(fitted, counts.left, histories.purchases)
            found[name] = held(name, SUBTRACTED, before, run, known, right)
        elif left > 0 and (right := second_fit(fitted, learned, histories)) is not None:
            found[name] = held(name, TWICE, before, run, known, right)
        else:
            found[name] = Checked(name, ONCE)
    return {
        "models": [asdict(found[name]) for name in run.models()],
        "others": len(known),
        "pairs": counts.told() if counts else None,
    }


def second_fit(fitted: Fitted, learned: TrainingData, histories: Histories) -> Scores | None:
    """None where memory is short for it: the run itself is done, and stays so."""
    try:
        return fitted.model.learn(learned).scores(histories)
    except MemoryError:
        return None


def held(
    model: str, how: str, before: Before, run: Run, known: list[str], right: Scores
) -> Checked:
    """Both models against `right` (W, I), over the products that both rank."""
    place = pd.Index(before.products).get_indexer(pd.Index(run.catalogue.products))
    rows = pd.Index(before.witnesses).get_indexer(pd.Index(known))
    there = place >= 0
    old = before.told[model][rows][:, place[there]]
    return Checked(
        model,
        how,
        int(right[:, there].size),
        other(old, right[:, there]),
        other(told_by(run, model, known), right),
    )


def other(scores: Scores, right: Scores) -> int:
    """How many are another number, beyond ROUNDING."""
    finite = np.where(np.isfinite(right), np.abs(right), 0)
    allowed = ROUNDING * finite.max(axis=1, keepdims=True, initial=0)
    with np.errstate(invalid="ignore"):  # inf - inf, where both do not rank a product
        apart = np.abs(scores - right) > allowed
    return int((apart & (scores != right)).sum())
