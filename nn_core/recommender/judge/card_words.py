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
    other = f"{standing.entries[simple].said} for {of_100(standing, simple)}"
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
    """A whole number, one decimal below one; never "-0"."""
    digits = 0 if abs(customers) >= 1 else 1
    return f"{round(customers, digits) or 0.0:.{digits}f}"


def numbers(standing: Standing, place: int, split: SplitOptions) -> str:
    return (
        f"{when(split)} {standing.entries[place].said} put {ASKED[standing.task]} into its "
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


def nearer(answer: str, standing: Standing, hit: Difference, ndcg: Difference) -> list[str]:
    """Why it is yes, where the customers of 100 alone do not carry it."""
    if answer != "yes" or hit.clear:
        return []
    begin = "That may be chance; what is not" if hit.low or hit.high else "What differs"
    return [
        f"{begin} is that right products stand nearer the top of its "
        f"lists: {ndcg.words(f'NDCG@{standing.k}')}."
    ]


def advice(
    answer: str, standing: Standing, ndcg: Difference, others: list[dict[str, Any]]
) -> list[str]:
    """The last words: what to do."""
    assert standing.simplest is not None  # noqa: S101  a card without one has no advice
    simple = standing.entries[standing.simplest].said
    listed = " and ".join(other["whom"] for other in others)
    if answer == "yes":
        tail = f"; for {listed} it is no better than {simple}." if others else "."
        return [f"Use it{tail}"]
    if answer == "some":
        return [f"Over all customers it is not surely better. Use it for {listed} only."]
    if answer == "no":
        return [f"Do not use it: it is no better than {simple}. That costs nothing, keep to it."]
    return [
        f"Cannot tell yet whether it is better than {simple}. {needed(ndcg)}",
        f"Until it can be told, keep to {simple}: that costs nothing.",
    ]


def needed(ndcg: Difference) -> str:
    """An interval shrinks with the square root of the customers: where it would clear zero."""
    reach = ndcg.high - ndcg.mean
    if ndcg.mean <= 0 or not reach:
        return f"Only {ndcg.customers:,} customers could be judged."
    customers = ndcg.customers * (reach / ndcg.mean) ** 2
    if customers > 100 * ndcg.customers or ndcg.customers < FEW:
        return f"{ndcg.customers:,} customers could be judged, far too few for so small a lead."
    return (
        f"{ndcg.customers:,} customers could be judged; for a lead of this size it would take "
        f"about {round(customers, -2) or round(customers):,.0f}."
    )
