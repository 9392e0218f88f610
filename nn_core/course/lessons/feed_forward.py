"""Feed-forward: layers and shapes, a forward pass by hand, and which unit a net would miss."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import accuracy, values
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Number, Order
from nn_core.course.scenario import Evidence, Scenario, Start, one
from nn_core.course.seen import Seen, changed, pointed, reached
from nn_core.layers import Dense
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Change, Run, Script
from nn_core.network import Sequential
from nn_core.trace import record


def by_hand(spec: Points, **weights: Sequence[Sequence[float]]) -> Start:
    """A net whose weights somebody has set: kernel_1 (D, U), bias_1 (1, U), kernel_2, ..."""
    changes: list[Change] = []
    for key, rows in weights.items():
        array, _, layer = key.partition("_")
        for (i, j), value in np.ndenumerate(np.array(rows)):
            index = f"{i},{j}" if array == "kernel" else f"{j}"
            name = f"dense_{layer}/{array}[{index}]"
            changes.append(Change(0, weight=name, value=float(value)))
    return one(spec, Script(tuple(changes)), learning_rate=0.1, batch_size=1)


# Shapes


def forwarded() -> Numbers:
    """Two samples through a 2-2-1 net, as the text and its code have it."""
    model = Sequential([Dense(2, "tanh"), Dense(1, "sigmoid")], (2,), dtype="float64")
    model.compile("sgd", "mse")
    kernel, bias = np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.0, 1.0])
    model.set_weights([kernel, bias, np.array([[2.0], [1.0]]), np.array([-0.5])])
    found = record(model, [[1.0, 2.0], [0.0, -1.0]], [[1.0], [0.0]])
    z, h = found["dense_1/z"], found["dense_1/a"]
    numbers = {f"z{i + 1}{j + 1}": float(z[i, j]) for i in (0, 1) for j in (0, 1)}
    numbers |= {f"h{i + 1}{j + 1}": float(h[i, j]) for i in (0, 1) for j in (0, 1)}
    return numbers | {f"a{i + 1}": float(found["dense_2/a"][i, 0]) for i in (0, 1)}


def counted(seed: int) -> Evidence:
    """2 inputs, hidden layers of 4 and 3 units, 1 output."""
    model = Sequential([Dense(4), Dense(3), Dense(1)], (2,), seed)
    kernels = sum(w.size for w in model.get_weights()[::2])
    every = sum(w.size for w in model.get_weights())
    return Evidence(float(every), {"every": every, "kernels": kernels, "biases": every - kernels})


def shaped(seed: int) -> Evidence:
    """32 samples of 5 numbers through a layer of 8 units."""
    model = Sequential([Dense(8, "relu")], (5,), seed)
    shape = model.predict(np.zeros((32, 5))).shape
    return Evidence(
        [(8, 5), (8, 32), (32, 5), (32, 8)].index(shape), {"n": shape[0], "u": shape[1]}
    )


# Which unit matters

THREE = Points(dataset="gaussians", hidden=(Hidden(3, "tanh"),))
GOING_OUT = (3.0, 1.5, -0.5)
UNEQUAL = by_hand(
    THREE,
    kernel_1=((0.01, 1.0, 1.0), (0.01, 1.0, -1.0)),
    bias_1=((0.0, 0.0, 0.0),),
    kernel_2=tuple((v,) for v in GOING_OUT),
)


def missed(runs: Sequence[Run]) -> Evidence:
    """How much of the output's sum comes from each hidden unit, on the mean over the points."""
    h = np.abs(values(runs[0], "dense_1/a")).mean(axis=0)
    moved = h * np.abs(GOING_OUT)
    order = tuple(int(place) for place in np.argsort(moved)[::-1])
    right = accuracy(runs[0])
    runs[0].edit("dense_2/kernel[1,0]", 0.0)
    numbers = {"right": right, "without": accuracy(runs[0])}
    for place, (size, out) in enumerate(zip(moved, h), 1):
        numbers |= {f"moved{place}": float(size), f"h{place}": float(out)}
    return Evidence(order, numbers)


# XOR with two units

XOR = Points(dataset="xor", hidden=(Hidden(2, "relu"),))
ENOUGH = 0.8


def strip(seen: Seen) -> Check:
    """Four of five points of XOR right with two hidden units, and nothing trained."""
    right = seen.accuracy("test")
    said = f"{right:.0%} of the test points are right"
    if seen.step:
        return Check(False, f"{said}, but the network has trained. Press Reset.")
    return Check(right >= ENOUGH, f"{said}; {ENOUGH:.0%} are asked for.")


WALKED = by_hand(
    Points(dataset="xor", hidden=(Hidden(2, "tanh"),)),
    kernel_1=((0.3, -0.2), (0.2, 0.4)),
    bias_1=((0.0, 0.5),),
    kernel_2=((1.0,), (-1.0,)),
)
LESSONS.add(
    "feed-forward",
    Lesson(
        minutes=12,
        parts=(
            Read("layers", forwarded),
            Predict("how many", Measured(counted, chance=False), Number(1.0, 100.0)),
            Live(
                "the way through",
                WALKED,
                (
                    Notice(("#side",), pointed),
                    Notice(("#play",), reached("dense_1/z")),
                    Notice(("dense_1/a[0]", "dense_1/a[1]"), reached("dense_1/a")),
                    Notice(("dense_2/a[0]",), reached("dense_2/a")),
                    Notice(("dense_2/kernel[0,0]",), changed("dense_2/kernel[0,0]")),
                ),
                hide=("speed", "rate", "optimizer", "batch", "panels"),
            ),
            Predict("a shape", Measured(shaped, chance=False), Choice()),
            ByHand("by hand", "network forward"),
            Predict("which unit", Scenario((UNEQUAL,), missed, (1, 2, 0)), Order()),
            Task(
                "two units for xor",
                by_hand(
                    XOR,
                    kernel_1=((1.0, 0.0), (0.0, 1.0)),
                    bias_1=((0.0, 0.0),),
                    kernel_2=((1.0,), (1.0,)),
                ),
                strip,
                answer=by_hand(
                    XOR,
                    kernel_1=((1.0, -1.0), (-1.0, 1.0)),
                    bias_1=((0.0, 0.0),),
                    kernel_2=((-1.0,), (-1.0,)),
                    bias_2=((3.0,),),
                ),
                updates=0,
                hide=("play", "speed", "rate", "optimizer", "batch", "panels"),
            ),
        ),
    ),
)
