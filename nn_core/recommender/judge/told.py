"""What comparison.json tells, as rows that a page, a figure or a report shows.

Pure functions of the comparison alone. Runs made before there were verdicts, differences and
groups give empty rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nn_core.recommender.judge.list_metrics import LIST_METRICS
from nn_core.recommender.judge.standing import SIMPLE
from nn_core.recommender.metrics import METRICS
from nn_core.recommender.models.base import bracketed

Comparison = Mapping[str, Any]
TITLES = {
    "ndcg": "NDCG",
    "recall": "Recall",
    "precision": "Precision",
    "hit_rate": "Hit rate",
    "mrr": "MRR",
    "map": "MAP",
    "coverage": "Coverage",
    "customer_coverage": "Full lists",
    "novelty": "Novelty",
    "diversity": "Diversity",
    "gini": "Gini",
    "tail": "Tail",
    "revenue": "Revenue",
}
"""metric -> its heading."""
RIGHT, ALIKE = tuple(METRICS), tuple(LIST_METRICS)


def meaning(metric: str) -> str:
    return (METRICS | LIST_METRICS)[metric].meaning


def everybody(comparison: Comparison) -> list[dict[str, Any]]:
    """The models of the study and the yardsticks that were judged beside them."""
    return [*comparison["models"], *comparison.get("yardsticks", ())]


def labels(comparison: Comparison) -> dict[str, str]:
    return {entry["model"]: entry["label"] for entry in everybody(comparison)}


def ranked(comparison: Comparison, task: str) -> list[dict[str, Any]]:
    """Everybody, by NDCG on this task; of methods that made the same lists the first."""
    key = f"ndcg@{comparison['k']}"
    once = [one for one in everybody(comparison) if one["model"] not in same(comparison, task)]
    return sorted(once, key=lambda entry: -entry["tasks"][task]["metrics"].get(key, 0))


def same(comparison: Comparison, task: str) -> Mapping[str, str]:
    """A simple method -> the one whose lists it made on this question, customer by customer."""
    return comparison.get("differences", {}).get(task, {}).get("same", {})


def same_words(comparison: Comparison, task: str) -> list[str]:
    """A sentence each: why it is not drawn."""
    names = labels(comparison)
    return [
        f"{names[one]}: here the same list as {names[other]}, so it is shown and counted once."
        for one, other in same(comparison, task).items()
    ]


def metric_table(
    comparison: Comparison, task: str, metrics: Sequence[str]
) -> list[dict[str, str | float | None]]:
    """A row a model: its short name, and each metric under its heading; None where not known."""
    k = comparison["k"]
    return [
        {"Model": bracketed(entry["label"])}
        | {TITLES[m]: entry["tasks"][task]["metrics"].get(f"{m}@{k}") for m in metrics}
        for entry in ranked(comparison, task)
    ]


def metric_rows(comparison: Comparison, task: str, metric: str) -> list[dict[str, Any]]:
    """label, value, low, high, simple of each model, the best at NDCG first; the ends are None
    where no interval is kept."""
    key = f"{metric}@{comparison['k']}"
    ends = comparison.get("intervals", {}).get(task, {})
    found: list[dict[str, Any]] = []
    for entry in ranked(comparison, task):
        low, high = ends.get(entry["model"], {}).get(key, (None, None))
        value = entry["tasks"][task]["metrics"].get(key)
        simple = entry["model"] in SIMPLE
        found.append(
            {"label": entry["label"], "value": value, "low": low, "high": high, "simple": simple}
        )
    return found


def verdict_of(comparison: Comparison, task: str) -> dict[str, Any] | None:
    """The card of this question (see card.py)."""
    return comparison.get("verdicts", {}).get(task)


def sentences(card: Mapping[str, Any]) -> list[str]:
    """The card's, without one that only says its headline again."""
    return [one for one in card["sentences"] if one != f"{card['headline']}."]


def behind(comparison: Comparison, task: str) -> list[str]:
    """The numbers that the card's words stand on, one line each; none where nothing is compared."""
    card, k = verdict_of(comparison, task), comparison["k"]
    if card is None or card["difference"] is None:
        return []
    names, customers = labels(comparison), card["customers"]
    lines = [
        f"{names[card[who]]}: {round(card[of] * customers / 100):,} of {customers:,} customers had "
        f"something right among their {k}, which is {card[of]:.1f} of 100."
        for who, of in (("model", "of_100"), ("simple", "simple_of_100"))
    ]
    hit, ndcg = card["difference"], card["ndcg_difference"]
    return [
        *lines,
        f"Difference in customers of 100: {100 * hit['mean']:+.1f}, with 95% confidence from "
        f"{100 * hit['low']:+.1f} to {100 * hit['high']:+.1f}.",
        f"Difference in NDCG@{k}: {ndcg['mean']:+.4f}, with 95% confidence from "
        f"{ndcg['low']:+.4f} to {ndcg['high']:+.4f}"
        + (", so that zero lies outside." if ndcg["clear"] else ", so that it may be chance."),
    ]


def of_100(comparison: Comparison, task: str) -> list[dict[str, Any]]:
    """The two rows behind the card, in customers of 100."""
    card = verdict_of(comparison, task)
    if card is None:
        return []
    names = labels(comparison)
    asked = [names.get(card["model"]), names.get(card["simple"])]
    rows = [row for row in metric_rows(comparison, task, "hit_rate") if row["label"] in asked]
    return [
        row
        | {end: None if row[end] is None else 100 * row[end] for end in ("value", "low", "high")}
        for row in rows
    ]


def difference_rows(
    comparison: Comparison, task: str, base: str, metric: str
) -> tuple[str, str, list[dict[str, Any]]]:
    """base: "winner" or "simple" -> whom against, how it was made, label and interval of each."""
    found = comparison.get("differences", {}).get(task, {}).get(base)
    if not found:
        return "", "", []
    names = labels(comparison)
    rows = [{"label": names[row["model"]], **row} for row in found[f"{metric}@{comparison['k']}"]]
    return names[found["against"]], found["how"], rows


def group_rows(
    comparison: Comparison, task: str, metric: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(groups, a row a model with its `cells`), for the heat map and the table beside it."""
    found = comparison.get("segments", {}).get(task)
    if not found:
        return [], []
    key = f"{metric}@{comparison['k']}"
    rows = [
        {
            "label": entry["label"],
            "cells": {
                name: group_cell(cell[key])
                for name, cell in found["models"][entry["model"]].items()
            },
        }
        for entry in ranked(comparison, task)
    ]
    return found["groups"], rows


def group_cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    ahead = cell["difference"]
    return {
        "mean": cell["mean"],
        "low": cell["low"],
        "high": cell["high"],
        "difference": ahead and ahead["mean"],
        "clear": bool(ahead and ahead["clear"]),
    }
