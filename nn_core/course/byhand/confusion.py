"""Eight customers with a score each: who gets a letter, who is missed, what the campaign brings."""

import numpy as np

from nn_core.course.byhand import grids
from nn_core.course.byhand.applied import apply
from nn_core.course.byhand.arithmetic import Sum
from nn_core.course.byhand.exercise import Exercise, Given, exercise, given
from nn_core.course.byhand.expressions import Constant, Expression, Slip, Symbol, symbols
from nn_core.course.byhand.marking import Blank

CUSTOMERS = tuple(range(1, 9))


@exercise("confusion")
def confusion(rng: np.random.Generator) -> Exercise | None:
    """A letter goes to everybody whose score is above the threshold."""
    scores = np.sort(rng.choice(np.arange(5, 100, 5), 8, replace=False) / 100)[::-1]
    theta, bought = float(rng.choice([0.375, 0.475, 0.575])), rng.random(8) < scores
    written = {"TP": (bought, "above"), "FP": (~bought, "above")}
    written |= {"FN": (bought, "below"), "TN": (~bought, "below")}
    if not 2 <= bought.sum() <= 5:
        return None
    found = [Given(f"s_{i}", float(scores[i - 1]), shown=False) for i in CUSTOMERS]
    found += [Given(f"y_{i}", float(bought[i - 1]), shown=False) for i in CUSTOMERS]
    money = {"theta": theta, "m": float(rng.choice([8, 12, 15])), "c": float(rng.choice([2, 3]))}
    counts = tuple(Blank(n, count(*how), 0, ties=True) for n, how in written.items())
    whole = (*found, *given(money))
    drawn = grids.customers({one.name: one.value for one in whole})
    return Exercise(whole, (*counts, *judged()), drawn)


def count(who: np.ndarray, side: str) -> Expression:
    """Of the customers who are meant, those above the threshold, or below."""
    theta = Symbol("theta")
    terms = [apply(side, Symbol(f"s_{i}"), theta) for i in CUSTOMERS if who[i - 1]]
    return Sum(tuple(terms))


def judged() -> tuple[Blank, ...]:
    """m: what a purchase brings; c: what a letter costs."""
    TP, FP, FN, TN, m, c = symbols("TP FP FN TN m c")
    return (
        Blank("accuracy", (TP + TN) / Constant(8)),
        Blank("precision", TP / (TP + FP)),
        Blank("recall", TP / (TP + FN)),
        Blank("profit", m * TP - c * (TP + FP), 0, slips=free_letters()),
    )


def free_letters() -> tuple[Slip, ...]:
    TP, FP, m, c = symbols("TP FP m c")
    return (Slip(m * TP - c * FP, "The letters to buyers cost {0} too.", (c,)),)
