"""Overfitting: learnt by heart or understood, what helps, and how one knows."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nn_core.course.judging import (
    bare,
    best_of_many,
    cooled,
    curves,
    folds,
    gaps,
    rare,
    surely_wrong,
)
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import accuracy, loss, train
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Curve, Number, Order
from nn_core.course.scenario import Evidence, Scenario, Start, one
from nn_core.course.scenarios.training import NOISY
from nn_core.course.seen import Seen, trained
from nn_core.live.notation import parse
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Run
from nn_core.live.stack import Stack

MESSY = replace(NOISY, noise=0.3)
RIGHT = Curve(updates=1000, low=0.4, high=1.0, what="share that is right")
TWICE = "dense(16,tanh)-dense(16,tanh)"
DROPPED = "dense(16,tanh)-dropout(0.5)-dense(16,tanh)-dropout(0.5)"
LEAST, QUIET = 1000, 0.4
UNITS, UNDER = 12, 0.1
SPIRAL = Points(dataset="spiral", hidden=(Hidden(4, "tanh"), Hidden(2, "tanh")))
SINES = ("x1", "x2", "sin(x1)", "sin(x2)")


def noisy(spec: Points = MESSY) -> Start:
    """Fifty noisy points; Adam, so that it takes not long."""
    return one(spec, optimizer="adam", learning_rate=0.01)


def stacked(layers: str, label: str, train_share: float = MESSY.train_share) -> Start:
    """The same data, more or less of it, under a stack."""
    spec = Stack(source=replace(MESSY, train_share=train_share), hidden=parse(layers))
    return one(spec, label=label, batch_size=10)


def by_heart() -> Numbers:
    """Two layers of 16 units on fifty points, after 1,000 updates."""
    found = curves(16, "none", 0.0, 0.0, 50)
    return {"train": found.train[-1], "test": found.test[-1], "best": found.test[found.best]}


def staying(runs: Sequence[Run]) -> Evidence:
    """The share of test points that are right over the updates, of a network that learns its points
    by heart; its test loss beside it, and how much of the rise of that is sureness."""
    (run,) = runs
    beside: list[tuple[float, float]] = []

    def look(run: Run) -> float:
        beside.append((loss(run, "test"), surely_wrong(run)))
        return accuracy(run, "test")

    curve = RIGHT.along(run, look)
    best = int(np.argmin([test for test, _ in beside]))
    numbers = {"step": RIGHT.steps[best], "train": loss(run), "cooled": cooled(run)}
    for name, at in (("best", best), ("end", -1)):
        numbers |= {f"{name}_right": curve[at], name: beside[at][0], f"{name}_sure": beside[at][1]}
    return Evidence(curve, numbers)


def remedies(runs: Sequence[Run]) -> Evidence:
    """Nothing, dropout, nine times the points: in the order of their test losses. The many points
    then train on: were they only seen less often?"""
    found = gaps(runs, 1000)
    order = tuple(sorted(range(len(found)), key=lambda at: found[at][1]))
    names = ("nothing", "dropout", "more")
    numbers = {f"{name}_test": test for name, (_, test) in zip(names, found)}
    numbers |= {f"{n}_train": tr for n, (tr, _) in zip(names, found)}
    numbers |= {f"{n}_right": accuracy(run, "test") for n, run in zip(names, runs)}
    return Evidence(order, numbers | {"longer": bare(train(runs[2], 4000), "test")})


def folded() -> Numbers:
    """Five folds of one network."""
    found = folds()
    return {
        "each": ", ".join(f"{right:.0%}" for right in found),
        "mean": float(np.mean(found)),
        "spread": float(np.std(found)),
    }


def held(seen: Seen) -> Check:
    """Long training without a test loss that runs away."""
    found = seen.loss("test") - seen.model.penalty()
    said = f"the test loss without the penalty is {found:.3g} after {seen.step:,} updates"
    spec = seen.spec
    assert isinstance(spec, Points)  # noqa: S101  its task starts with points
    kept = replace(MESSY, hidden=spec.hidden, loss=spec.loss, penalty=spec.penalty)
    if replace(kept, penalty_rate=spec.penalty_rate, features=spec.features) != spec:
        return Check(False, f"{said}, but data and seed are to stay as they were.")
    if seen.step < LEAST:
        return Check(False, f"{said}; train for {LEAST:,} or more.")
    return Check(found < QUIET, f"{said}; under {QUIET} is asked for.")


def wound(seen: Seen) -> Check:
    """The spiral learnt by few units."""
    spec = seen.spec
    assert isinstance(spec, Points)  # noqa: S101  its task starts with points
    units = sum(each.units for each in spec.hidden)
    found = seen.loss("test") - seen.model.penalty()
    said = f"the test loss is {found:.3g} with {units} hidden units"
    data = (spec.dataset, spec.noise, spec.train_share, spec.loss)
    if data != (SPIRAL.dataset, SPIRAL.noise, SPIRAL.train_share, SPIRAL.loss):
        return Check(False, f"{said}, but data and loss are to stay as they were.")
    if units > UNITS:
        return Check(False, f"{said}; {UNITS} are allowed.")
    return Check(found < UNDER, f"{said}; under {UNDER} is asked for.")


LESSONS.add(
    "overfitting",
    Lesson(
        minutes=15,
        parts=(
            Read("by heart", by_heart),
            Live(
                "islands",
                noisy(),
                (
                    Notice(("#side",), trained(150)),
                    Notice(("#curves",), trained(600)),
                    Notice(("#side", "#curves"), trained(1000)),
                ),
                hide=("panels",),
            ),
            Predict("more epochs", Scenario((noisy(),), staying), RIGHT),
            Read("remedies", show="remedies"),
            Predict(
                "what helps",
                Scenario(
                    (
                        stacked(TWICE, "nothing done"),
                        stacked(DROPPED, "dropout"),
                        stacked(TWICE, "450 points", 0.9),
                    ),
                    remedies,
                ),
                Order(),
            ),
            Predict("best of fifty", Measured(best_of_many), Number(0.0, 100.0, " %")),
            Read("three parts", folded),
            Predict("accuracy", Measured(rare), Choice()),
            ByHand("by hand", "penalties"),
            Task(
                "hold it",
                noisy(),
                held,
                answer=noisy(replace(MESSY, penalty="l2", penalty_rate=0.01)),
                updates=LEAST,
                controls=True,
            ),
            Task(
                "twelve units",
                one(SPIRAL),
                wound,
                answer=one(
                    replace(SPIRAL, hidden=(Hidden(8, "tanh"), Hidden(4, "tanh")), features=SINES),
                    optimizer="adam",
                    learning_rate=0.01,
                ),
                updates=1500,
                controls=True,
            ),
        ),
    ),
)
