"""The sentences of the verdict card, from the numbers alone."""

from __future__ import annotations

from typing import Any

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.difference import Difference
from nn_core.recommender.judge.standing import Standing
from nn_core.recommender.judge.verdict import ASKED

FEW = 25
"""Judged customers. With fewer the answer is always that it cannot be told."""


def compared(
    standing: Standing, model: int, simple: int, hit: Difference, split: SplitOptions
) -> tuple[str, str]:
    """Both in customers of 100, and how sure that is."""
    other = f"{standing.said(simple)} for {of_100(standing, simple)}"
    low, high = sorted((100 * hit.low, 100 * hit.high), key=abs)
    if hit.clear:
        more = "more" if hit.mean > 0 else "fewer"
        sure = f"That is {whole(abs(low))} to {whole(abs(high))} {more} of 100 customers"
    elif not (hit.low or hit.high):
        return f"{numbers(standing, model, split)}; {other}.", "They are the same customers."
    else:
        sure = (
            f"The difference lies between {whole(100 * hit.low)} and {whole(100 * hit.high)} of "
            "100 customers"
        )
    return f"{numbers(standing, model, split)}; {other}.", f"{sure}, with 95% confidence."


def whole(customers: float) -> str:
    """A whole number; below one as many decimals, up to three, as show its sign; never "-0"."""
    few = (n for n in (1, 2, 3) if round(customers, n))
    digits = 0 if abs(customers) >= 1 else next(few, 1)
    return f"{round(customers, digits) or 0.0:.{digits}f}"


def numbers(standing: Standing, place: int, split: SplitOptions) -> str:
    return (
        f"{when(split)} {standing.said(place)} put {ASKED[standing.task]} into its "
        f"{standing.k} for {of_100(standing, place)} of 100 customers"
    )


def when(split: SplitOptions) -> str:
    return {
        "time": f"In the last {split.test_days} days",
        "last-rows": f"In the last {split.test_share:.0%} of the rows",
        "leave-last": "In customers' last orders",
        "last-share": f"In the last {split.test_share:.0%} of customers' purchases",
        "random": "Among purchases drawn at random",
        "file": "In the second file",
    }[split.method]


def of_100(standing: Standing, place: int) -> str:
    return f"{100 * standing.draws['hit_rate'].mean[place]:.0f}"


def sign(found: Difference) -> int:
    """1 clearly better, -1 clearly worse, 0 where chance could have done it."""
    return (1 if found.mean > 0 else -1) if found.clear else 0


def same(*found: Difference) -> bool:
    """No customer got more or less than with the other: there is no interval at all."""
    return not any(one.low or one.high for one in found)


def order(answer: str, standing: Standing, hit: Difference, ndcg: Difference) -> list[str]:
    """Where in the lists right products stand, if the customers of 100 alone do not carry the
    answer."""
    sure = ndcg.words(f"NDCG@{standing.k}")
    if standing.customers < FEW:
        return []
    if hit.clear and not ndcg.clear:
        return [f"Whether right products stand nearer the top cannot be told: {sure}."]
    if not ndcg.clear or (hit.clear and answer != "mixed"):
        return []
    begin = "But" if hit.clear else "That may be chance; what is not is that"
    begin = "What differs is that" if same(hit) else begin
    where = "nearer the top of" if ndcg.mean > 0 else "further down"
    return [f"{begin} right products stand {where} its lists: {sure}."]


def advice(
    answer: str,
    standing: Standing,
    ndcg: Difference,
    hit: Difference,
    others: list[dict[str, Any]],
) -> list[str]:
    """The last words: what to do."""
    assert standing.simplest is not None  # noqa: S101  a card without one has no advice
    simple = standing.said(standing.simplest)
    keep = f"keep to {simple}: that takes no more than counting."
    if answer == "yes":
        return use_it(simple, others)
    if answer == "some":
        over_all = "clearly worse" if sign(ndcg) < 0 else "not surely better"
        return [f"Over all customers it is {over_all}. Use it for {listed(others)} only."]
    if answer == "no":
        return [
            f"Do not use it: {why_not(ndcg, hit)} {simple}. Keep to that: it takes no more than "
            "counting."
        ]
    if answer == "mixed":
        return [
            f"Neither it nor {simple} is better in both. Use it if "
            f"{'the first places matter' if ndcg.mean > 0 else 'reaching more customers matters'} "
            f"more to you; else {keep}"
        ]
    return [
        f"Cannot tell yet whether it is better than {simple}. {needed(ndcg)}",
        f"Until it can be told, {keep}",
    ]


def why_not(ndcg: Difference, hit: Difference) -> str:
    if same(ndcg, hit):
        return "every customer gets just as much from"
    if sign(ndcg) < 0:
        return "it is clearly worse than"
    return "it finds something for clearly fewer customers than"


def use_it(simple: str, others: list[dict[str, Any]]) -> list[str]:
    """With the groups for which it is worse, and those for which nobody knows."""
    worse = [other for other in others if other["kind"] == "worse"]
    unclear = [other for other in others if other["kind"] == "unclear"]
    tail = f"; for {listed(worse)} it is worse than {simple}." if worse else "."
    untold = [f"For {listed(unclear)} it cannot be told yet."] if unclear else []
    return [f"Use it{tail}", *untold]


def listed(groups: list[dict[str, Any]]) -> str:
    *first, last = [group["whom"] for group in groups]
    return f"{', '.join(first)} and {last}" if first else last


def needed(ndcg: Difference) -> str:
    """An interval shrinks with the square root of the customers: where it would clear zero."""
    reach = ndcg.high - ndcg.mean
    judged = f"{ndcg.customers:,} customers could be judged"
    if ndcg.mean <= 0 or not reach:
        return f"{judged}; among them it is not ahead."
    customers = ndcg.customers * (reach / ndcg.mean) ** 2
    if customers > 100 * ndcg.customers or ndcg.customers < FEW:
        return f"{judged}, far too few for so small a lead."
    return (
        f"{judged}; for a lead of this size it would take "
        f"about {round(customers, -2) or round(customers):,.0f}."
    )
