"""A run's result: models that were fitted, opened again to recommend."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nn_core.recommender.arrays import let_go
from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.evaluate import chunks
from nn_core.recommender.export import safe_csv
from nn_core.recommender.models import Fitted
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TASKS

SMALL = 2_000_000
"""Scores. So many are ranked in less time than a process takes to start."""


@dataclass(frozen=True)
class Answer:
    """A list for one customer: rows of product, name, rank, score; and what to say with it."""

    customer: str
    model: str
    task: str
    rows: list[dict[str, Any]]
    note: str = ""


def exported_apart(folder: Path, k: int, task: str, model: str, file: Path) -> bool:
    """The command line's `recommend RUN --all`; did it work?"""
    command = [sys.executable, "-m", "nn_core.recommender", "recommend", str(folder.resolve())]
    options = [
        "--all",
        "-k",
        str(k),
        "--task",
        task,
        "--model",
        model,
        "--out",
        str(file.resolve()),
    ]
    root = Path(__file__).parents[2]
    done = subprocess.run([*command, *options], cwd=root, capture_output=True, check=False)
    return done.returncode == 0


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
        return json.loads((self.folder / "comparison.json").read_text(encoding="utf-8"))

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue.read(self.folder)

    @cached_property
    def fitted(self) -> dict[str, Fitted]:
        """The models opened so far, by name."""
        return {}

    def models(self) -> list[str]:
        return [result["model"] for result in self.comparison["models"]]

    def best(self) -> str:
        """The model with the highest NDCG on the run's own task."""
        metric = f"ndcg@{self.comparison['k']}"
        results: list[dict[str, Any]] = self.comparison["models"]
        return max(results, key=lambda result: result["metrics"][metric])["model"]

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
        if customer not in self.catalogue.number:
            return []
        bought = self.catalogue.histories.of(np.array([self.catalogue.number[customer]])).product
        times = np.bincount(bought, minlength=self.catalogue.histories.products)
        latest = dict.fromkeys(bought[::-1].tolist())
        return [{**self.catalogue.product(n), "times": int(times[n])} for n in latest]

    def recommend(
        self, customer: str, k: int = 10, task: str | None = None, model: str | None = None
    ) -> Answer:
        """The customer's list; an unknown customer gets the popular products and a note."""
        task = self._task(task)
        fitted = self.model(model)
        if customer not in self.catalogue.number:
            return self._popular(customer, k, task, fitted)
        number = np.array([self.catalogue.number[customer]])
        ranked, scores = self._lists(fitted, number, k, task)
        let_go(fitted.arrays)
        rows = self._rows(ranked[0], scores[0])
        note = "" if rows else f"There are no {TASKS[task]} to list for this customer."
        if rows and not self.catalogue.histories.of(number).product.size:
            note = "This customer bought only rare products; these products are popular."
        return Answer(customer, fitted.model.name, task, rows, note)

    def recommend_all(
        self, k: int = 10, task: str | None = None, model: str | None = None
    ) -> pd.DataFrame:
        """Every customer's list: columns customer, product, name, rank, score."""
        parts = list(self._parts(k, self._task(task), self.model(model)))
        return pd.concat(parts, ignore_index=True)

    def exported(
        self, k: int = 10, task: str | None = None, model: str | None = None
    ) -> Path | None:
        """Everybody's list as a CSV file in the run, which the first call makes. Where there is
        much to score, a process of its own does, so that a server neither grows nor stops
        answering. None if that process could not finish it."""
        task, model = self._task(task), self.model(model).model.name
        file = self.folder / "lists" / f"{model} {task} {k}.csv"
        if file.exists():
            return file
        file.parent.mkdir(exist_ok=True)
        unfinished = file.with_suffix(f".{secrets.token_hex(4)}")
        if len(self.catalogue.customers) * len(self.catalogue.products) <= SMALL:
            text = safe_csv(self.recommend_all(k, task, model))
            unfinished.write_text(text, encoding="utf-8", newline="")
        elif not exported_apart(self.folder, k, task, model, unfinished):
            return None
        os.replace(unfinished, file)
        return file

    def _parts(self, k: int, task: str, fitted: Fitted) -> Iterator[pd.DataFrame]:
        """So many customers at a time that their scores fit into memory."""
        customers, products, names = (
            np.array(ids, dtype=object)
            for ids in (self.catalogue.customers, self.catalogue.products, self.catalogue.names)
        )
        for chunk in chunks(
            np.arange(len(self.catalogue.histories)), self.catalogue.histories.products
        ):
            ranked, scores = self._lists(fitted, chunk, k, task)
            row, place = np.nonzero(ranked >= 0)
            product = ranked[row, place]
            yield pd.DataFrame(
                {
                    "customer": customers[chunk[row]],
                    "product": products[product],
                    "name": names[product],
                    "rank": place + 1,
                    "score": scores[row, place],
                }
            )

    def _lists(
        self, fitted: Fitted, customers: NDArray[np.int64], k: int, task: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """(N, k) products, and their scores."""
        histories = self.catalogue.histories.of(customers)
        scores = only(fitted.scores(histories), task, histories.bought)
        ranked = top(scores, k)
        return ranked, np.take_along_axis(scores, ranked, axis=1)

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

    def _task(self, task: str | None) -> str:
        task = task or self.comparison["task"]
        if task not in TASKS:
            raise ShopDataError(f"There is no task '{task}'. Choose one of: {', '.join(TASKS)}.")
        return task
