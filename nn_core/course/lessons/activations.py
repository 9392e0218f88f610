"""Activations: why a net needs them, what their derivatives let through, how a ReLU dies."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.activation_curves import at
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import accuracy, loss, train
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Order
from nn_core.course.scenario import Evidence, Scenario, Start, one
from nn_core.course.seen import Seen, chose, trained
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Change, Run, Script

# Without an activation


def multiplied() -> Numbers:
    """Two layers without an activation, and the one layer that says the same."""
    w, v = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[2.0], [1.0]])
    x = np.array([1.0, 1.0])
    both, one_layer = x @ w @ v, w @ v
    return {
        "h1": float((x @ w)[0]),
        "h2": float((x @ w)[1]),
        "out": float(both[0]),
        "first": float(one_layer[0, 0]),
        "second": float(one_layer[1, 0]),
        "same": float((x @ one_layer)[0]),
    }


def deep(activation: str) -> Start:
    """Three hidden layers on XOR."""
    spec = Points(dataset="xor", hidden=(Hidden(8, activation),) * 3)
    return one(spec, label=activation, learning_rate=0.1)


def collapse(runs: Sequence[Run]) -> Evidence:
    """Linear beside tanh; and how far the linear one's outputs lie from those of one layer that
    has the product of its weights."""
    linear, bent = (accuracy(train(run, 600)) for run in runs)
    x, kernel, bias = runs[0].x, np.eye(2), np.zeros(2)
    weights = runs[0].model.get_weights()
    for own, shift in zip(weights[::2], weights[1::2]):
        kernel, bias = kernel @ own, bias @ own + shift
    single = 1 / (1 + np.exp(-(x @ kernel + bias)))
    apart = float(np.abs(single - runs[0].model.predict(x)).max())
    place = 0 if linear < 0.7 else 1 if linear < 0.9 else 2
    return Evidence(place, {"linear": linear, "tanh": bent, "apart": apart})


# Slopes


def slopes(seed: int) -> Evidence:
    """The derivatives of sigmoid, tanh and ReLU at a sum of 3, the largest first."""
    names = ("sigmoid", "tanh", "relu")
    found = [at(name, 3.0)[1] for name in names]
    order = tuple(int(place) for place in np.argsort(found)[::-1])
    return Evidence(order, dict(zip(names, found)) | {"steepest": at("sigmoid", 0.0)[1]})


# What they do not do


def few_and_noisy(activation: str) -> Start:
    """A wide network on few points that contradict each other."""
    spec = Points(noise=0.5, train_share=0.1, hidden=(Hidden(16, activation),) * 2)
    return one(spec, label=activation, optimizer="adam", learning_rate=0.01)


def memorised(runs: Sequence[Run]) -> Evidence:
    """Test loss less train loss, without an activation and with one; and of sigmoid, the slowest,
    once more when it has trained for longer."""
    gaps = {run.settings.activations[0]: gap(train(run, 600)) for run in runs}
    more = min(gaps["tanh"], gaps["relu"]) > gaps["linear"] + 0.1
    straight, sigmoid = runs[:2]
    numbers = {"straight_train": loss(straight), "straight_test": loss(straight, "test")}
    return Evidence(int(more), gaps | numbers | {"later": gap(train(sigmoid, 3400))})


def gap(run: Run) -> float:
    return loss(run, "test") - loss(run)


# A ReLU that dies, and one that is saved

ONE = Points(dataset="gaussians", hidden=(Hidden(1, "relu"),))
BIAS = "dense_1/bias[0]"
DEAD = Change(0, weight=BIAS, value=-8.0)
LONG_ENOUGH, AWAKE, ENOUGH = 50, 0.3, 0.95


def answering(seen: Seen) -> float:
    """The share of the train points for which the unit's sum is above zero."""
    return float((seen.trace()["dense_1/z"] > 0).mean())


def died(seen: Seen) -> Check:
    """Silent for every train point, and training does not change that."""
    share = answering(seen)
    said = f"the unit answers {share:.0%} of the train points after {seen.step} updates"
    if share:
        return Check(False, f"{said}; none are asked for.")
    if seen.settings.activations != ("relu",):
        return Check(False, f"{said}, but it is no ReLU. Choose relu again.")
    if seen.step < LONG_ENOUGH:
        return Check(False, f"{said}. Train for {LONG_ENOUGH}: does it come back?")
    return Check(True, f"{said}. It does not come back.")


def saved(seen: Seen) -> Check:
    """A ReLU again, that answers, in a network that is right."""
    share, right = answering(seen), seen.accuracy("test")
    said = f"the unit answers {share:.0%} of the train points, {right:.0%} of the test are right"
    awake = share >= AWAKE and right >= ENOUGH
    if awake and seen.settings.activations != ("relu",):
        return Check(False, f"{said}. Now make it a ReLU again.")
    return Check(awake, f"{said}; {AWAKE:.0%} and {ENOUGH:.0%} are asked for, by a ReLU.")


REVIVE = Script(
    (
        DEAD,
        Change(0, settings={"activations": ("leaky_relu",)}),
        Change(500, settings={"activations": ("relu",)}),
    )
)

LESSONS.add(
    "activations",
    Lesson(
        minutes=15,
        parts=(
            Read("one line", multiplied),
            Predict(
                "three layers", Scenario((deep("linear"), deep("tanh")), collapse, 0), Choice()
            ),
            Live(
                "bend it",
                one(Points(hidden=(Hidden(4, "linear"),)), learning_rate=0.1),
                (
                    Notice(("#play",), trained(100)),
                    Notice(("#activation",), chose(activations=("tanh",))),
                    Notice(("#curves",), trained(300)),
                    Notice(("#activation",), chose(activations=("relu",))),
                    Notice(("#network",), trained(200)),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Read("curve and slope", show="activations"),
            Predict("steepest at three", Measured(slopes, chance=False), Order()),
            Predict(
                "against overfitting",
                Scenario(
                    tuple(few_and_noisy(name) for name in ("linear", "sigmoid", "tanh", "relu")),
                    memorised,
                    1,
                ),
                Choice(),
            ),
            ByHand("softmax by hand", "softmax"),
            Task(
                "a dead unit",
                one(ONE, learning_rate=0.1),
                died,
                answer=one(ONE, Script((DEAD,)), learning_rate=0.1),
                updates=100,
                hide=("optimizer", "batch", "panels"),
            ),
            Task(
                "the unit saved",
                one(ONE, Script((DEAD,)), learning_rate=0.1),
                saved,
                answer=one(ONE, REVIVE, learning_rate=0.1),
                updates=700,
                hide=("edit", "optimizer", "batch", "panels"),
            ),
        ),
    ),
)
