"""One neuron: weighted sum and activation apart, and what each weight does to the line."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import loss, values
from nn_core.course.parts import ByHand, Check, Live, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Curve, Sign
from nn_core.course.scenario import Evidence, Scenario, Start, one
from nn_core.course.seen import Seen, moved, pointed, trained
from nn_core.live.points import Points
from nn_core.live.run import Change, Run, Script

CLOUDS = Points(dataset="gaussians", hidden=())
W1, W2, B = "dense_1/kernel[0,0]", "dense_1/kernel[1,0]", "dense_1/bias[0]"
FALL = Curve(updates=60, low=0.0, high=4.0)
ENOUGH = 0.95


def by_hand(w1: float, w2: float, b: float) -> Start:
    """The clouds, and a neuron whose weights somebody has set."""
    changes = (Change(0, weight=name, value=v) for name, v in ((W1, w1), (W2, w2), (B, b)))
    return one(CLOUDS, Script(tuple(changes)), learning_rate=0.1)


def worked() -> Numbers:
    """x = (2, -1), w = (0.5, 1), b = 0.5, as the engine computes it."""
    model = CLOUDS.model(())
    model.set_weights([np.array([[0.5], [1.0]]), np.array([0.5])])
    x = np.array([[2.0, -1.0]])
    return {"z": float(x[0] @ [0.5, 1.0] + 0.5), "a": float(model.predict(x)[0, 0])}


def bias_gradient(runs: Sequence[Run]) -> Evidence:
    """A neuron that says "blue" too surely: which way does the loss want its bias to go?"""
    found = float(values(runs[0], "dense_1/dbias")[0])
    share = float(values(runs[0], "dense_1/a").mean())
    return Evidence(found, {"gradient": found, "share": share})


def falling(runs: Sequence[Run]) -> Evidence:
    """The loss over the updates, from weights that say the opposite of what is right."""
    curve = FALL.along(runs[0], loss)
    return Evidence(curve, {"first": curve[0], "third": curve[len(curve) // 3], "last": curve[-1]})


def parted(seen: Seen) -> Check:
    """The clouds come apart, and nothing was trained."""
    right = seen.accuracy("test")
    said = f"{right:.0%} of the test points are right"
    if seen.step:
        return Check(False, f"{said}, but the network has trained. Reset, and set the weights.")
    return Check(right >= ENOUGH, f"{said}; {ENOUGH:.0%} are asked for.")


LESSONS.add(
    "one-neuron",
    Lesson(
        minutes=8,
        parts=(
            Read("weighted sum", worked),
            Live(
                "the line",
                by_hand(1.0, -0.5, 0.0),
                (
                    Notice((W1,), moved(W1, 0.5)),
                    Notice((W2,), moved(W2, 0.5)),
                    Notice((B,), moved(B, 0.5)),
                    Notice(("#side",), pointed),
                    Notice(("dense_1/a[0]", "#strip")),
                    Notice(("#curves",), trained(50)),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("which way", Scenario((by_hand(-0.5, -0.5, 4.0),), bias_gradient), Sign()),
            Predict("downhill", Scenario((by_hand(-1.0, -1.0, 0.0),), falling), FALL),
            ByHand("by hand", "neuron"),
            Task(
                "be the neuron",
                by_hand(1.0, -1.0, 0.0),
                parted,
                answer=by_hand(1.0, 1.0, 0.0),
                updates=0,
                hide=("play", "speed", "rate", "optimizer", "batch", "panels"),
            ),
        ),
    ),
)
