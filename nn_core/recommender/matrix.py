"""Sparse matrices at our border: SciPy ships no types, so here its names get theirs, once."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

Matrix: TypeAlias = Any
"""A scipy.sparse.csr_array. Docstrings say its shape."""

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


def without(matrix: Matrix, other: Matrix) -> Matrix:
    """The entries of a binary matrix that the other one does not have."""
    left = as_csr(matrix - matrix.multiply(other))
    left.eliminate_zeros()
    return left
