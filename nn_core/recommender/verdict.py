"""Which model is best, in one plain sentence that also says when the network is not."""

from collections.abc import Sequence
from typing import Any

ASKED = {
    "discover": "a product the customer bought for the first time",
    "all": "a product the customer bought",
    "buy-again": "a product the customer bought again",
}


def verdict(results: Sequence[dict[str, Any]], task: str, k: int) -> str:
    """results: for each model `label`, `network`, `metrics` -> a sentence or two.

    The measure is NDCG@k. Differences are not yet tested for chance, so it names, and no more.
    """
    ranked = sorted(results, key=lambda result: -result["metrics"][f"ndcg@{k}"])
    best = ranked[0]
    sentence = (
        f"{best['label']} is ahead: its {k} products held {ASKED[task]} for "
        f"{of_100(best, k)} of 100 customers (NDCG@{k} {ndcg(best, k)})"
    )
    if len(ranked) == 1:
        return f"{sentence}."
    second = ranked[1]
    sentence += f"; next comes {second['label']} with {of_100(second, k)} ({ndcg(second, k)})."
    networks = [result for result in ranked if result["network"]]
    if not networks or len(networks) == len(ranked):
        return sentence
    network, simple = networks[0], next(result for result in ranked if not result["network"])
    if network is best:
        return f"{sentence} Here the network beats the simple methods."
    return (
        f"{sentence} The network does not beat the simple methods here: {of_100(network, k)} of "
        f"100 customers and NDCG@{k} {ndcg(network, k)}, against {ndcg(simple, k)} for "
        f"{simple['label']}."
    )


def of_100(result: dict[str, Any], k: int) -> str:
    return f"{100 * result['metrics'][f'hit_rate@{k}']:.0f}"


def ndcg(result: dict[str, Any], k: int) -> str:
    return f"{result['metrics'][f'ndcg@{k}']:.3f}"
