"""Alternating least squares for what was bought or not (Hu, Koren, Volinsky, 2008)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, older, row_sizes
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.split import TrainingData

BLOCK, CELLS = 64, 20_000
"""Customers at a time, and products of theirs: 10 MB with 64 factors."""


@dataclass(frozen=True)
class ALS(Recommender):
    """min over x, y of sum c (bought - x_u . y_i)^2 + regularization (|x|^2 + |y|^2).

    c = alpha * times bought where bought, else 1.

    The library implicit finds the `factors` numbers x_u of every customer and y_i of every product
    by turns, `iterations` times. A score needs the products' alone: a customer's x follows from
    the history in closed form, so that new customers and what-if baskets are scored alike.
    """

    name: ClassVar[str] = "als"
    label: ClassVar[str] = "Hidden tastes of customers and products (ALS)"
    spoken: ClassVar[str] = "the model of hidden tastes (ALS)"
    scoring: ClassVar[float] = 40e-9
    factors: int = 64
    regularization: float = 1.0
    alpha: float = 10.0
    iterations: int = 15
    seed: int = 0

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        ways = ((64, 10.0, 2.0), (64, 1.0, 10.0), (32, 10.0, 2.0), (64, 30.0, 1.0))
        return tuple({"factors": f, "regularization": r, "alpha": a} for f, r, a in ways)

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        from implicit.cpu.als import AlternatingLeastSquares

        def said(iteration: int, *_: Any) -> None:
            report.say({"done": (iteration + 1) / self.iterations})

        with threadpool_limits(1, "blas"):
            model: Any = AlternatingLeastSquares(
                factors=self.factors,
                regularization=self.regularization,
                alpha=self.alpha,
                iterations=self.iterations,
                random_state=self.seed,
                num_threads=0,  # as many as there are cores; the numbers are the same
            )
            model.fit(older(train.histories.counts), show_progress=False, callback=said)
        return {"products": np.asarray(model.item_factors, np.float32)}

    @classmethod
    def load(cls) -> bool:
        import implicit.cpu.als

        return bool(implicit.cpu.als)

    def seconds(self, extent: Extent) -> float:
        solved = extent.customers + extent.products
        return 3 + self.iterations * (2e-9 * extent.pairs * self.factors * 6 + 2e-5 * solved)

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        return self.tastes(arrays, histories) @ arrays["products"].T

    def tastes(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        """(N, F) x = (Y^T Y + Y^T (C - 1) Y + regularization)^-1 Y^T C bought."""
        products = np.asarray(arrays["products"], np.float64)
        counts = histories.counts
        always = products.T @ products + self.regularization * np.eye(products.shape[1])
        tastes = np.zeros((len(histories), products.shape[1]))
        with one_thread(len(histories)):
            for customers in alike(row_sizes(counts)):
                product, times = padded(counts, customers)
                bought, trust = products[product], self.alpha * times
                more = bought * np.where(times > 0, trust - 1, 0)[..., None]
                system = always + more.swapaxes(1, 2) @ bought
                right = bought.swapaxes(1, 2) @ trust[..., None]
                tastes[customers] = np.linalg.solve(system, right)[..., 0]
        return tastes.astype(np.float32)

    def item_vectors(self, arrays: Arrays) -> NDArray[np.float32]:
        return arrays["products"]

    def contributions(
        self, arrays: Arrays, histories: Histories, product: int
    ) -> NDArray[np.float32]:
        """c_i y_product . A^-1 y_i for every i in the history, A as for its tastes."""
        products = np.asarray(arrays["products"], np.float64)
        own = histories.counts
        bought, trust = products[own.indices], self.alpha * own.data
        always = products.T @ products + self.regularization * np.eye(products.shape[1])
        more = bought * (trust - 1)[:, None]
        answer = np.linalg.solve(always + more.T @ bought, products[product])
        added = np.zeros(histories.products, np.float32)
        added[own.indices] = trust * (bought @ answer)
        return added


def one_thread(customers: int) -> AbstractContextManager[Any]:
    """For many small systems of equations: threads would wait for each other longer than they work.
    To say so takes milliseconds, which one customer does not need."""
    return threadpool_limits(1, "blas") if customers > 1 else nullcontext()


def alike(sizes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """sizes: (N,) of the histories -> those who bought something, so many at a time, the shortest
    first, that their histories side by side stay within CELLS."""
    by_size = np.argsort(sizes, kind="stable")
    first = int((sizes == 0).sum())
    while first < len(sizes):
        longest = sizes[by_size[min(first + BLOCK, len(sizes)) - 1]]
        end = first + max(1, min(BLOCK, CELLS // int(longest)))
        yield by_size[first:end]
        first = end


def padded(
    counts: Matrix, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """These R rows of (N, I) -> (R, L) their columns and values, 0 behind the end of a row."""
    start, sizes = counts.indptr[rows], row_sizes(counts)[rows]
    place = np.arange(sizes.max())
    there = place < sizes[:, None]
    at = np.where(there, start[:, None] + place, 0)
    return np.where(there, counts.indices[at], 0), np.where(there, counts.data[at], 0.0)
