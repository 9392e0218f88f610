"""Does training again pay? The old model and the new one, asked about the same purchases.

The newer file's second half is held out. The old model is as it was kept; the new one, with the
same settings, also learned from the first half. Both see the same histories up to the cut, so that
the difference is what they learned, not what they are told.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.data.interactions import Interactions
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.judge.difference import Difference, paired
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.verdict import begins
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.models import Fitted, make_model
from nn_core.recommender.runs.runs import Run
from nn_core.recommender.runs.study import Plan
from nn_core.recommender.split import Split, make_split

ENOUGH = 10
"""Customers; each of fewer would be more than a tenth of the answer."""


@dataclass(frozen=True)
class Translated:
    """A model that was fitted on other numbers of products, asked in today's.

    of_old: (I old,) today's number of each of its products, -1 for one that is not ranked now.
    """

    fitted: Fitted
    of_old: NDArray[np.int64]
    same_scores: None = None

    def on(self, task: str) -> Translated:
        return Translated(self.fitted.on(task), self.of_old)

    def scores(self, histories: Histories) -> NDArray[np.float32]:
        """(N, I today): what the old model does not know, it does not recommend."""
        known = np.flatnonzero(self.of_old >= 0)
        old = np.full(histories.products, -1)
        old[self.of_old[known]] = known
        kept = histories.keep(old[histories.product] >= 0)
        asked = replace(kept, product=old[kept.product], products=len(self.of_old))
        scores = np.full((len(histories), histories.products), -np.inf, np.float32)
        scores[:, self.of_old[known]] = self.fitted.scores(asked)[:, known]
        return scores


def renewed(old: Run, both: Interactions, plan: Plan, since: str) -> dict[str, Any]:
    """The best model of the old run against itself, trained again. ShopDataError where the newer
    file is too short, or its customers are all new."""
    split, cut = second_half(both, plan, since)
    name = old.best()
    result = next(one for one in old.results if one["model"] == name)
    place = pd.Index(split.train.products).get_indexer(pd.Index(old.catalogue.products))
    before = cast(Fitted, Translated(old.model(name), np.asarray(place, np.int64)))
    again = make_model(name, **result["options"]).learn(split.train)
    judged = {
        "old": evaluate(before, split, plan.k, [plan.task])[plan.task],
        "new": evaluate(again, split, plan.k, [plan.task])[plan.task],
    }
    rng = np.random.default_rng(plan.split.seed)
    found = {
        metric: paired(judged["new"].values[metric], judged["old"].values[metric], rng)
        for metric in ("ndcg", "hit_rate")
    }
    return {
        "model": name,
        "label": result["label"],
        "spoken": result.get("spoken", ""),
        "task": plan.task,
        "k": plan.k,
        "since": since,
        "cut": cut,
        "customers": len(judged["old"].customers),
        "old": judged["old"].metrics(),
        "new": judged["new"].metrics(),
        "difference": {metric: asdict(one) | {"clear": one.clear} for metric, one in found.items()},
    }


def second_half(both: Interactions, plan: Plan, since: str) -> tuple[Split, str]:
    """A cut in the middle of what is newer than `since`, at most the days of the plan from its end;
    and its moment."""
    time: Any = both.frame["time"]
    begin, end = pd.Timestamp(since), time.max()
    cut = max(begin + (end - begin) / 2, end - pd.Timedelta(days=plan.split.test_days))
    before, after = (
        replace(both, frame=both.frame[mask].reset_index(drop=True))
        for mask in (time < cut, time >= cut)
    )
    options = replace(plan.split, method="file")
    split = make_split(before, options, after)
    judges = np.count_nonzero(row_sizes(split.relevant(plan.task)))
    if judges < ENOUGH:
        raise ShopDataError(
            f"In the second half of what is newer, from {cut:%Y-%m-%d}, {judges} known customers "
            f"bought anything to judge by. It takes {ENOUGH} to compare the old model with the new."
        )
    return split, f"{cut:%Y-%m-%d}"


def words(change: dict[str, Any]) -> str:
    """What `renewed` found, in a sentence or two. NDCG decides, as it does between models; how many
    customers of 100 found something right is what a person can picture."""
    k = change["k"]
    hit, ndcg = (difference_of(change, metric) for metric in ("hit_rate", "ndcg"))
    of_100 = {which: f"{100 * change[which][f'hit_rate@{k}']:.0f}" for which in ("old", "new")}
    said = (
        f"{begins(change)}, asked about the {change['customers']:,} customers who bought from "
        f"{change['cut']} on: as it was, its {k} places held something right for {of_100['old']} "
        f"of 100; trained again, for {of_100['new']}. "
    )
    if not any((hit.low, hit.high, ndcg.low, ndcg.high)):
        return f"{said}For each of these customers both lists were as good."
    said += (
        f"That is {100 * hit.low:+z.0f} to {100 * hit.high:+z.0f} of 100; "
        f"where right products stand counts too, and there {ndcg.words(f'NDCG@{k}')}."
    )
    if not ndcg.clear:
        return f"{said} Whether training again helped cannot be told from these customers."
    return f"{said} Training again {'helped' if ndcg.mean > 0 else 'made it worse'}."


def difference_of(change: dict[str, Any], metric: str) -> Difference:
    """As `renewed` kept it."""
    kept = change["difference"][metric]
    return Difference(**{field.name: kept[field.name] for field in fields(Difference)})
