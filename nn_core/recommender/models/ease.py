"""EASE: each product from all the others by one linear model in closed form (Steck, 2019)."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nn_core.recommender.extent import Extent
from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, lapack
from nn_core.recommender.models.base import Arrays, Recommender, Report
from nn_core.recommender.models.gram import THREADS, gram, gram_seconds, mirrored
from nn_core.recommender.models.tail import local, tail_scores
from nn_core.recommender.models.validation import discover_ndcg
from nn_core.recommender.models.vectors import squeezed
from nn_core.recommender.ranking import beside_unranked
from nn_core.recommender.split import TrainingData

ENOUGH_TO_CHOOSE = 1_500
"""Products. Twice as many take eight times as long and choose the same."""


@dataclass(frozen=True)
class Ease(Recommender):
    """B = argmin |X - X B|^2 + lambda |B|^2 with diag(B) = 0; score(customer) = x B.

    X is the customers' histories (1 where bought), lambda is `regularization`: given, or None for
    the best of `candidates` on a validation window inside of the training part (`usual` where too
    little lies in it). The `largest` number of products bounds the square matrix: beyond it each
    product is foretold from the few of these that it is bought with (`tail.py`).
    """

    name: ClassVar[str] = "ease"
    label: ClassVar[str] = "Linear model of all products (EASE)"
    spoken: ClassVar[str] = "the linear model of all products (EASE)"
    likeness_means: ClassVar[str] = "what buying the one adds to the other's score"
    scoring: ClassVar[float] = 60e-9
    candidates: ClassVar[tuple[float, ...]] = (10.0, 50.0, 250.0, 1000.0)
    usual: ClassVar[float] = 250.0
    regularization: float | None = None
    largest: int = 8_000

    @classmethod
    def trials(cls) -> tuple[dict[str, Any], ...]:
        return tuple({"regularization": strength} for strength in (1000.0, 300.0, 100.0, 3000.0))

    def fit(self, train: TrainingData, report: Report) -> Arrays:
        products = len(train.products)
        used = min(self.largest, products)
        regularization = self.regularization or self._chosen(train, report)
        shared = self.shared(train, used)
        report.say({"done": 0.4})
        tail = local(self.rows(train), shared, regularization) if used < products else None
        weights = closed_form(shared, regularization)
        report.say({"done": 1.0})
        arrays = self.learned(train, weights) | {"regularization": np.array(regularization)}
        if tail:
            arrays["near"], arrays["near_weights"] = tail
            arrays["note"] = np.array(
                f"{products:,} products are too many for one square matrix. It holds the {used:,} "
                f"with most buyers; each of the others is foretold from the {tail[0].shape[1]} of "
                "these that it is most bought with."
            )
        return arrays

    def rows(self, train: TrainingData) -> Matrix:
        """X (N, I)."""
        return train.histories.bought

    def shared(self, train: TrainingData, used: int) -> NDArray[np.float32]:
        """X^T X (used, used) of the first `used` products."""
        return gram(train.histories.bought[:, :used])

    def learned(self, train: TrainingData, weights: NDArray[np.float32]) -> Arrays:
        """What scoring needs. weights: B (I, I)."""
        return {"weights": weights}

    def inputs(self, arrays: Arrays, histories: Histories) -> Matrix:
        """(N, I) x of every customer."""
        return histories.bought

    def seconds(self, extent: Extent) -> float:
        used = min(self.largest, extent.products)
        return (0 if self.regularization else 1) + gram_seconds(extent) + 1.6e-11 * used**3

    def settled(self, arrays: Arrays) -> "Ease":
        return replace(self, regularization=arrays["regularization"].item())

    def _chosen(self, train: TrainingData, report: Report) -> float:
        """The candidate with the best NDCG@10 in the validation window, by the best sellers."""
        best_sellers = np.arange(min(self.largest, ENOUGH_TO_CHOOSE, len(train.products)))
        histories = train.histories.renumbered(best_sellers)
        window = replace(train, histories=histories).validation()
        if window is None:
            return self.usual
        before, new = window
        shared = self.shared(before, len(best_sellers))
        found: dict[float, float] = {}
        for tried, regularization in enumerate(self.candidates):
            arrays = self.learned(before, closed_form(shared.copy(), regularization))
            found[regularization] = discover_ndcg(
                lambda histories, arrays=arrays: self.scores(arrays, histories), before, new
            )
            report.say({"done": 0.2 * (tried + 1) / len(self.candidates)})
        return max(found, key=lambda regularization: found[regularization])

    def scores(self, arrays: Arrays, histories: Histories) -> NDArray[np.float32]:
        weights = arrays["weights"]
        x = self.inputs(arrays, histories)[:, : len(weights)]
        ranked = np.asarray(x @ weights, np.float32)
        if "near" not in arrays:  # a run from before the others were foretold too
            return beside_unranked(ranked, histories.products)
        return np.hstack([ranked, tail_scores(x, arrays["near"], arrays["near_weights"])])

    def contributions(
        self, arrays: Arrays, histories: Histories, product: int
    ) -> NDArray[np.float32]:
        """x_i B_ij for every i in the history."""
        weights, x = arrays["weights"], self.inputs(arrays, histories)
        used = len(weights)
        column = np.zeros(used, np.float32)
        if product < used:
            column[:] = weights[:, product]
        else:
            column[arrays["near"][product - used]] = arrays["near_weights"][product - used]
        bought = x.indices[x.indices < used]
        added = np.zeros(histories.products, np.float32)
        added[bought] = x.data[x.indices < used] * column[bought]
        return added

    def likeness(self, arrays: Arrays, product: int) -> NDArray[np.float32] | None:
        """(used,) what this product, bought, adds to the score of each."""
        weights = arrays["weights"]
        return np.array(weights[product]) if product < len(weights) else None

    def item_vectors(self, arrays: Arrays) -> NDArray[np.float32]:
        """(used, D) near where the same products speak for both: of B = U S V^T, V S."""
        return squeezed(arrays["weights"])


def closed_form(gram: NDArray[np.float32], regularization: float) -> NDArray[np.float32]:
    """gram: (I, I) X^T X, overwritten -> B (I, I) = I - P / diag(P), P = (X^T X + lambda)^-1.

    The matrix is symmetric and positive, so Cholesky in float32 inverts it (3,000 products: 0.7 s,
    where a general inverse in float64 takes 3 to 7 s). No second matrix of that size is made.
    """
    diagonal = np.arange(len(gram))
    gram[diagonal, diagonal] += regularization
    # LAPACK reads columns first: the transposed view is the same matrix to it, without a copy.
    with threadpool_limits(THREADS, "blas"):
        factor, _ = lapack.spotrf(gram.T, lower=1, overwrite_a=1, clean=0)
        half, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    weights: NDArray[np.float32] = mirrored(half.T)
    weights /= -weights[diagonal, diagonal]
    weights[diagonal, diagonal] = 0
    return weights
