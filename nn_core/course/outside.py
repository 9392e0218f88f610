"""What can go wrong outside the notebook, measured on the built-in shop."""

from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.course.buying import curves
from nn_core.course.buying.learning import Question, learn, standardised
from nn_core.course.buying.year import moments
from nn_core.course.shared import answer
from nn_core.recommender.split import Split


def leaking(seed: int) -> dict[str, float]:
    """Areas under the ROC curve on "buys within 7 days": honest, with what was spent in those very
    days as a ninth number, and the leaking network where that number is not known yet."""
    learnt, judged = moments()
    honest, leaked = (asked(x) for x in ((learnt.x, judged.x), (nine(learnt), nine(judged))))
    found = learn(leaked, seed)
    unknown = leaked.test_x.copy()
    # In use nobody has spent anything in the days to come.
    unknown[:, -1] = -learnt.spent.mean() / learnt.spent.std()
    in_use = answer(found.network, unknown)[:, 0].astype(np.float64)
    y = honest.test_y
    return {
        "honest": curves.area(learn(honest, seed).probability, y),
        "leaked": curves.area(found.probability, y),
        "in_use": curves.area(in_use, y),
        "said": float(in_use.mean()),
        "came": float(y.mean()),
        "among_zeros": float(learnt.y["week"][learnt.spent == 0].mean()),
    }


def nine(moment: Any) -> Array:
    """(N, 9) the eight numbers and what came after."""
    return np.column_stack([moment.x, moment.spent])


def asked(x: tuple[Array, Array]) -> Question:
    """The question of the week over these inputs."""
    learnt, judged = moments()
    train, test = standardised(*x)
    return Question(train, learnt.y["week"], test, judged.y["week"])


def tail(split: Split, lists: Array) -> dict[str, float]:
    """Shares of the products outside of the best-selling fifth: in purchases, and on the lists."""
    counts = np.bincount(split.train.histories.product, minlength=len(split.train.products))
    rare = np.ones(len(counts), bool)
    rare[np.argsort(-counts, kind="stable")[: round(0.2 * len(counts))]] = False
    return {
        "bought": float(counts[rare].sum() / counts.sum()),
        "listed": float(rare[lists[lists >= 0]].mean()),
    }


def alone(split: Split, known: int, rng: np.random.Generator) -> float:
    """How often so many products of a household's history are in no other household's: who knows
    them, knows who it is."""
    bought = split.train.histories.bought
    found: list[bool] = []
    for row in range(bought.shape[0]):
        own = bought.indices[bought.indptr[row] : bought.indptr[row + 1]]
        if len(own) >= known:
            told = rng.choice(own, known, replace=False)
            others = np.asarray(bought[:, told].sum(axis=1)).ravel() == known
            found.append(int(others.sum()) == 1)
    return float(np.mean(found))


def multiplications(products: int, hidden: tuple[int, int] = (64, 32)) -> dict[str, int]:
    """One customer scored: by the course's network, and by EASE's square matrix."""
    first, second = hidden
    network = products * first + first * second + second * products
    return {"network": network, "ease": products * products}
