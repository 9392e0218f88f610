"""X^T X of a sparse X: what every pair of products has in common, summed over the customers."""

import os
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nn_core.recommender.extent import Extent
from nn_core.recommender.matrix import Matrix, blas, bought_together, row_sizes

THREADS = max(1, (os.cpu_count() or 1) // 2)
"""Of linear algebra. They spin while they wait for each other, so on cores that the server uses too
as many threads as cores take four times as long as half as many."""
CROWDED = 1 / 32
"""A row with a larger share of the products multiplies faster written out, zeros and all."""
BLOCK = 512
"""Rows at a time."""


def gram(bought: Matrix) -> NDArray[np.float32]:
    """bought: (N, I) of ones -> (I, I): how many customers bought both."""
    crowded, rest = by_crowd(bought)
    made = of_crowded(crowded)
    for row, together in zip(made, bought_together(rest)):
        row += together
    return made


def weighed_gram(rows: Matrix) -> NDArray[np.float32]:
    """rows: X (N, I) of any numbers -> X^T X (I, I)."""
    crowded, rest = by_crowd(rows)
    made = of_crowded(crowded)
    columns = rest.T.tocsr()
    for first in range(0, len(made), BLOCK):
        part = slice(first, first + BLOCK)
        made[part] += (columns[part] @ rest).toarray()
    return made


def by_crowd(rows: Matrix) -> tuple[Matrix, Matrix]:
    """(the rows that are CROWDED, the others)."""
    crowded = row_sizes(rows) > CROWDED * rows.shape[1]
    return rows[np.flatnonzero(crowded)], rows[np.flatnonzero(~crowded)]


def of_crowded(rows: Matrix) -> NDArray[np.float32]:
    """rows: X (N, I) -> X^T X (I, I), in one matrix and BLOCK written-out rows."""
    made = np.zeros((rows.shape[1], rows.shape[1]), np.float32)
    with threadpool_limits(THREADS, "blas"):
        for x in written_out(rows):
            # BLAS reads columns first: to it the transposed views are the same, without a copy.
            blas.ssyrk(1.0, x.T, 1.0, made.T, lower=1, overwrite_c=1)
    return mirrored(made)


def written_out(rows: Matrix) -> Iterator[NDArray[np.float32]]:
    for first in range(0, rows.shape[0], BLOCK):
        yield rows[first : first + BLOCK].toarray().astype(np.float32, copy=False)


def mirrored(upper: NDArray[np.float32]) -> NDArray[np.float32]:
    """(I, I) of which the upper half counts -> the symmetric matrix, in place, rows first."""
    for first in range(0, len(upper), BLOCK):
        rows = slice(first, first + BLOCK)
        upper[rows, :first] = upper[:first, rows].T
        corner = np.triu(upper[rows, rows])
        upper[rows, rows] = corner + np.triu(corner, 1).T
    return upper


def gram_seconds(extent: Extent) -> float:
    """What it takes: 0.2 s for a shop of half a million rows, 1.2 s for four millions."""
    return 0.1 + 1e-9 * extent.together + 1e-8 * extent.products**2
