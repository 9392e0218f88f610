"""From scores to lists: the k best products a customer, the same list every time."""

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.matrix import Matrix, cells

Scores = NDArray[np.float32]
Numbers = NDArray[np.float32] | NDArray[np.float64]

WIDTH = 32
"""Products whose best score stands for all of them in the first, fast look at a row."""


def top(scores: Numbers, k: int) -> NDArray[np.int64]:
    """scores: (N, I) -> (N, min(k, I)) products, best first; -1 where the score is -inf.

    Equal scores rank the lower number first. Sorting whole rows would do too; on thousands of
    products it takes fifty times as long.
    """
    items = scores.shape[1]
    k = min(k, items)
    if not k or items < 8 * k:
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.where(np.take_along_axis(scores, best, axis=1) > -np.inf, best, -1)
    rows, products = np.divmod(np.flatnonzero(candidates(scores, k)), items)
    order = np.lexsort((-scores[rows, products], rows))  # stable: a tie keeps the lower number
    rows, products = rows[order], products[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    best = np.full((len(scores), k), -1, np.int64)
    best[rows[place < k], place[place < k]] = products[place < k]
    return best


def candidates(scores: Numbers, k: int, least: float | None = None) -> NDArray[np.bool_]:
    """(N, I): True for the k best of each row and a few more, never for -inf, nor below `least`.

    The products are put into groups. The k-th best of the groups' maxima is no higher than the
    k-th best score, and at most k - 1 groups hold anything above it.
    """
    width = max(1, min(WIDTH, scores.shape[1] // (4 * k)))
    groups = scores.shape[1] // width
    whole = scores[:, : groups * width].reshape(len(scores), width, groups)
    floor = np.partition(whole.max(axis=1), -k, axis=1)[:, -k]
    floor = np.maximum(floor, np.finfo(scores.dtype).min if least is None else least)[:, None]
    able = scores >= floor
    if np.count_nonzero(able) > 4 * k * len(scores):
        # Rows with a long tie at the floor, such as one of zeros: its first k products will do.
        for row in np.flatnonzero(able.sum(axis=1) > 4 * k):
            able[row, np.flatnonzero(scores[row] == floor[row])[k:]] = False
    return able


def beside_unranked(ranked: Scores, products: int) -> Scores:
    """ranked: (N, used) of the first products -> (N, products), -inf for those without a score."""
    rest = np.full((len(ranked), products - ranked.shape[1]), -np.inf, np.float32)
    return np.hstack([ranked, rest]) if rest.size else ranked


def only(scores: Scores, task: str, bought: Matrix) -> Scores:
    """The scores with -inf for what this task does not ask about; bought: (N, I)."""
    if task == "all":
        return scores
    seen = cells(bought)
    if task == "discover":
        asked = scores.copy()
        asked[seen] = -np.inf
    else:
        asked = np.full_like(scores, -np.inf)
        asked[seen] = scores[seen]
    return asked


def same_for_all(scores: Scores, task: str, bought: Matrix, k: int) -> NDArray[np.int64]:
    """scores: (I,), everybody's -> `top(only(...))` of (N, I) rows of them, none of which is made.

    All walk down one ranking, and what a customer bought is only known by its places on it.
    """
    customers, items = bought.shape
    k = min(k, items)
    ranking = np.argsort(-scores, kind="stable")
    place = np.empty(items, np.int64)
    place[ranking] = np.arange(items)
    rows, products = cells(bought)
    own = (
        np.sort(rows * items + place[products]) - rows * items
    )  # row by row, the first place first
    before = np.arange(len(own)) - bought.indptr[rows]  # of the customer's own products
    shown = np.tile(np.arange(k), (customers, 1))
    if task == "discover":
        # The i-th that is new stands at i + the own ones before it: those with i or fewer new ones
        # before them.
        new = own - before
        passed = np.bincount(rows[new < k] * k + new[new < k], minlength=customers * k)
        shown += passed.reshape(customers, k).cumsum(axis=1)
    elif task == "buy-again":
        shown[:] = items
        shown[rows[before < k], before[before < k]] = own[before < k]
    return np.append(ranking, -1)[np.minimum(shown, items)]
