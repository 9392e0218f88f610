"""What lists are like, computed as one would with a pencil: of one customer's list, and of all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nn_core.recommender.distinct import distinct
from nn_core.recommender.histories import Numbers
from nn_core.recommender.metrics import Hits
from nn_core.recommender.shelf import Shelf

TERMS = 12
"""Of a sum that are written out; more are only added up."""


def of_one(
    shelf: Shelf, ranked: Numbers, found: Hits, wanted: Numbers, names: Sequence[str]
) -> dict[str, str]:
    """ranked: (k,) products, -1 where the list ended; found: (k,) was it right; wanted: (R,) what
    was right; names: of the k products -> {metric: its sum with the numbers}."""
    there = ranked[ranked >= 0]
    if not len(there):
        return {}
    said = {
        "novelty": novelty(shelf, there),
        "diversity": diversity(shelf, there, names),
        "tail": tail(shelf, there),
        "revenue": revenue(shelf, ranked[found], wanted),
    }
    return {name: line for name, line in said.items() if line}


def novelty(shelf: Shelf, there: Numbers) -> str:
    buyers = np.maximum(shelf.buyers[there], 1).tolist()
    value = float(-np.log2(np.array(buyers) / shelf.customers).mean())
    terms = " + ".join(f"log2({count}/{shelf.customers})" for count in buyers)
    return f"-({terms}) / {len(there)} = {value:.4f}, in bits; buyers of each / all customers"


def diversity(shelf: Shelf, there: Numbers, names: Sequence[str]) -> str:
    """The pair that is most alike stands for how a pair is computed."""
    if len(there) < 2:
        return ""
    alike = likeness(shelf, there)
    pairs = np.triu_indices(len(there), 1)
    total, count = float(alike[pairs].sum()), len(pairs[0])
    one, other = (int(side[alike[pairs].argmax()]) for side in pairs)
    vectors = shelf.vectors[there]
    own = np.diff(vectors.indptr)
    both = round(float(alike[one, other]) * float(np.sqrt(own[one] * own[other])))
    return (
        f"1 - {total:.4f} / {count} = {1 - total / count:.4f}, where {total:.4f} is the sum over "
        f"the list's {count} pairs; the most alike are {names[one]} and {names[other]}: {both} "
        f"bought both, {both} / sqrt({own[one]} * {own[other]}) = {alike[one, other]:.4f}, among "
        "the customers that are looked at"
    )


def likeness(shelf: Shelf, there: Numbers) -> NDArray[np.float64]:
    """(n, n) the cosine of any two of these products' buyers."""
    vectors = shelf.vectors[there]
    return np.asarray((vectors @ vectors.T).todense(), np.float64)


def tail(shelf: Shelf, there: Numbers) -> str:
    slow = int(shelf.tail[there].sum())
    said = f"{slow} / {len(there)} = {slow / len(there):.4f}"
    return f"{said}, places of products outside of the best-selling fifth"


def revenue(shelf: Shelf, right: Numbers, wanted: Numbers) -> str:
    """Nothing where no price is known, or all that was right costs nothing."""
    if shelf.price is None:
        return ""
    price = np.nan_to_num(shelf.price)
    all_right = float(price[wanted].sum())
    if not all_right:
        return ""
    got, value = added(price[right]), float(price[right].sum()) / all_right
    return f"{got} / {added(price[wanted])} = {value:.4f}, the money of the right products"


def added(prices: NDArray[np.float64]) -> str:
    """ "(3.5 + 2)", or the sum alone where there are many."""
    few = 0 < len(prices) <= TERMS
    return f"({' + '.join(f'{one:.6g}' for one in prices)})" if few else f"{prices.sum():.6g}"


def of_all(lists: Numbers, products: int) -> dict[str, str]:
    """lists: (N, k) of all judged customers, -1 where one ended; products: of the catalogue ->
    {metric: the counts it is made of}."""
    full = int((lists >= 0).all(axis=1).sum())
    places = lists[lists >= 0]
    shown = len(distinct(places))
    said = {
        "coverage": f"{shown:,} / {products:,} = {shown / products:.4f}, products that stand on at "
        f"least one of the {len(lists):,} lists / products in the catalogue",
        "customer_coverage": f"{full:,} / {len(lists):,} = {full / len(lists):.4f}, customers "
        f"whose list has {lists.shape[1]} products / customers judged",
    }
    return said | ({"gini": gini(places, products)} if len(places) else {})


def gini(places: Numbers, products: int) -> str:
    times = np.sort(np.bincount(places, minlength=products))
    above = int((2 * np.arange(1, products + 1) - products - 1) @ times)
    value = above / (products * len(places))
    half = 1 + int(np.searchsorted(np.cumsum(times[::-1]), len(places) / 2))
    return (
        f"{above:,} / ({products:,} * {len(places):,}) = {value:.4f}, where {len(places):,} is the "
        f"number of all places and {above:,} the sum of (2 i - I - 1) * x_i; {half:,} products "
        f"have half of the places, {int((times == 0).sum()):,} have none"
    )
