"""A run's result: models that were fitted, opened again to recommend."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.arrays import let_go
from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.customer.desk import bought, history_of
from nn_core.recommender.customer.similar import similar
from nn_core.recommender.customer.what_if import edited, nobody
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.insight.carried_out import kept_insights
from nn_core.recommender.judge.ranked import ranked
from nn_core.recommender.models import Fitted
from nn_core.recommender.runs.answer import Answer, Likeness
from nn_core.recommender.runs.formats import of_today
from nn_core.recommender.runs.lists import kept_lists, parts
from nn_core.recommender.split import TASKS


def open_run(folder: Path) -> Run:
    """A run's folder -> Run. ShopDataError when there is no finished result in it."""
    result = folder / "result" if (folder / "result").is_dir() else folder
    if not (result / "comparison.json").exists():
        raise ShopDataError(
            f"{folder} holds no finished run: it has no comparison.json. Give the folder that "
            "`train --out` wrote."
        )
    return Run(result)


@dataclass(frozen=True)
class Run:
    """Reads what it needs when it is needed, so that opening costs nothing."""

    folder: Path

    @cached_property
    def comparison(self) -> dict[str, Any]:
        """How everything was judged. ShopDataError where another version wrote it so that this one
        cannot read it."""
        file = self.folder / "comparison.json"
        return of_today(json.loads(file.read_text(encoding="utf-8")))

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue.read(self.folder)

    @cached_property
    def fitted(self) -> dict[str, Fitted]:
        """The models opened so far, by name."""
        return {}

    @property
    def insights(self) -> dict[str, Any] | None:
        """The small studies after the judgement; None where there are none (yet)."""
        return kept_insights(self.folder)

    @cached_property
    def results(self) -> list[dict[str, Any]]:
        """How the models that are here were judged; one that a download left out is not here."""
        models, judged = self.folder / "models", self.comparison["models"]
        return [one for one in judged if (models / one["model"] / "model.json").exists()]

    def models(self) -> list[str]:
        return [result["model"] for result in self.results]

    def best(self) -> str:
        """The model with the highest NDCG on the run's own task."""
        metric = f"ndcg@{self.comparison['k']}"
        return max(self.results, key=lambda result: result["metrics"][metric])["model"]

    def model(self, name: str | None = None) -> Fitted:
        """The model of that name, or the best one."""
        name = name or self.best()
        if name not in self.models():
            known = ", ".join(self.models())
            raise ShopDataError(f"This run has no model '{name}'. It has: {known}.")
        if name not in self.fitted:
            self.fitted[name] = Fitted.load(self.folder / "models" / name)
        return self.fitted[name]

    def history(self, customer: str) -> list[dict[str, Any]]:
        """What the customer bought, latest first: product, name, times."""
        found = bought(history_of(self.catalogue, customer))
        return [{**self.catalogue.product(n), "times": times} for n, times in found]

    def recommend(
        self, customer: str, k: int = 10, task: str | None = None, model: str | None = None
    ) -> Answer:
        """The customer's list; an unknown customer gets the popular products and a note."""
        task = self.question(task)
        fitted = self.model(model)
        if customer not in self.catalogue.number:
            return self._popular(customer, k, task, fitted)
        history = self.catalogue.histories.of(np.array([self.catalogue.number[customer]]))
        rows = self._rows(*self.first(fitted, history, k, task))
        note = "" if rows else f"There are no {TASKS[task]} to list for this customer."
        if rows and not fitted.read(history).product.size:
            note = (
                "Nothing is known that this customer bought but rare products; these products are "
                "popular."
            )
        return Answer(customer, fitted.model.name, task, rows, note)

    @cached_property
    def now(self) -> float | None:
        """The moment of the last purchase, in days since 1970; None without time."""
        time = self.catalogue.histories.time
        return None if time is None or not time.size else float(time.max())

    def basket(
        self,
        products: Sequence[str],
        k: int = 10,
        task: str | None = None,
        model: str | None = None,
    ) -> Answer:
        """The list for somebody of whom nothing is known but these products, bought just now.

        Products that are not ranked here are left out, and the note says which.
        """
        task, fitted = self.question(task), self.model(model)
        place = self.catalogue.place
        known = [place[product] for product in products if product in place]
        unknown = [product for product in products if product not in place]
        note = f"Not ranked here: {', '.join(unknown)}." if unknown else ""
        put_in = np.array(list(dict.fromkeys(known)), np.int64)
        history = edited(nobody(self.catalogue.histories), put_in, put_in[:0], self.now)
        rows = self._rows(*self.first(fitted, history, k, task))
        return Answer("", fitted.model.name, task, rows, note)

    def similar(self, product: str, k: int = 10, model: str | None = None) -> Likeness | None:
        """Products like this one; None for a model to which all are equal. KeyError if unknown."""
        fitted, catalogue = self.model(model), self.catalogue
        found = similar(fitted, catalogue.place[product], len(catalogue.products), k)
        let_go(fitted.arrays)
        if found is None:
            return None
        return Likeness(fitted.model.name, self._rows(found.products, found.values), found.meaning)

    def recommend_all(
        self, k: int = 10, task: str | None = None, model: str | None = None
    ) -> pd.DataFrame:
        """Every customer's list: columns customer, product, name, rank, score."""
        return pd.concat(list(parts(self, k, task, model)), ignore_index=True)

    def exported(
        self, k: int = 10, task: str | None = None, model: str | None = None, form: str = ".csv"
    ) -> Path | None:
        """Everybody's list as a file in the run (see `kept_lists`)."""
        return kept_lists(self, k, self.question(task), self.model(model).model.name, form)

    def first(
        self, fitted: Fitted, history: Histories, k: int, task: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """One customer's history -> (k,) products, and their scores."""
        _, best, scores = next(ranked(fitted, history, k, [task]))
        let_go(fitted.arrays)
        return best[0], scores[0]

    def _popular(self, customer: str, k: int, task: str, fitted: Fitted) -> Answer:
        if task == "buy-again":
            note = f"The customer '{customer}' is unknown here, so there is nothing to buy again."
            return Answer(customer, fitted.model.name, task, [], note)
        popular = self.catalogue.buyers
        best = np.argsort(-popular, kind="stable")[:k]
        rows = self._rows(best, popular[best])
        note = f"The customer '{customer}' is unknown here; these products are popular with all."
        return Answer(customer, "popularity", task, rows, note)

    def _rows(self, ranked: NDArray[np.int64], scores: NDArray[Any]) -> list[dict[str, Any]]:
        return [
            {**self.catalogue.product(int(n)), "rank": place + 1, "score": float(score)}
            for place, (n, score) in enumerate(zip(ranked, scores))
            if n >= 0
        ]

    def question(self, task: str | None) -> str:
        """The task of that name, or the run's own. ShopDataError if there is none."""
        task = task or self.comparison["task"]
        if task not in TASKS:
            raise ShopDataError(f"There is no task '{task}'. Choose one of: {', '.join(TASKS)}.")
        return task
