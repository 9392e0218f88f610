"""Back-propagation: the chain rule as a walk, with the activation's derivative in its place."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.chain import Chain
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Number, Order, Sign
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.seen import Seen, asked, reached, trained
from nn_core.course.slopeless import Slopeless, Untaught
from nn_core.course.slopeless import trained as train_with
from nn_core.layers import Dense
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Change, Script
from nn_core.network import Sequential
from nn_core.trace import Trace, record

# One path

NUDGE = 0.01
NEGATIVE = Chain(x=-1.0, w=0.5, v=2.0, y=0)


def path() -> Numbers:
    """The chain that the picture begins with, and what a small push of w does to the loss."""
    chain = Chain()
    found = chain.numbers()
    quoted = {name: found[name] for name in ("a", "slope", "dw")}
    given = {"x": chain.x, "w": chain.w, "v": chain.v, "y": chain.y}
    return given | quoted | {"nudge": NUDGE, "rise": chain.nudged(NUDGE)}


def its_sign(seed: int) -> Evidence:
    """Three signs multiplied."""
    numbers = NEGATIVE.numbers()
    return Evidence(numbers["dw"], numbers)


# A 2-2-1 net with round numbers

SMALL = Points(dataset="gaussians", hidden=(Hidden(2, "tanh"),))
KERNEL, BIASES = ((0.3, -0.2), (0.2, 0.4)), (0.0, 0.5)
OUT = (1.0, -1.0)
UNIT_1 = ("dense_1/kernel[0,0]", "dense_1/kernel[1,0]", "dense_1/bias[0]")


def weights() -> dict[str, float]:
    """The net's weights by their names on the stage."""
    kernel = {f"dense_1/kernel[{i},{j}]": KERNEL[i][j] for i in (0, 1) for j in (0, 1)}
    biases = {f"dense_1/bias[{j}]": BIASES[j] for j in (0, 1)}
    return kernel | biases | {f"dense_2/kernel[{j},0]": OUT[j] for j in (0, 1)}


def rounded(batch: int, **changed: float) -> Start:
    """The net on two clouds. changed: weights that lead from a hidden unit, as v_1=0."""
    wanted = weights() | {f"dense_2/kernel[{int(n[-1]) - 1},0]": v for n, v in changed.items()}
    changes = tuple(Change(0, weight=name, value=value) for name, value in wanted.items())
    return one(SMALL, Script(changes), learning_rate=0.1, batch_size=batch)


def one_sample() -> Numbers:
    """The hidden deltas of the text: x = (1, 0.5), y = 1, through that net."""
    found = traced(KERNEL, BIASES, OUT, (1.0, 0.5), 1)
    do, (h1, h2) = float(found["dense_2/dz"][0, 0]), found["dense_1/a"][0]
    (d1, d2), (back1, back2) = found["dense_1/dz"][0], found["dense_2/dx"][0]
    return {
        "a": float(found["dense_2/a"][0, 0]), "do": do, "h1": float(h1), "h2": float(h2),
        "slope1": 1 - float(h1) ** 2, "back1": float(back1), "d1": float(d1),
        "slope2": 1 - float(h2) ** 2, "back2": float(back2), "d2": float(d2),
        "w21": float(found["dense_1/dkernel"][1, 0]),
    }  # fmt: skip


def traced(
    kernel: Sequence[Sequence[float]],
    biases: Sequence[float],
    out: Sequence[float],
    x: Sequence[float],
    y: int,
) -> Trace:
    """Both passes of one sample through a 2-2-1 net with tanh."""
    model = Sequential([Dense(2, "tanh"), Dense(1, "sigmoid")], (2,), dtype="float64")
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([np.array(kernel), np.array(biases), np.array(out)[:, None], np.zeros(1)])
    return record(model, [x], [[y]])


# What is asked


def without_slope(seed: int) -> Evidence:
    """XOR and two clouds, with the factor f'(z) and without it; and XOR with a first layer that
    does not learn at all."""
    layers = (Dense, Slopeless, Untaught)
    whole, faulty, kept = (train_with(layer, "xor", seed, 600) for layer in layers)
    easy = train_with(Slopeless, "gaussians", seed, 600)
    place = 0 if faulty.right > 0.95 * whole.right else 1 if faulty.right > 0.75 else 2
    return Evidence(
        place,
        {
            "whole": whole.right,
            "faulty": faulty.right,
            "kept": kept.right,
            "easy": easy.right,
            "whole_alike": whole.alike,
            "faulty_alike": faulty.alike,
        },
    )


