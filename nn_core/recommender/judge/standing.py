"""How all models stand on one question: values for the same customers, and the differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from nn_core.recommender.judge.difference import CORRECTION, Difference, Draws, Table, resampled
from nn_core.recommender.judge.evaluate import Judgement
from nn_core.recommender.judge.naming import on_question

SIMPLE = ("popularity", "recent-popularity", "repeats")
"""What anybody can do without this tool: a list of best sellers, or of one's own purchases."""
MEASURES = ("ndcg", "hit_rate")
"""What is compared: the order of the list, and the customers who found something in it."""


@dataclass(frozen=True)
class Entry:
    """One model as it is named to people, and inside of a sentence."""

    model: str
    label: str
    network: bool = False
    spoken: str = ""

    @property
    def said(self) -> str:
        return self.spoken or self.label

    @property
    def simple(self) -> bool:
        return self.model in SIMPLE


@dataclass(frozen=True)
class Standing:
    """values: measure -> (N, M), customers down, entries across."""

    task: str
    k: int
    entries: tuple[Entry, ...]
    values: Mapping[str, Table]
    seed: int = 0

    @classmethod
    def of(
        cls, entries: Sequence[Entry], judgements: Sequence[Judgement], seed: int = 0
    ) -> Standing:
        """judgements: those of one task, one an entry."""
        values = {
            measure: np.stack([one.values[measure] for one in judgements], axis=1)
            for measure in MEASURES
        }
        return cls(judgements[0].task, judgements[0].k, tuple(entries), values, seed)

    @cached_property
    def draws(self) -> dict[str, Draws]:
        """The same resamples for every measure."""
        return by_measure(self.values, self.seed)

    @property
    def customers(self) -> int:
        return len(self.values["ndcg"])

    @cached_property
    def same(self) -> dict[int, int]:
        """A simple method -> the earlier one that gave every customer just the same: on *discover*
        own repeats are the best sellers. Two names of one list are no comparison."""
        simple = [n for n, entry in enumerate(self.entries) if entry.simple]
        pairs = [(n, first) for place, n in enumerate(simple) for first in simple[:place]]
        return {n: first for n, first in reversed(pairs) if self._alike(n, first)}

    def _alike(self, one: int, other: int) -> bool:
        """Lists without anything right tell nothing of being the same."""
        every = self.values.values()
        told = bool(self.values["ndcg"][:, one].any())
        return told and all(np.array_equal(table[:, one], table[:, other]) for table in every)

    def others(self, base: int) -> list[int]:
        """The entries that are held against this one, each list once."""
        return [n for n in range(len(self.entries)) if n != base and n not in self.same]

    def said(self, place: int) -> str:
        """An entry inside of a sentence about this question."""
        entry = self.entries[place]
        return on_question(self.task, entry.model, entry.said)

    def place(self, model: str) -> int:
        return [entry.model for entry in self.entries].index(model)

    def best(self, places: Sequence[int]) -> int | None:
        """Of these entries the one with the highest NDCG; None of none."""
        mean = self.values["ndcg"].mean(axis=0)
        return max(places, key=lambda place: mean[place]) if places else None

    @property
    def ranked(self) -> list[int]:
        """All entries, the best first."""
        mean = self.values["ndcg"].mean(axis=0)
        return sorted(range(len(self.entries)), key=lambda place: -mean[place])

    @property
    def simplest(self) -> int | None:
        """The strongest of the simple methods."""
        return self.best([n for n, entry in enumerate(self.entries) if entry.simple])

    @property
    def candidate(self) -> int | None:
        """The strongest of the others."""
        return self.best([n for n, entry in enumerate(self.entries) if not entry.simple])

    def against(self, base: int, measure: str) -> dict[int, Difference]:
        """Each other entry minus this one, intervals corrected for their number."""
        others = self.others(base)
        draws = self.draws[measure]
        found = draws.of(others).minus(draws.of([base])).together()
        return dict(zip(others, found))

    def to_json(self) -> dict[str, Any]:
        """What comparison.json keeps under `differences`: for the winner and for the strongest
        simple method everybody's difference to it, in both measures; `same`: see above."""
        bases = {"winner": self.ranked[0], "simple": self.simplest}
        names = [entry.model for entry in self.entries]
        same = {names[one]: names[first] for one, first in self.same.items()}
        return ({"same": same} if same else {}) | {
            name: self._rows(base)
            for name, base in bases.items()
            if base is not None and self.others(base)
        }

    def _rows(self, base: int) -> dict[str, Any]:
        rows = {
            f"{measure}@{self.k}": [
                {"model": self.entries[n].model, **described(found)}
                for n, found in self.against(base, measure).items()
            ]
            for measure in MEASURES
        }
        made = CORRECTION.format(count=len(self.others(base)))
        return {"against": self.entries[base].model, "how": made, **rows}

    def intervals(self) -> dict[str, dict[str, list[float]]]:
        """model -> `ndcg@10` -> its own interval, for the bars of a figure."""
        found = {measure: draws.alone() for measure, draws in self.draws.items()}
        return {
            entry.model: {f"{m}@{self.k}": list(ends[n]) for m, ends in found.items()}
            for n, entry in enumerate(self.entries)
        }


def by_measure(values: Mapping[str, Table], seed: int) -> dict[str, Draws]:
    """measure -> (N, C) for all of which the same customers are drawn."""
    both = resampled(np.hstack(list(values.values())), np.random.default_rng(seed))
    columns = len(both.mean) // len(values)
    return {
        measure: both.of(range(n * columns, (n + 1) * columns)) for n, measure in enumerate(values)
    }


def described(found: Difference) -> dict[str, Any]:
    return {**asdict(found), "clear": found.clear}
