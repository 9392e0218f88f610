"""Convolution and pooling: a kernel that slides, what a pool keeps, and the way back."""

import numpy as np

from nn_core.course.kernels import KERNELS, Slid
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.parts import (
    ByHand,
    Check,
    Live,
    Measured,
    Notice,
    Numbers,
    Predict,
    Read,
    Task,
)
from nn_core.course.questions import Choice, Number, Sign
from nn_core.course.scenario import Evidence, one
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.seen import Seen, changed, pointed, stepped, trained
from nn_core.layers import Conv2D, Flatten, MaxPooling2D
from nn_core.live.convolution import Block, Pictures
from nn_core.network import Sequential
from nn_core.trace import record

BIG, FILTERS = 28, 8
KERNEL = tuple(f"conv2d_1/kernel[{i},{j},0,0]" for i in range(3) for j in range(3))
MOST, ENOUGH = 350, 0.85
# Four pixels of which the second is the largest.
WINDOW = np.array([[1.0, 3.0], [2.0, 0.0]])


def worked() -> Numbers:
    """A window of a picture under the kernel of vertical edges."""
    window = np.array([[0.0, 0.5, 1.0], [0.0, 0.4, 0.9], [0.1, 0.5, 0.8]])
    z = float(Slid(window, np.array(KERNELS["vertical edge"]), 1, "valid").map[0, 0])
    return {"z": z}


def shape(seed: int) -> Evidence:
    """28 pixels under a kernel of 5 with a stride of 2 and no padding."""
    side = Conv2D(FILTERS, 5, strides=2).output_shape((BIG, BIG, 1))[0]
    return Evidence(float(side), {"side": side, "places": BIG - 5 + 1})


def size(model: Sequential) -> int:
    return model.weights.vector.size


def weights(seed: int) -> Evidence:
    """A convolution, and a Dense layer that puts out as many numbers."""
    conv = Sequential([Conv2D(FILTERS, 3)], (BIG, BIG, 1))
    out = int(np.prod(conv.layers[0].output_shape((BIG, BIG, 1))))
    dense = BIG * BIG * out + out
    return Evidence(float(dense), {"conv": size(conv), "out": out, "dense": dense})


def losers_gradient(seed: int) -> Evidence:
    """What a max pool hands back: it puts out 3 where 2 is wanted, with a squared error."""
    layers = [Conv2D(1, 1, use_bias=False), MaxPooling2D(2), Flatten()]
    model = Sequential(layers, (2, 2, 1), seed=seed, dtype="float64")
    model.set_weights([np.ones((1, 1, 1, 1))])
    model.compile("sgd", "mse")
    found = record(model, WINDOW[None, :, :, None], [[2.0]]).values["max_pooling2d_1/dx"]
    loser, winner = float(found[0, 1, 0, 0]), float(found[0, 0, 1, 0])
    return Evidence(loser, {"loser": loser, "winner": winner})


def counted(seen: Seen) -> Check:
    """Few weights, and most of the test digits right."""
    count, right = size(seen.model), seen.accuracy("test")
    said = f"{count} weights, {right:.0%} of the test digits right"
    return Check(
        count <= MOST and right >= ENOUGH, f"{said}; at most {MOST} and {ENOUGH:.0%} are asked for."
    )


LESSONS.add(
    "convolution",
    Lesson(
        minutes=14,
        parts=(
            Read("kernel", worked),
            Read("over a digit", show="kernel"),
            Predict("shape", Measured(shape, chance=False), Number(1.0, float(BIG))),
            Predict("shared", Measured(weights, chance=False), Number(10.0, 1e8, scale="log")),
            Live(
                "maps",
                one(Pictures()),
                (
                    Notice(("#side",), pointed),
                    Notice((*KERNEL, "#strip"), changed(KERNEL[4])),
                    Notice(("#curves",), trained(100)),
                    Notice(("#strip",), stepped("max_pooling2d_1/y")),
                ),
                hide=("optimizer", "batch"),
            ),
            Predict("moved", SCENARIOS.get("pooling"), Choice()),
            Read("way back"),
            Predict("the losers", Measured(losers_gradient, chance=False), Sign()),
            ByHand("by hand", "convolution"),
            Task(
                "few weights",
                one(Pictures(blocks=(Block(8),))),
                counted,
                answer=one(Pictures(blocks=(Block(3),))),
                updates=300,
                controls=True,
                hide=("panels",),
            ),
        ),
    ),
)
