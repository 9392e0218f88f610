"""Losses: which number is made small, and how hard each one pulls."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.loss_curves import at, sigmoid
from nn_core.course.measures import accuracy, train, values
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Curve, Number
from nn_core.course.scenario import Evidence, Scenario, Start, one
from nn_core.course.scenarios.layers import CLOUDS, SURE
from nn_core.course.seen import Seen, changed, trained
from nn_core.layers import Dense
from nn_core.live.points import Points
from nn_core.live.run import Change, Run, Script
from nn_core.losses import LOSSES
from nn_core.network import Sequential
from nn_core.optimizers import SGD

W1, W2 = "dense_1/kernel[0,0]", "dense_1/kernel[1,0]"
SHARE = Curve(updates=200, low=0.0, high=1.0, what="share that is right")


def two_outputs() -> Numbers:
    """y = 1, said to be 0.9 and 0.1: what each loss makes of it."""
    found: dict[str, float] = {}
    for name, loss in (("se", LOSSES.get("mse")), ("ce", LOSSES.get("binary_crossentropy"))):
        for label, a in (("near", 0.9), ("far", 0.1)):
            found[f"{name}_{label}"] = loss.forward(np.ones((1, 1)), np.array([[a]]))
    return found


def sure_and_wrong(seed: int) -> Evidence:
    """The cross-entropy of 0.01 where 1 is right, and the squared error."""
    y, entropy = np.ones((1, 1)), LOSSES.get("binary_crossentropy")
    found, surer = (entropy.forward(y, np.array([[a]])) for a in (0.01, 0.001))
    squared = LOSSES.get("mse").forward(y, np.array([[0.01]]))
    numbers = {"entropy": found, "squared": squared, "surer": surer, "tenth": surer - found}
    return Evidence(found, numbers)


def error_and_gradient(seed: int) -> Evidence:
    """y = 1: a larger error at z = -8, a smaller one at -1. Where is the gradient larger?"""
    numbers = {"far": 1 - sigmoid(-8), "near": 1 - sigmoid(-1)}
    larger: list[bool] = []
    for short, name in (("ce", "binary_crossentropy"), ("se", "mse"), ("ae", "mae")):
        far, near = (abs(at(name, 1, z)[1]) for z in (-8.0, -1.0))
        numbers |= {f"{short}_far": far, f"{short}_near": near}
        larger.append(far > near)
    return Evidence(0 if all(larger) else 2 if any(larger) else 1, numbers)


def flat_start(runs: Sequence[Run]) -> Evidence:
    """From weights that are wrong and sure of it: the share right with squared error, the slope of
    the sigmoid there, and when cross-entropy has turned round."""
    entropy, squared = runs
    a = values(squared, "dense_1/a")
    numbers = {"slope": float(np.mean(a * (1 - a)))}
    curve = SHARE.along(squared, accuracy)
    right = [accuracy(train(entropy, 1)) for _ in range(SHARE.updates)]
    turned = next((at for at, share in enumerate(right, 1) if share > 0.9), SHARE.updates)
    return Evidence(curve, numbers | {"squared": curve[-1], "entropy": right[-1], "turned": turned})


def ends_at(loss: str) -> float:
    """One number that is trained to stand for 1, 2, 3, 4 and 100."""
    y = np.array([[1.0], [2.0], [3.0], [4.0], [100.0]])
    model = Sequential([Dense(1)], (1,), dtype="float64")
    model.compile(SGD(0.05), loss)
    model.set_weights([np.zeros((1, 1)), np.zeros(1)])
    for _ in range(1000):
        model.step(np.zeros((5, 1)), y)
    return float(model.get_weights()[1][0])


def outlier(seed: int) -> Evidence:
    found = {name: ends_at(name) for name in ("mse", "mae")}
    return Evidence(found["mse"], found)


# As sure as it may be

OVERLAP = Points(dataset="gaussians", noise=0.3, hidden=(), seed=2)
LOW, RIGHT = 0.16, 0.94


def set_to(w: float) -> Start:
    """Both weights the same, so that the border stays where it is."""
    changes = tuple(Change(0, weight=name, value=w) for name in (W1, W2))
    return one(OVERLAP, Script(changes), learning_rate=0.1)


def as_sure_as_right(seen: Seen) -> Check:
    """A small test loss, with the same border, and nothing trained."""
    loss, right = seen.loss("test"), seen.accuracy("test")
    said = f"test loss {loss:.3f}, {right:.1%} of the test points right"
    if seen.step:
        return Check(False, f"{said}, but the network has trained. Press Reset.")
    return Check(loss < LOW and right >= RIGHT, f"{said}; under {LOW} and {RIGHT:.0%} are wanted.")


LESSONS.add(
    "losses",
    Lesson(
        minutes=15,
        parts=(
            Read("one number", two_outputs),
            Predict("sure and wrong", Measured(sure_and_wrong, chance=False), Number(0.0, 20.0)),
            Read("side by side", show="losses"),
            Predict("big error", Measured(error_and_gradient, chance=False), Choice()),
            Predict(
                "a flat start",
                Scenario(
                    (one(CLOUDS, SURE),),
                    flat_start,
                    raced="loss",
                    values=("binary_crossentropy", "mse"),
                ),
                SHARE,
            ),
            Live(
                "off the flat end",
                one(Points(dataset="gaussians", hidden=(), loss="mse"), SURE, learning_rate=0.03),
                (
                    Notice(("#play",), trained(200)),
                    Notice((W1,), changed(W1)),
                    Notice((W2,), changed(W2)),
                    Notice(("#curves",), trained(200)),
                ),
                hide=("rate", "optimizer", "batch", "panels"),
            ),
            Predict("an outlier", Measured(outlier, chance=False), Number(0.0, 100.0)),
            ByHand("by hand", "losses"),
            Task(
                "as sure as right",
                set_to(5.0),
                as_sure_as_right,
                answer=set_to(1.2),
                updates=0,
                hide=("play", "speed", "rate", "optimizer", "batch", "panels"),
            ),
        ),
    ),
)
