"""The lists by which the models were judged, kept for a sample of the customers.

The models of a run are fitted once more on all purchases, so what they list today tells nothing of
how right they were. Kept are the first places of each list made before the cut, with scores, and
what these customers then bought. Products and customers go by their numbers in the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.arrays import load_arrays, save_arrays
from nn_core.recommender.histories import Numbers
from nn_core.recommender.matrix import Matrix, csr, row_sizes, without
from nn_core.recommender.ranking import Scores
from nn_core.recommender.shelf import Shelf, shelf_arrays, shelf_of
from nn_core.recommender.split import Split, TrainingData

CUSTOMERS = 2_000
DEPTH = 100
"""Customers and places of a list: 5 MB for each model at most."""


@dataclass(frozen=True)
class Future:
    """What S customers bought before the cut and after it.

    customers (S,) their numbers, rising; known, bought: (S, I), 1 where bought before, after.
    """

    customers: Numbers
    known: Matrix
    bought: Matrix

    def relevant(self, task: str) -> Matrix:
        """(S, I) what counts as right for this task."""
        new = without(self.bought, self.known)
        return {"discover": new, "all": self.bought, "buy-again": without(self.bought, new)}[task]

    def row(self, customer: int) -> int | None:
        """The customer's place among the S."""
        place = int(np.searchsorted(self.customers, customer))
        found = place < len(self.customers) and self.customers[place] == customer
        return place if found else None


@dataclass(frozen=True)
class Lists:
    """products: (S, DEPTH), best first, -1 where a list ended; scores: (S, DEPTH)."""

    products: NDArray[np.int32]
    scores: NDArray[np.float32]


def sampled(split: Split) -> Numbers:
    """Customers with something to be judged by, at most CUSTOMERS, the same for all models."""
    judged = np.flatnonzero(row_sizes(split.test))
    if len(judged) <= CUSTOMERS:
        return judged
    return np.sort(np.random.default_rng(0).choice(judged, CUSTOMERS, replace=False))


def keep_future(split: Split, learned: TrainingData, folder: Path) -> None:
    """learned: the purchases whose numbers the catalogue has."""
    sample = sampled(split)
    customers = learned.customers.get_indexer(split.train.customers[sample])
    by = np.argsort(customers)
    products = learned.products.get_indexer(split.train.products)
    arrays = {"customers": customers[by]}
    both = (("known", split.train.histories.bought), ("bought", split.test))
    for name, matrix in both:
        rows = matrix[sample[by]]
        arrays |= {f"{name}_start": rows.indptr, f"{name}_product": products[rows.indices]}
    arrays |= shelf_arrays(split.shelf, products, len(learned.products))
    save_arrays(folder / "judged", arrays)


def kept_future(folder: Path, products: int) -> Future | None:
    """What `keep_future` wrote; None in runs of before."""
    if not (folder / "judged").is_dir():
        return None
    arrays = load_arrays(folder / "judged")
    shape = (len(arrays["customers"]), products)

    def matrix(name: str) -> Matrix:
        columns = np.array(arrays[f"{name}_product"])
        return csr(np.ones(len(columns), np.float32), columns, arrays[f"{name}_start"], shape)

    return Future(arrays["customers"], matrix("known"), matrix("bought"))


def kept_shelf(folder: Path) -> Shelf | None:
    """The catalogue's products as the judge knew them; None in runs of before."""
    return shelf_of(load_arrays(folder / "judged")) if (folder / "judged").is_dir() else None


def all_lists(folder: Path, model: str, task: str) -> Numbers | None:
    """(N, k) what every judged customer was shown, by the numbers of before the cut."""
    home = folder / "models" / model / "judged"
    return np.asarray(load_arrays(home)[task]) if home.is_dir() else None


class Keeper:
    """The lists of one model, as it was fitted before the cut, taken while the judge makes them."""

    depth = DEPTH

    def __init__(self, split: Split, learned: TrainingData) -> None:
        self.sample = sampled(split)
        self.order = np.argsort(learned.customers.get_indexer(split.train.customers[self.sample]))
        self.products = learned.products.get_indexer(split.train.products)
        self.parts: dict[str, list[NDArray[np.float32] | NDArray[np.int32]]] = {}

    def take(self, task: str, customers: Numbers, best: Numbers, scores: Scores) -> None:
        """See evaluate.Taker."""
        mine = np.flatnonzero(np.isin(customers, self.sample))
        own = best[mine, :DEPTH]
        values = scores[mine, :DEPTH]
        numbers = np.where(own < 0, -1, self.products[own]).astype(np.int32)
        self.parts.setdefault(f"{task}_score", []).append(values)
        self.parts.setdefault(f"{task}_product", []).append(numbers)

    def write(self, home: Path) -> None:
        """In the order of the catalogue's customers."""
        arrays = {name: np.concatenate(rows)[self.order] for name, rows in self.parts.items()}
        save_arrays(home / "lists", arrays)


def kept_lists(folder: Path, model: str, task: str) -> Lists | None:
    """What a `Keeper` wrote; None in runs of before."""
    home = folder / "models" / model / "lists"
    if not home.is_dir():
        return None
    arrays = load_arrays(home)
    return Lists(arrays[f"{task}_product"], arrays[f"{task}_score"])
