"""Scenarios of training: rates, momentum, batches, and a network that learns too much."""

from collections.abc import Sequence

from nn_core.course.measures import (
    accuracy,
    again,
    leaning,
    loss,
    roughness,
    saturated,
    stride,
    train,
)
from nn_core.course.noise import risen
from nn_core.course.scenario import SCENARIOS, Evidence, Scenario, one
from nn_core.live.notation import parse
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Change, Run, Script
from nn_core.live.stack import Stack


def three_rates(runs: Sequence[Run]) -> Evidence:
    """A rate too low, one that fits, one too high, after as many updates."""
    worse = risen(runs[2], 800)
    low, fit, high = (accuracy(train(run, 800 - run.step)) for run in runs)
    numbers = {"low": low, "fit": fit, "high": high, "worse": worse, "flat": saturated(runs[2])}
    return Evidence(int(fit > max(low, high) + 0.2), numbers)


def ravine(runs: Sequence[Run]) -> Evidence:
    """Momentum 0, 0.5 and 0.9 where one direction is far steeper than the other."""
    worse = risen(runs[2], 50)
    last = [loss(train(run, 50 - run.step)) for run in runs]
    other = other_rates(runs[0], 50)
    return Evidence(
        int(last[1] < last[0] and other["held"] < last[1] < last[0] < other["out"]),
        {"none": last[0], "half": last[1], "most": last[2], "most_worse": worse, **other},
    )


def other_rates(run: Run, updates: int) -> dict[str, float]:
    """The loss with twice the rate and no momentum; and with a rate of 0.01, at which every step
    across the ravine overshoots, without momentum and with 0.5."""
    half = {"momentum": 0.5}
    return {
        "double": loss(train(again(run, learning_rate=2 * run.first.learning_rate), updates)),
        "out": loss(train(again(run, learning_rate=0.01), updates)),
        "held": loss(train(again(run, learning_rate=0.01, optimizer_options=half), updates)),
    }


def batches(runs: Sequence[Run]) -> Evidence:
    """How far the gradients of batches of 1, 10 and all samples scatter around their mean."""
    single, ten, full = (roughness(run, 40) for run in runs)
    return Evidence(0 if single > ten > full else 1, {"single": single, "ten": ten, "full": full})


def by_heart(runs: Sequence[Run]) -> Evidence:
    """A wide network on few noisy points: where the test loss is lowest, and where it ends."""
    (run,) = runs
    tests, steps, right = [loss(run, "test")], [0], [accuracy(run, "test")]
    for _ in range(24):
        train(run, 50)
        tests.append(loss(run, "test"))
        steps.append(run.step)
        right.append(accuracy(run, "test"))
    best = min(range(len(tests)), key=tests.__getitem__)
    return Evidence(
        int(tests[-1] > 1.3 * tests[best] and loss(run) < 0.6 * tests[best]),
        {
            "best": tests[best],
            "best_step": steps[best],
            "best_right": right[best],
            "end_right": right[-1],
            "end": tests[-1],
            "end_step": steps[-1],
            "train": loss(run),
        },
    )


def dropped(runs: Sequence[Run]) -> Evidence:
    """The same few noisy points without and with Dropout: the gap of test and train loss, and how
    much hangs on a single unit."""
    gaps: list[float] = []
    for run in runs:
        train(run, 1000)
        gaps.append(loss(run, "test") - loss(run))
    alone = [leaning(run) for run in runs]
    numbers = {"without": gaps[0], "with_dropout": gaps[1]}
    numbers |= {"alone": alone[0], "alone_dropped": alone[1]}
    return Evidence(int(gaps[1] < 0.5 * gaps[0] and alone[1] < 0.5 * alone[0]), numbers)


def plateau(runs: Sequence[Run]) -> Evidence:
    """SGD beside Adam on the spiral, the same rate for both; and SGD with thirty times the rate."""
    tuned = accuracy(train(again(runs[0], learning_rate=0.3), 3000))
    sgd_step, adam_step = (stride(run, 500) for run in runs)
    sgd, adam = (accuracy(train(run, 2500)) for run in runs)
    numbers = {"sgd": sgd, "adam": adam, "tuned": tuned}
    found = adam > sgd + 0.1 and tuned > sgd and adam_step > 3 * sgd_step
    return Evidence(int(found), {**numbers, "sgd_step": sgd_step, "adam_step": adam_step})


SCENARIOS.add(
    "three learning rates",
    Scenario((one(Points()),), three_rates, answer=1, raced="rate", values=(0.0001, 0.1, 10)),
)

PLANE = Points(dataset="plane", features=("x1", "x2^2"), hidden=(), loss="mse")
# On the ravine's steep wall, and well off its floor: the same place whatever the data's seed.
WALL = Script(
    tuple(
        Change(0, weight=f"dense_1/kernel[{row},0]", value=value)
        for row, value in enumerate((-0.8, 0.25))
    )
)
SCENARIOS.add(
    "momentum in a ravine",
    Scenario(
        (one(PLANE, WALL, learning_rate=0.001, batch_size=500),),
        ravine,
        answer=1,
        raced="momentum",
        values=(0.0, 0.5, 0.9),
    ),
)

SCENARIOS.add(
    "batch size",
    Scenario(
        (one(Points(dataset="gaussians", noise=0.3), learning_rate=0.001),),
        batches,
        answer=0,
        raced="batch",
        values=(1, 10, 500),
        by="epochs",
    ),
)

NOISY = Points(noise=0.5, train_share=0.1, hidden=(Hidden(16, "tanh"), Hidden(16, "tanh")))
SCENARIOS.add(
    "overfitting",
    Scenario((one(NOISY, optimizer="adam", learning_rate=0.01),), by_heart, answer=1),
)

FEW = Points(points=200, noise=0.5, train_share=0.3)
SCENARIOS.add(
    "dropout",
    Scenario(
        tuple(
            one(Stack(source=FEW, hidden=parse(layers)), label=label)
            for label, layers in (
                ("without", "dense(16,tanh)-dense(16,tanh)"),
                ("with", "dense(16,tanh)-dropout(0.4)-dense(16,tanh)-dropout(0.4)"),
            )
        ),
        dropped,
        answer=1,
    ),
)

SPIRAL = Points(dataset="spiral", hidden=(Hidden(8, "tanh"), Hidden(8, "tanh")))
SCENARIOS.add(
    "sgd on a plateau",
    Scenario(
        (one(SPIRAL, learning_rate=0.01),),
        plateau,
        answer=1,
        raced="optimizer",
        values=("sgd", "adam"),
    ),
)
