"""Which model is best, in plain words that claim no more than the customers' differences carry."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.judge.difference import Difference, resampled
from nn_core.recommender.judge.naming import on_question

ASKED = {
    "discover": "a product the customer bought for the first time",
    "all": "a product the customer bought",
    "buy-again": "a product the customer bought again",
}
Values = Mapping[str, NDArray[np.float64]]
"""model -> (N,) its NDCG for each customer, the same customers in the same order for all."""


@dataclass(frozen=True)
class Verdict:
    """The sentences, and the differences they stand on, as they go into comparison.json."""

    words: str
    difference: dict[str, Any] | None
    network_difference: dict[str, Any] | None


def verdict(
    results: Sequence[dict[str, Any]], values: Values, task: str, k: int, seed: int = 0
) -> Verdict:
    """results: for each model `model`, `label`, `spoken`, `network`, `metrics`; measured by NDCG@k.

    `difference` is winner minus next, `network_difference` the best network minus the best of the
    others, each with the two models, the mean, the ends of its interval, and whether it is clear.
    Which one comes next is seen from the same numbers, so the interval is corrected for all that
    could have come next.
    """
    said: list[dict[str, Any]] = [
        result | {"spoken": on_question(task, result["model"], within(result))}
        for result in results
    ]
    ranked = sorted(said, key=lambda result: -result["metrics"][f"ndcg@{k}"])
    if len(ranked) == 1:
        return Verdict(f"{alone(ranked[0], task, k)}.", None, None)
    first, second = ranked[0], ranked[1]
    ahead = between(first, ranked[1:], values, seed)
    networks = [result for result in ranked if result["network"]]
    others = [result for result in ranked if not result["network"]]
    words = leading(first, second, ahead, task, k)
    shown = described(first, second, ahead, k)
    if not networks or not others:
        return Verdict(words, shown, None)
    learned = between(networks[0], others, values, seed)
    words = f"{words} {of_networks(networks[0], others[0], learned, k)}"
    return Verdict(words, shown, described(networks[0], others[0], learned, k))


def between(
    one: dict[str, Any], others: Sequence[dict[str, Any]], values: Values, seed: int
) -> Difference:
    """One model minus the first of the others, corrected for all of them."""
    table = np.stack([values[one["model"]] - values[other["model"]] for other in others], axis=1)
    return resampled(table, np.random.default_rng(seed)).together()[0]


def described(
    one: dict[str, Any], other: dict[str, Any], found: Difference, k: int
) -> dict[str, Any]:
    names = {"model": one["model"], "against": other["model"], "metric": f"ndcg@{k}"}
    return {**names, **asdict(found), "clear": found.clear}


def alone(best: dict[str, Any], task: str, k: int) -> str:
    return (
        f"{begins(best)}: its {k} products held {ASKED[task]} for {of_100(best, k)} of 100 "
        f"customers (NDCG@{k} {ndcg(best, k)})"
    )


def leading(
    first: dict[str, Any], second: dict[str, Any], found: Difference, task: str, k: int
) -> str:
    """Who is ahead, or that nobody is for sure."""
    measure = f"NDCG@{k}"
    if found.clear:
        return (
            f"{begins(first)} is ahead: its {k} products held {ASKED[task]} for "
            f"{of_100(first, k)} of 100 customers ({measure} {ndcg(first, k)}); next comes "
            f"{within(second)} with {of_100(second, k)} ({ndcg(second, k)}); "
            f"{found.words(measure)}."
        )
    return (
        f"{begins(first)} and {within(second)} are too close to call: their {k} products held "
        f"{ASKED[task]} for {of_100(first, k)} and {of_100(second, k)} of 100 customers ({measure} "
        f"{ndcg(first, k)} and {ndcg(second, k)}); {found.words(measure)}."
    )


def of_networks(network: dict[str, Any], other: dict[str, Any], found: Difference, k: int) -> str:
    """What the network is worth beside the best method without one."""
    best = within(other)
    if not found.clear:
        return f"Whether a network beats {best} cannot be told from these customers."
    if found.mean > 0:
        return f"Here a network beats every method without one, {best} among them."
    return (
        f"No network beats {best} here: the best of them reached {of_100(network, k)} of 100 "
        f"customers and NDCG@{k} {ndcg(network, k)}, against {ndcg(other, k)}."
    )


def within(result: Mapping[str, Any]) -> str:
    """What a sentence calls a model; a result of before has its label alone."""
    return result.get("spoken") or result["label"]


def begins(result: Mapping[str, Any]) -> str:
    """The same where the sentence begins."""
    words = within(result)
    return words[:1].upper() + words[1:]


def of_100(result: dict[str, Any], k: int) -> str:
    return f"{100 * result['metrics'][f'hit_rate@{k}']:.0f}"


def ndcg(result: dict[str, Any], k: int) -> str:
    return f"{result['metrics'][f'ndcg@{k}']:.3f}"
