"""What both documents read out of a run's comparison: nothing in them is computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nn_core.recommender.judge.told import same
from nn_core.recommender.runs.made import how
from nn_core.recommender.runs.runs import Run
from nn_core.recommender.split import TASKS

TITLES = {"discover": "Discover", "all": "All purchases", "buy-again": "Buy again"}
SHOWN = {
    "ndcg": "NDCG",
    "recall": "Recall",
    "hit_rate": "Hit rate",
    "map": "MAP",
    "mrr": "MRR",
    "coverage": "Coverage",
    "novelty": "Novelty",
    "diversity": "Diversity",
}
"""What a card has room for."""
RIGHT = {
    "ndcg": "NDCG",
    "recall": "Recall",
    "precision": "Precision",
    "hit_rate": "Hit rate",
    "map": "MAP",
    "mrr": "MRR",
    "revenue": "Revenue",
}
WHAT_LISTS_ARE_LIKE = {
    "coverage": "Coverage",
    "customer_coverage": "Full lists",
    "novelty": "Novelty",
    "diversity": "Diversity",
    "gini": "Gini",
    "tail": "Slow sellers",
}


@dataclass(frozen=True)
class Facts:
    """A run's comparison, and how it was made."""

    comparison: dict[str, Any]
    made: dict[str, Any] | None
    title: str

    @classmethod
    def of(cls, run: Run, title: str) -> Facts:
        return cls(run.comparison, how(run.folder), title)

    @property
    def k(self) -> int:
        return self.comparison["k"]

    @property
    def dated(self) -> bool:
        """Whether the purchases have dates; a run of before says nothing of it."""
        return self.comparison["split_details"].get("dated", True)

    @property
    def models(self) -> list[dict[str, Any]]:
        """Those that were trained, and after them the yardsticks they were held against."""
        return [*self.comparison["models"], *self.comparison.get("yardsticks", [])]

    def ranked(self, task: str) -> list[dict[str, Any]]:
        """The best NDCG first; of methods that made the same lists the first."""
        twice = same(self.comparison, task)
        once = [model for model in self.models if model["model"] not in twice]
        return sorted(once, key=lambda model: -(self.value(model, task, "ndcg") or 0.0))

    def value(self, model: dict[str, Any], task: str, metric: str) -> float | None:
        return model["tasks"][task]["metrics"].get(f"{metric}@{self.k}")

    def interval(self, model: str, task: str, metric: str = "ndcg") -> tuple[float, float] | None:
        """95% of what other customers would have given; None in a run of before."""
        known = self.comparison.get("intervals", {}).get(task, {}).get(model, {})
        found = known.get(f"{metric}@{self.k}")
        return None if found is None else (found[0], found[1])

    def groups(self, task: str) -> list[dict[str, Any]]:
        """The groups of customers that are large enough to be told of."""
        known = self.comparison.get("segments", {}).get(task, {}).get("groups", [])
        return [group for group in known if group["told"]]

    def in_group(self, task: str, model: str, group: str) -> dict[str, Any] | None:
        """mean, low, high and the difference to the simple method, of NDCG."""
        models = self.comparison["segments"][task]["models"]
        return models.get(model, {}).get(group, {}).get(f"ndcg@{self.k}")

    def verdict(self, task: str) -> dict[str, Any] | None:
        return self.comparison.get("verdicts", {}).get(task)

    def how_made(self) -> Iterator[tuple[str, str]]:
        """What was done, as pairs of a word and its value."""
        details, rows = self.comparison["split_details"], self.comparison["rows"]
        yield "Rows", f"{rows['read']:,} read, {rows['kept']:,} kept, {rows['set_aside']:,} aside"
        yield "Held out", details["words"]
        yield (
            "Learned from",
            f"{details['customers']:,} customers, {details['products']:,} products with "
            f"{details['min_buyers']} buyers or more",
        )
        for task, pairs in details["pairs"].items():
            yield (
                f"Judged: {TITLES[task].lower()}",
                f"{pairs['judged']:,} of {pairs['pairs']:,} customer-product pairs; {TASKS[task]}",
            )
        yield "Seed", str(details["seed"])
        yield from self._noted()

    def _noted(self) -> Iterator[tuple[str, str]]:
        if self.made is None:
            return
        if self.made["span"]:
            yield "Purchases", " to ".join(self.made["span"])
        if left := self.made.get("left_out"):
            yield "Left out", left
        yield "Fingerprint (SHA-256)", self.made["fingerprint"]
        yield "Made", self.made["at"]
        yield "Versions", ", ".join(f"{name} {v}" for name, v in self.made["versions"].items())
