"""Scenarios of layers and units: what a hidden layer adds, and four ways for one not to learn."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.measures import accuracy, kernel_gradients, loss, train, values
from nn_core.course.scenario import SCENARIOS, Evidence, Scenario, one
from nn_core.live.notation import parse
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Change, Run, Script
from nn_core.live.stack import Stack
from nn_core.trace import record


def line_or_bend(runs: Sequence[Run]) -> Evidence:
    """Depth 0 beside depth 1 on XOR."""
    without, hidden = (accuracy(train(run, 2000)) for run in runs)
    return Evidence(int(hidden > without + 0.2), {"without": without, "hidden": hidden})


def fading(runs: Sequence[Run]) -> Evidence:
    """Sigmoid beside ReLU, six layers deep: how much of the gradient is left at the bottom."""
    left: list[float] = []
    for run in runs:
        gradients = kernel_gradients(run)
        left.append(gradients[0] / gradients[-1])
    learnt = [accuracy(train(run, 1000)) for run in runs]
    worst = int(left[0] < 0.01 < 0.05 < left[1])
    return Evidence(
        worst,
        {
            "sigmoid_left": left[0],
            "relu_left": left[1],
            "sigmoid_right": learnt[0],
            "relu_right": learnt[1],
        },
    )


def dying(runs: Sequence[Run]) -> Evidence:
    """ReLU with a sane learning rate beside one with a rate of 10: units silent for all points."""
    silent: list[float] = []
    for run in runs:
        train(run, 300)
        silent.append(float((values(run, "dense_1/z").max(axis=0) <= 0).mean()))
    return Evidence(
        int(silent[1] > 0.5 and silent[0] < 0.25), {"sane": silent[0], "high": silent[1]}
    )


def copying(runs: Sequence[Run]) -> Evidence:
    """Weights that all start as 1: do the units of the first layer ever differ?"""
    drawn, ones = runs
    spread: list[float] = []
    for run in (drawn, ones):
        train(run, 1000)
        spread.append(float(np.ptp(run.model.get_weights()[0], axis=1).max()))
    return Evidence(int(spread[1] == 0), {"drawn": spread[0], "ones": spread[1]})


def stuck(runs: Sequence[Run]) -> Evidence:
    """From a start that is wrong and sure of it: cross-entropy beside squared error."""
    gradients = [kernel_gradients(run)[0] for run in runs]
    learnt = [accuracy(train(run, 200)) for run in runs]
    return Evidence(
        int(gradients[0] > 100 * gradients[1] and learnt[0] > 0.9 > learnt[1] + 0.3),
        {
            "entropy_gradient": gradients[0],
            "squared_gradient": gradients[1],
            "entropy_right": learnt[0],
            "squared_right": learnt[1],
        },
    )


def scales(runs: Sequence[Run]) -> Evidence:
    """How wide the values of the last of four small-weighted layers spread, beside the first; and
    the train loss after a short training, by the batch's own mean and variance and by the averages
    that are kept."""
    left: list[float] = []
    for run in runs:
        first, last = (float(values(run, f"activation_{n}/a").std()) for n in (1, 4))
        left.append(last / first)
    plain, normed = (train(run, 100) for run in runs)
    own = float(record(normed.model, *normed.sets["train"])["loss"])
    numbers = {"plain": left[0], "normed": left[1]}
    numbers |= {"plain_loss": loss(plain), "own_loss": own, "kept_loss": loss(normed)}
    faster = own < numbers["plain_loss"] and own < 0.5 * numbers["kept_loss"]
    return Evidence(int(left[0] < 0.05 and left[1] > 0.5 and faster), numbers)


XOR = Points(dataset="xor", hidden=(Hidden(6, "tanh"),))
SCENARIOS.add(
    "hidden layer",
    Scenario((one(XOR, learning_rate=0.1),), line_or_bend, answer=1, raced="depth", values=(0, 1)),
)

SIX = Points(hidden=(Hidden(6, initializer="he_normal"),) * 6)
SCENARIOS.add(
    "vanishing gradient",
    Scenario((one(SIX),), fading, answer=1, raced="activation", values=("sigmoid", "relu")),
)

RELU = Points(hidden=(Hidden(8),))
SCENARIOS.add(
    "dead relu",
    Scenario((one(RELU, activations=("relu",)),), dying, answer=1, raced="rate", values=(0.03, 10)),
)

ALIKE = Points(dataset="xor", hidden=(Hidden(4, "tanh"), Hidden(3, "tanh")))
SCENARIOS.add(
    "symmetric start",
    Scenario(
        (one(ALIKE),), copying, answer=1, raced="initializer", values=("glorot_uniform", "ones")
    ),
)

# Weights that call the two clouds by each other's names, far out on the sigmoid's flat ends.
SURE = Script(tuple(Change(0, weight=f"dense_1/kernel[{row},0]", value=-4.0) for row in (0, 1)))
CLOUDS = Points(dataset="gaussians", hidden=())
SCENARIOS.add(
    "sure and wrong",
    Scenario(
        (one(CLOUDS, SURE),),
        stuck,
        answer=1,
        raced="loss",
        values=("binary_crossentropy", "mse"),
    ),
)

SMALL = "dense(8,kernel_initializer=random_normal)"
SCENARIOS.add(
    "batch normalization",
    Scenario(
        tuple(
            one(Stack(source=Points(), hidden=parse("-".join([layer] * 4))), label=label)
            for label, layer in (
                ("without", f"{SMALL}-activation(tanh)"),
                ("with", f"{SMALL}-batch_normalization-activation(tanh)"),
            )
        ),
        scales,
        answer=1,
    ),
)
