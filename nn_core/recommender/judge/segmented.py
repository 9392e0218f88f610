"""For whom it works: every model's quality in each group of customers and products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nn_core.recommender.histories import Numbers
from nn_core.recommender.judge.difference import Difference, Draws, Table
from nn_core.recommender.judge.evaluate import Judgement
from nn_core.recommender.judge.people_groups import by_people
from nn_core.recommender.judge.segments import Mask, Segment, segments
from nn_core.recommender.judge.standing import MEASURES, Standing, by_measure, described
from nn_core.recommender.matrix import Matrix, csr, row_sizes
from nn_core.recommender.metrics import METRICS, hits
from nn_core.recommender.split import Split

ENOUGH = 10
"""Customers. Of fewer nothing is said: one of them would be a tenth of it."""


def segment_values(
    segment: Segment, judgements: Sequence[Judgement], wanted: Matrix
) -> dict[str, Table]:
    """measure -> (N, M), NaN for the judged customers who are not in it.

    wanted: (N, I) what was right. In a group of products only these are right.
    """
    inside = segment.customers[judgements[0].customers]
    if segment.products is None:
        found = {m: np.stack([one.values[m] for one in judgements], axis=1) for m in MEASURES}
    else:
        narrowed = only_these(wanted, segment.products)
        count = row_sizes(narrowed)
        inside = inside & (count > 0)
        found = {m: within(judgements, narrowed, np.maximum(count, 1), m) for m in MEASURES}
    return {m: np.where(inside[:, None], values, np.nan) for m, values in found.items()}


def within(judgements: Sequence[Judgement], wanted: Matrix, count: Numbers, measure: str) -> Table:
    metric = METRICS[measure].values
    return np.stack([metric(hits(one.lists, wanted), count) for one in judgements], axis=1)


def only_these(wanted: Matrix, products: Mask) -> Matrix:
    """The same rows without the products that are not asked about."""
    kept = products[wanted.indices]
    start = np.concatenate([[0], np.cumsum(kept)])[wanted.indptr]
    return csr(wanted.data[kept], wanted.indices[kept], start, wanted.shape)


@dataclass(frozen=True)
class Segmented:
    """Every entry in every group with ENOUGH judged customers: column s * M + m of the draws."""

    standing: Standing
    known: tuple[Segment, ...]
    kept: tuple[Segment, ...]
    size: Mapping[str, int]
    draws: Mapping[str, Draws]

    @classmethod
    def of(
        cls,
        standing: Standing,
        judgements: Sequence[Judgement],
        split: Split,
        people: pd.DataFrame | None = None,
        chosen: Sequence[str] | None = None,
    ) -> Segmented:
        """people: what a table of customers tells of them, which makes more groups; chosen: its
        columns that make them (see `by_people`)."""
        told = () if people is None else by_people(people, split.train.customers, chosen)
        usual = segments(split)
        # A name means one group: the first that is called so.
        known = tuple({one.name: one for one in reversed((*usual, *told))}.values())[::-1]
        wanted = split.relevant(standing.task)[judgements[0].customers]
        found = {s.name: segment_values(s, judgements, wanted) for s in known}
        size = {name: int((~np.isnan(v["ndcg"][:, 0])).sum()) for name, v in found.items()}
        kept = tuple(s for s in known if size[s.name] >= ENOUGH)
        none = np.empty((standing.customers, 0))
        tables = {m: np.hstack([none, *(found[s.name][m] for s in kept)]) for m in MEASURES}
        draws = by_measure(tables, standing.seed)
        return cls(standing, known, kept, size, draws)

    @property
    def usual(self) -> tuple[Segment, ...]:
        """Those that any shop has, of which the verdict speaks: a table of customers with many
        columns would make it list what chance did."""
        return tuple(s for s in self.kept if not s.own)

    def columns(self, place: int) -> list[int]:
        """Where an entry stands in each of the groups."""
        return [n * len(self.standing.entries) + place for n in range(len(self.kept))]

    def against(self, place: int, base: int, measure: str) -> dict[str, Difference]:
        """usual group -> one entry minus another in it. The entry is the best of several, and the
        group one of several: corrected for all of them, so that card and map say the same."""
        found = self.all_against(base, measure)
        return {s.name: found[s.name, place] for s in self.usual}

    def all_against(self, base: int, measure: str) -> dict[tuple[str, int], Difference]:
        """(group, entry) -> it minus `base` there, corrected for the number of all of them."""
        others = self.standing.others(base)
        draws, own = self.draws[measure], self.columns(base)
        cells = [(s.name, n) for n in others for s in self.kept]
        theirs = draws.of([column for n in others for column in self.columns(n)])
        found = theirs.minus(draws.of(own * len(others))).together()
        return dict(zip(cells, found))

    def to_json(self) -> dict[str, Any]:
        """What comparison.json keeps under `segments`."""
        base = self.standing.simplest
        ahead = {m: {} if base is None else self.all_against(base, m) for m in MEASURES}
        return {
            "against": None if base is None else self.standing.entries[base].model,
            "enough": ENOUGH,
            "groups": [self._group(s) for s in self.known],
            "models": {
                entry.model: self._model(n, ahead) for n, entry in enumerate(self.standing.entries)
            },
        }

    def _group(self, segment: Segment) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "name": segment.name, "definition": segment.definition, "whom": segment.whom,
            "own": segment.own,
        }  # fmt: skip
        return {**facts, "customers": self.size[segment.name], "told": segment in self.kept}

    def _model(
        self, place: int, ahead: Mapping[str, Mapping[tuple[str, int], Difference]]
    ) -> dict[str, Any]:
        """group -> `ndcg@10` -> mean and interval, and the difference to the simple method."""
        made: dict[str, Any] = {s.name: {} for s in self.kept}
        for measure, draws in self.draws.items():
            own = draws.of(self.columns(place))
            for name, mean, (low, high) in zip(made, own.mean, own.alone()):
                found = ahead[measure].get((name, place))
                made[name][f"{measure}@{self.standing.k}"] = {
                    "mean": float(mean),
                    "low": low,
                    "high": high,
                    "difference": described(found) if found else None,
                }
        return made
