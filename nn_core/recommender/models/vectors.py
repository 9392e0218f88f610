"""Products as points: who buys what, squeezed into a few numbers a product."""

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.histories import Histories
from nn_core.recommender.matrix import Matrix, as_csr

DIMENSIONS = 32
SPARE, ROUNDS = 8, 3
"""Of the randomised decomposition (Halko et al., 2011): columns too many, and power iterations."""


def bought_together_vectors(
    histories: Histories, dimensions: int = DIMENSIONS
) -> NDArray[np.float32]:
    """(I, D) of length 1 (0 without buyers); a product of two is near 1 where the same customers
    buy both. The first right singular vectors of X diag(buyers)^-1/2, times singular values."""
    scale = 1 / np.sqrt(np.maximum(histories.buyers, 1))
    x = as_csr(histories.bought.multiply(scale[None, :].astype(np.float32)))
    return of_length_one(squeezed(x, dimensions))


def of_length_one(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(I, D), each row divided by its length; zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, np.float32(1e-12))


def squeezed(x: Matrix, dimensions: int = DIMENSIONS) -> NDArray[np.float32]:
    """x: (N, I), sparse or dense -> (I, D), whose products are nearly those of its columns."""
    right, values = decomposed(x, dimensions, np.random.default_rng(0))
    return (right * values).astype(np.float32)


def decomposed(
    x: Matrix, dimensions: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """x: (N, I) -> its first right singular vectors (I, D), signs settled, and singular values."""
    products = x.shape[1]
    count = min(dimensions + SPARE, products, x.shape[0])
    q = rng.standard_normal((products, count)).astype(np.float32)
    for _ in range(ROUNDS):
        q = np.linalg.qr(np.asarray(x.T @ (x @ q)))[0]
    _, values, turned = np.linalg.svd(np.asarray(x @ q), full_matrices=False)
    right = (q @ turned.T)[:, :dimensions]
    strongest = np.abs(right).argmax(axis=0)
    return right * np.sign(right[strongest, np.arange(right.shape[1])]), values[:dimensions]
