"""A list of five products with two hits: how good it is."""

import numpy as np

from nn_core.course.byhand import grids
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.arithmetic import Sum
from nn_core.course.byhand.exercise import Exercise, exercise, given
from nn_core.course.byhand.expressions import Constant, Expression, Slip, symbols
from nn_core.course.byhand.marking import Blank

LENGTH = 5


@exercise("ndcg")
def ndcg(rng: np.random.Generator) -> Exercise:
    """Ranks count from 1; binary relevance, as the shop's own metrics have it."""
    ranks = sorted(int(rank) + 1 for rank in rng.choice(LENGTH, 2, replace=False))
    wanted = int(rng.choice([3, 4]))
    r_1, r_2, hits, relevant, k, DCG, IDCG = symbols("r_1 r_2 hits relevant k DCG IDCG")
    numbers = {"r_1": ranks[0], "r_2": ranks[1], "hits": 2, "relevant": wanted, "k": LENGTH}
    values = {name: float(number) for name, number in numbers.items()}
    said = "That is the ideal of a list with 2 hits; an ideal one has all {0} right products."
    return Exercise(
        given(values),
        (
            Blank("DCG", gain(r_1) + gain(r_2)),
            Blank(
                "IDCG", ideal(wanted), slips=(Slip(ideal(2), said, (Constant(wanted),)),), ties=True
            ),
            Blank("NDCG", DCG / IDCG),
            Blank("recall", hits / relevant),
            Blank("precision", hits / k),
        ),
        grids.listing(values),
        {"relevant": "k", "k": "relevant"},
    )


def gain(rank: Expression) -> Expression:
    """1 / log2(rank + 1)."""
    return Constant(1) / apply("log2", rank + Constant(1))


def ideal(count: int) -> Expression:
    """The gain of so many hits at the top."""
    return Sum(tuple(gain(Constant(rank + 1)) for rank in range(count)))
