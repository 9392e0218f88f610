"""Sparse matrices at our border: SciPy ships no types, so here its names get theirs, once."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

Matrix: TypeAlias = Any
"""A scipy.sparse.csr_array. Docstrings say its shape."""

PART = 500_000
"""Numbers at a time where a product is made: they stay near the processor."""

blas: Any = linalg.blas
lapack: Any = linalg.lapack


def csr(
    values: NDArray[np.float32],
    columns: NDArray[Any],
    start: NDArray[Any],
    shape: tuple[int, int],
) -> Matrix:
    """shape (N, I) from rows that stand one after the other, cut at start (N + 1,)."""
    return sparse.csr_array((values, columns, start), shape=shape)


def as_csr(matrix: Matrix) -> Matrix:
    """Any matrix, dense or sparse, by rows."""
    return sparse.csr_array(matrix)


def older(matrix: Matrix) -> Any:
    """As SciPy's csr_matrix, for a library that takes no other; its indices are as short as can be,
    the numbers are not copied."""
    parts = (matrix.data, matrix.indices, matrix.indptr)
    return sparse.csr_matrix(parts, shape=matrix.shape)


def stacked(blocks: Sequence[Matrix]) -> Matrix:
    """Blocks of rows, one under the other."""
    made: Matrix = sparse.vstack(blocks, format="csr")
    return made


def beside(left: Matrix, right: NDArray[np.float32]) -> Matrix:
    """(N, I) and (N, J) -> (N, I + J)."""
    made: Matrix = sparse.hstack([left, as_csr(right)], format="csr")
    return made


def row_sizes(matrix: Matrix) -> NDArray[np.int64]:
    """(N,) how many entries each row has."""
    return np.diff(matrix.indptr).astype(np.int64)


def cells(matrix: Matrix) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Row and column of each number in `matrix.data`, a zero too."""
    rows = np.repeat(np.arange(matrix.shape[0]), row_sizes(matrix))
    return rows, matrix.indices


def bought_together(bought: Matrix) -> Iterator[NDArray[np.int64]]:
    """bought: (N, I) -> for each product in turn (I,): how many customers bought both.

    Counts the histories of a product's buyers, which takes a fifth of the time of a product of
    sparse matrices, and needs no second copy of it to become dense.
    """
    histories = np.split(bought.indices.astype(np.int64), bought.indptr[1:-1])
    buyers = bought.tocsc()
    nobody = np.empty(0, np.int64)
    for first, end in pairwise(buyers.indptr.tolist()):
        theirs = [histories[customer] for customer in buyers.indices[first:end].tolist()]
        yield np.bincount(np.concatenate([nobody, *theirs]), minlength=bought.shape[1])


def multiplied(rows: Matrix, others: Matrix) -> NDArray[np.float32]:
    """rows: (N, I), others: (I, J) -> their product (N, J), zeros and all.

    To the last digit what `(rows @ others).toarray()` holds, in a third of the time: the product of
    two sparse matrices is counted before it is made, and each of its rows kept as a chain.
    """
    made = np.empty((rows.shape[0], others.shape[1]), np.float32)
    for first, end in pairwise(equal_work(rows, others)):
        made[first:end] = added_up(rows[first:end], others)
    return made


def equal_work(rows: Matrix, others: Matrix) -> list[int]:
    """Where to cut the N rows, 0 and N included: what is added and where it goes count alike."""
    added = np.append(0, np.cumsum(row_sizes(others)[rows.indices]))[rows.indptr[:-1]]
    part = (added + others.shape[1] * np.arange(rows.shape[0])) // PART
    return [*np.flatnonzero(np.diff(part, prepend=-1)).tolist(), rows.shape[0]]


def added_up(rows: Matrix, others: Matrix) -> NDArray[Any]:
    """rows: (n, I), others: (I, J) -> (n, J), by a product of one matrix and one vector.

    Each number in `rows` has a column: its row of `others`, at the places in the flat (n J) result
    to which it is added.
    """
    (count, _), width = rows.shape, others.shape[1]
    named = others[rows.indices]
    first = np.arange(count, dtype=np.int32) * width
    place = np.repeat(first, np.diff(named.indptr[rows.indptr]))
    place += named.indices
    shape = (count * width, len(rows.data))
    columns: Matrix = sparse.csc_array((named.data, place, named.indptr), shape=shape)
    return (columns @ rows.data).reshape(count, width)


def without(matrix: Matrix, other: Matrix) -> Matrix:
    """The entries of a binary matrix that the other one does not have."""
    left = as_csr(matrix - matrix.multiply(other))
    left.eliminate_zeros()
    return left
