"""Products beyond the square matrix: each from the few best sellers it is bought with."""

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.matrix import Matrix, as_csr, csr, multiplied

NEIGHBOURS = 50
BLOCK = 256
"""Products at a time: their systems of equations and a strip of the matrix stay within 10 MB."""


def local(
    rows: Matrix,
    shared: NDArray[np.float32],
    regularization: float,
    neighbours: int = NEIGHBOURS,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """rows: X (N, I); shared: X^T X (used, used) of its first `used` products -> for each of the
    T others the K neighbours (T, K) and their weights (T, K).

    b = argmin |x_j - X_S b|^2 + lambda |b|^2, S the K of the first products that x_j lies nearest
    to by cosine: EASE's own regression, so its scores stand on EASE's scale.
    """
    used, products = len(shared), rows.shape[1]
    count = min(neighbours, used)
    near = np.empty((products - used, count), np.int32)
    weights = np.empty((products - used, count), np.float32)
    lengths = np.sqrt(np.maximum(np.diag(shared), 1e-9))
    head, others = rows[:, :used], rows[:, used:].T.tocsr()
    for first in range(used, products, BLOCK):
        place = slice(first - used, first - used + BLOCK)
        strip = np.asarray((others[place] @ head).toarray(), np.float32)
        chosen = np.argpartition(-strip / lengths, count - 1, axis=1)[:, :count]
        systems = shared[chosen[:, :, None], chosen[:, None, :]]
        systems += np.eye(count, dtype=np.float32) * np.float32(regularization)
        right = np.take_along_axis(strip, chosen, axis=1)[..., None]
        near[place], weights[place] = chosen, np.linalg.solve(systems, right)[..., 0]
    return near, weights


def tail_scores(
    x: Matrix, near: NDArray[np.int32], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """x: (N, used) -> (N, T)."""
    others, count = near.shape
    start = np.arange(0, others * count + 1, count)
    back = csr(weights.ravel().copy(), near.ravel().copy(), start, (others, x.shape[1]))
    return multiplied(x, as_csr(back.T))
