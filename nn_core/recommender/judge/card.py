"""The verdict card: use it or not, in plain words and customers of 100, and for whom not.

The yardstick is the best simple thing that one can do without this tool: a list of best sellers,
or of one's own purchases. The best of the other models is held against it. What decides is NDCG,
the study's measure, by an interval that is corrected for the number of models; what is told is the
number of customers of 100 who found something right in their list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.card_words import FEW, advice, compared, numbers, order, same, sign
from nn_core.recommender.judge.difference import Difference
from nn_core.recommender.judge.segmented import Segmented
from nn_core.recommender.judge.standing import Standing, described

HEADLINES = {
    "yes": "Use it",
    "no": "Do not use it",
    "mixed": "Better in one way, worse in another",
    "unclear": "Cannot tell yet",
    "some": "Use it for some customers",
    "nothing": "Nothing to compare",
}

KINDS = {1: "better", 0: "unclear", -1: "worse"}


@dataclass(frozen=True)
class Card:
    """answer: a name in HEADLINES. `sentences` stand one below the other, the last is the advice.

    of_100, simple_of_100: customers of 100 with a right product in their list, of the model and of
    the simple method; `difference` theirs, `ndcg_difference` that of NDCG; `exceptions` the groups
    for which the answer is another, each with its `kind`: "better", "worse" or "unclear".
    """

    answer: str
    task: str
    customers: int
    model: str | None
    simple: str | None
    sentences: tuple[str, ...]
    of_100: float | None = None
    simple_of_100: float | None = None
    difference: Mapping[str, Any] | None = None
    ndcg_difference: Mapping[str, Any] | None = None
    exceptions: tuple[Mapping[str, Any], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        return {"headline": HEADLINES[self.answer], **asdict(self)}


def card(standing: Standing, groups: Segmented | None, split: SplitOptions) -> Card:
    """What to do on this question; `groups` may be None where none can be told."""
    model, simple = standing.candidate, standing.simplest
    if model is None or simple is None:
        only = standing.ranked[0]
        words = f"{numbers(standing, only, split)}. There is nothing to hold it against."
        name, base = (None if n is None else standing.entries[n].model for n in (model, simple))
        return Card("nothing", standing.task, standing.customers, name, base, (words,))
    hit = standing.against(simple, "hit_rate")[model]
    ndcg = standing.against(simple, "ndcg")[model]
    whom = told_apart(groups, model, simple)
    answer = answered(ndcg, hit, standing.customers, whom)
    others = exceptions(answer, whom)
    return Card(
        answer,
        standing.task,
        standing.customers,
        standing.entries[model].model,
        standing.entries[simple].model,
        (
            *compared(standing, model, simple, hit, split),
            *order(answer, standing, hit, ndcg),
            *advice(answer, standing, ndcg, hit, others),
        ),
        100 * float(standing.draws["hit_rate"].mean[model]),
        100 * float(standing.draws["hit_rate"].mean[simple]),
        described(hit),
        described(ndcg),
        tuple(others),
    )


def answered(
    ndcg: Difference, hit: Difference, customers: int, whom: Mapping[str, tuple[str, Difference]]
) -> str:
    """yes: clearly better, and not for clearly fewer customers. no: clearly worse, or the same for
    every customer. What chance could have done is neither, whichever way it points."""
    if customers < FEW:
        return "unclear"
    signs = {sign(ndcg), sign(hit)}
    if signs == {-1, 1}:
        return "mixed"
    if sign(ndcg) > 0:
        return "yes"
    if any(sign(found) > 0 for _, found in whom.values()):
        return "some"
    return "no" if -1 in signs or same(ndcg, hit) else "unclear"


def told_apart(
    groups: Segmented | None, model: int, simple: int
) -> dict[str, tuple[str, Difference]]:
    """group of customers -> how to say "for ...", and the difference in NDCG there."""
    if groups is None:
        return {}
    found = groups.against(model, simple, "ndcg")
    whole = [s for s in groups.usual if s.products is None]
    return {s.name: (s.whom, found[s.name]) for s in whole}


def exceptions(answer: str, whom: Mapping[str, tuple[str, Difference]]) -> list[dict[str, Any]]:
    """After yes the groups where it is clearly worse or cannot be told, after "some" those where it
    is clearly better."""
    wanted = {"yes": ("worse", "unclear"), "some": ("better",)}.get(answer, ())
    return [
        {"segment": name, "whom": said, "kind": kind, "ndcg_difference": described(found)}
        for name, (said, found) in whom.items()
        if (kind := KINDS[sign(found)]) in wanted
    ]
