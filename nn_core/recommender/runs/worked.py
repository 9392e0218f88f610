"""The metrics of one judged customer, computed step by step as one would with a pencil."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from nn_core.recommender.judge.kept import DEPTH, all_lists, kept_future, kept_lists, kept_shelf
from nn_core.recommender.judge.worked_lists import of_all, of_one
from nn_core.recommender.matrix import row_sizes
from nn_core.recommender.metrics import METRICS, Hits, discounts, hits
from nn_core.recommender.runs.runs import Run


@dataclass(frozen=True)
class Worked:
    """products: the list, first place first, by name; right (k,): was it bought; worth (k,): of a
    place for NDCG; relevant: right products in all; lines: metric -> its sum with the numbers, like
    the same for what this list is like, all_lists for what is known of all lists together only."""

    products: list[str]
    right: list[bool]
    worth: list[float]
    relevant: int
    values: dict[str, float]
    lines: dict[str, str]
    like: dict[str, str] = field(default_factory=dict[str, str])
    all_lists: dict[str, str] = field(default_factory=dict[str, str])


def worked(run: Run, model: str, task: str, turn: int) -> Worked | None:
    """One of the customers whose kept list held something right, another one each turn. None where
    no lists were kept, or none of them held anything."""
    k, catalogue = run.comparison["k"], run.catalogue
    future = kept_future(run.folder, len(catalogue.products))
    lists = kept_lists(run.folder, model, task)
    if future is None or lists is None or k > DEPTH:
        return None
    judged = np.flatnonzero(row_sizes(future.relevant(task)))
    wanted = future.relevant(task)[judged]
    ranked = lists.products[judged, :k].astype(np.int64)
    found = hits(ranked, wanted)
    lucky = np.flatnonzero(found.any(axis=1))
    if not len(lucky):
        return None
    row = np.random.default_rng(0).permutation(lucky)[turn % len(lucky)]
    names = [
        catalogue.names[n] or catalogue.products[n] if n >= 0 else "" for n in ranked[row].tolist()
    ]
    one = computed(names, found[row], int(row_sizes(wanted)[row]))
    shelf, shown = kept_shelf(run.folder), all_lists(run.folder, model, task)
    products = run.comparison["split_details"]["products"]
    right = wanted[[row]].indices.astype(np.int64)
    return replace(
        one,
        like={} if shelf is None else of_one(shelf, ranked[row], found[row], right, names),
        all_lists={} if shown is None else of_all(shown, products),
    )


def computed(products: list[str], found: Hits, relevant: int) -> Worked:
    """found: (k,) which places were right."""
    asked, count = found[None, :], np.array([relevant])
    values = {name: float(metric.values(asked, count)[0]) for name, metric in METRICS.items()}
    worth = discounts(len(found)).tolist()
    return Worked(products, found.tolist(), worth, relevant, values, lines(found, relevant, values))


def lines(found: Hits, relevant: int, values: dict[str, float]) -> dict[str, str]:
    """Each metric's formula with this customer's numbers in it."""
    k, ranks = len(found), [int(place) + 1 for place in np.flatnonzero(found)]
    best = min(k, relevant)
    gains = " + ".join(f"1/log2({rank + 1})" for rank in ranks) or "0"
    ideal = discounts(k)[:best].sum()
    precisions = " + ".join(f"{n}/{rank}" for n, rank in enumerate(ranks, 1)) or "0"
    sums = {
        "ndcg": f"({gains}) / {ideal:.4f}",
        "recall": f"{len(ranks)} / {relevant}",
        "precision": f"{len(ranks)} / {k}",
        "mrr": f"1 / {ranks[0]}" if ranks else "0",
        "map": f"({precisions}) / {best}",
    }
    said = {name: f"{sum_} = {values[name]:.4f}" for name, sum_ in sums.items()}
    said["ndcg"] += f", where {ideal:.4f} is the most that {best} right products can reach"
    said["hit_rate"] = "1, a right product is there" if ranks else "0, no right product is there"
    return {name: said[name] for name in values}