def largest(seed: int) -> Evidence:
    """One sample x = (2, -0.5): unit 1 in its middle, unit 2 far out; whose gradients are large?"""
    found = traced(((0.1, 1.5), (0.2, -1.0)), (0.0, 0.0), (1.0, 1.2), (2.0, -0.5), 0)
    gradients = np.abs(found["dense_1/dkernel"]).ravel()
    order = tuple(int(place) for place in np.argsort(gradients)[::-1])
    (z1, z2), (h1, h2) = found["dense_1/z"][0], found["dense_1/a"][0]
    numbers = {"z1": z1, "z2": z2, "slope1": 1 - h1**2, "slope2": 1 - h2**2}
    names = zip(("w11", "w12", "w21", "w22"), gradients)
    return Evidence(order, {n: float(v) for n, v in (*numbers.items(), *names)})


def let_through(seed: int) -> Evidence:
    """A tanh unit that puts out 0.98."""
    h = 0.98
    found = traced(((1.0, 0.0), (0.0, 0.0)), (0.0, 0.0), (1.0, 0.0), (np.arctanh(h), 0.0), 0)
    slope = float(found["dense_1/dz"][0, 0] / found["dense_2/dx"][0, 0])
    return Evidence(slope, {"slope": slope, "left": 1 / slope})


# The task


def cut_off(seen: Seen) -> Check:
    """Nothing comes back to unit 1, its own weights are untouched, and unit 2 still learns."""
    found = seen.trace()
    both = np.vstack([found["dense_1/dkernel"], found["dense_1/dbias"]])
    size = np.abs(both).max(axis=0)
    said = f"largest gradient of unit 1: {size[0]:.2g}, of unit 2: {size[1]:.2g}"
    if seen.step:
        return Check(False, f"{said}. The network has trained: press Reset.")
    if any(abs(seen.weight(name) - weights()[name]) > 1e-6 for name in UNIT_1):
        return Check(False, f"{said}. A weight into unit 1 was changed: press Undo or Reset.")
    return Check(bool(size[0] < 1e-4 and size[1] > 0.01), f"{said}; 0 and over 0.01 are wanted.")


LESSONS.add(
    "back-propagation",
    Lesson(
        minutes=15,
        parts=(
            Read("a chain", path, show="chain"),
            Predict("the sign", Measured(its_sign, chance=False), Sign()),
            Live(
                "the walk",
                rounded(1),
                (
                    Notice(("#play",), reached("dense_1/a")),
                    Notice(("#strip",), reached("loss")),
                    Notice(("dense_2/a[0]",), reached("dense_2/dz")),
                    Notice(("dense_2/a[0]",), reached("dense_2/dx")),
                    Notice(("dense_2/kernel[0,0]", "dense_2/kernel[1,0]"), reached("dense_1/dz")),
                    Notice(("dense_1/a[0]", "dense_1/a[1]"), reached("dense_1/dbias")),
                    Notice(("dense_1/kernel[0,0]", "dense_1/kernel[1,0]"), trained(1)),
                ),
                hide=("speed", "rate", "optimizer", "batch", "panels"),
            ),
            Read("the hidden delta", one_sample),
            Predict("without the slope", Measured(without_slope), Choice()),
            Predict("largest gradient", Measured(largest, chance=False), Order()),
            Predict(
                "what passes", Measured(let_through, chance=False), Number(0.001, 1.0, scale="log")
            ),
            Live(
                "the receipt",
                rounded(10),
                (
                    Notice(("#panels",), asked("gradient_receipt")),
                    Notice(("dense_1/kernel[0,0]", "#panel")),
                    Notice(("#panel",)),
                    Notice(("#play",), trained(50)),
                ),
                hide=("speed", "rate", "optimizer", "batch"),
            ),
            ByHand("by hand", "network backward"),
            Task(
                "cut the way back",
                rounded(10),
                cut_off,
                answer=rounded(10, v_1=0.0),
                updates=0,
                hide=("play", "speed", "rate", "optimizer", "batch", "panels"),
            ),
        ),
    ),
)
