"""How weights start, and why gradients vanish or explode on their way down through many layers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nn_core.course.depth import spread, through
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import loss, train, values
from nn_core.course.parts import ByHand, Check, Live, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Curve, Number
from nn_core.course.scenario import Evidence, Scenario, one
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.seen import Seen, trained
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Run

LAYERS = 6
SIGMOIDS = Points(hidden=(Hidden(6, "sigmoid"),) * LAYERS)
ZEROS = Points(dataset="xor", hidden=(Hidden(4, "tanh", "zeros"), Hidden(3, "tanh", "zeros")))
FLAT = Curve(updates=400, low=0.0, high=1.0)
ENOUGH, WITHIN = 0.95, 1500


def drawn() -> Numbers:
    """The spread of weights of a layer from 100 to 100 units, by both rules."""
    return {
        "glorot": spread("glorot_normal", 100, 100),
        "he": spread("he_normal", 100, 100),
    }


def flat(runs: Sequence[Run]) -> Evidence:
    """XOR from zeros, and from drawn weights."""
    zeros, random = (FLAT.along(run, loss) for run in runs)
    moved = float(np.abs(runs[0].model.get_weights()[0]).max())
    return Evidence(zeros, {"first": zeros[0], "last": zeros[-1], "drawn": random[-1], "w": moved})


def signal() -> Numbers:
    """What the picture shows of ten layers."""
    sigmoid, relu = through("sigmoid", "glorot_uniform", 10), through("relu", "he_normal", 10)
    return {"sigmoid": sigmoid.left, "relu": relu.left, "quarter": 0.25**9}


def reaches(run: Run) -> float:
    """|dL/dz| at the first layer in shares of that at the output."""
    first, last = (values(run, f"dense_{n}/dz") for n in (1, len(run.model.layers)))
    return float(np.linalg.norm(first) / np.linalg.norm(last))


def fading(runs: Sequence[Run]) -> Evidence:
    """By what factor the gradient shrinks through six layers of sigmoids, and through ReLUs; and
    how much of the former is the slopes' doing."""
    sigmoid, relu = (1 / reaches(run) for run in runs)
    outputs = [values(runs[0], f"dense_{n}/a") for n in range(1, LAYERS + 1)]
    slopes = [float(np.mean(a * (1 - a))) for a in outputs]
    numbers = {"sigmoid": sigmoid, "relu": relu, "least": min(slopes), "most": max(slopes)}
    shrunk = float(1 / np.prod(slopes))
    return Evidence(sigmoid, numbers | {"slopes": shrunk, "weights": sigmoid / shrunk})


def no_cure(runs: Sequence[Run]) -> Evidence:
    """ReLU with He's weights and with small ones, beside sigmoid with Glorot's."""
    he, small, sigmoid = (reaches(run) for run in runs)
    found = 1 if he > 100 * small and small < sigmoid else 0
    return Evidence(found, {"he": he, "small": small, "sigmoid": sigmoid})


def unlimited(runs: Sequence[Run]) -> Evidence:
    """Kernels ten times as large, and kernels after training, without and with normalisation."""
    plain, normed = (tenfold(run) for run in runs)
    grown = [growth(run) for run in runs]
    numbers = {"plain": plain, "normed": normed, "plain_grown": grown[0], "grown": grown[1]}
    return Evidence(1 if normed < 0.1 < plain and grown[1] > 1.5 else 0, numbers)


def tenfold(run: Run) -> float:
    """How much the first activation changes, in shares of its length, if the kernel before it is
    ten times as large."""
    kernel = run.model.named_weights["dense_1/kernel"]
    before = values(run, "activation_1/a").copy()
    kernel *= 10
    after = values(run, "activation_1/a").copy()
    kernel /= 10
    return float(np.linalg.norm(after - before) / np.linalg.norm(before))


def growth(run: Run) -> float:
    """By what factor the first kernel is longer after 300 updates."""
    kernel = run.model.named_weights["dense_1/kernel"]
    before = float(np.linalg.norm(kernel))
    return float(np.linalg.norm(train(run, 300).model.named_weights["dense_1/kernel"])) / before


def woken(seen: Seen) -> Check:
    """The circle learnt by a network of six hidden layers or more, in few updates."""
    spec = seen.spec
    assert isinstance(spec, Points)  # noqa: S101  its task starts with points
    right = seen.accuracy("test")
    said = f"{right:.0%} of the test points are right after {seen.step:,} updates"
    asked = replace(SIGMOIDS, hidden=spec.hidden, seed=spec.seed, loss=spec.loss)
    if len(spec.hidden) < LAYERS or spec != asked:
        return Check(False, f"{said}, but the task is the circle with {LAYERS} hidden layers.")
    if seen.step > WITHIN:
        return Check(False, f"{said}; {WITHIN:,} are allowed. Reset, and try another way.")
    return Check(right >= ENOUGH, f"{said}; {ENOUGH:.0%} within {WITHIN:,} are asked for.")


def no_sigmoids(before: Seen, now: Seen) -> bool:
    """Every hidden layer has another activation."""
    return "sigmoid" not in now.settings.activations


RELU = Points(hidden=(Hidden(6, "relu", "he_normal"),) * LAYERS)
SMALL = Points(hidden=(Hidden(6, "relu", "random_normal"),) * LAYERS)
NORMED = SCENARIOS.get("batch normalization").starts

LESSONS.add(
    "initialisation",
    Lesson(
        minutes=15,
        parts=(
            Read("how weights start", drawn),
            Predict(
                "zeros",
                Scenario(
                    (one(ZEROS, learning_rate=0.1),),
                    flat,
                    raced="initializer",
                    values=("zeros", "glorot_uniform"),
                ),
                FLAT,
            ),
            Read("layer by layer", signal, show="depth"),
            Predict(
                "six sigmoids",
                Scenario((one(SIGMOIDS, label="sigmoid"), one(RELU, label="ReLU")), fading),
                Number(low=1, high=10_000_000, scale="log"),
            ),
            Live(
                "wake it up",
                one(SIGMOIDS),
                (
                    Notice(("#curves",), trained(300)),
                    Notice(("#network",), no_sigmoids),
                    Notice(("#curves",), trained(300)),
                ),
            ),
            Predict(
                "relu",
                Scenario(
                    (
                        one(RELU, label="ReLU, He's weights"),
                        one(SMALL, label="ReLU, small weights"),
                        one(SIGMOIDS, label="sigmoid"),
                    ),
                    no_cure,
                    answer=1,
                ),
                Choice(),
            ),
            Read("holding the scale"),
            Predict("batch normalisation", Scenario(NORMED, unlimited, answer=1), Choice()),
            Predict("running away", SCENARIOS.get("exploding gradient"), Choice()),
            ByHand("by hand", "vanishing"),
            Task(
                "six layers that learn",
                one(replace(SIGMOIDS, hidden=(Hidden(6, "sigmoid", "random_normal"),) * LAYERS)),
                woken,
                answer=one(RELU, optimizer="adam", learning_rate=0.01),
                updates=WITHIN,
                controls=True,
            ),
        ),
    ),
)
