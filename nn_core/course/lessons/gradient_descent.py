"""Gradient descent: rate, batch, momentum and Adam, and what each does to the way down."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from nn_core.course.columns import scaling
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import loss, saturated
from nn_core.course.noise import after, risen
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Curve, Order
from nn_core.course.scenario import Evidence, Scenario, Start, one
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.scenarios.training import PLANE, WALL, other_rates
from nn_core.course.seen import Seen, chose, trained
from nn_core.layers import Dense
from nn_core.live.points import Points
from nn_core.live.run import Run
from nn_core.network import Sequential

RATES = (0.001, 0.03, 10)
BATCHES = (1, 10, 500)
FALL = Curve(updates=50, low=0.0, high=20.0)
WITHIN, UNDER = 50, 0.1


def ravine(**settings: Any) -> Start:
    """The ravine with all samples in one batch; this seed starts on its steep wall."""
    return one(replace(PLANE, seed=4), batch_size=500, speed=5, **settings)


def worked() -> Numbers:
    """y = 2 x, a network w x with w = 1, squared error: the gradient of 1, 2 and 4 samples."""
    model = Sequential([Dense(1, use_bias=False)], (1,))
    model.compile("sgd", "mse")
    model.set_weights([np.array([[1.0]])])
    x = np.array([[1.0], [2.0], [3.0], [4.0]])
    one_, two, four = (float(model.gradients(x[:n], 2 * x[:n])[0][0, 0]) for n in (1, 2, 4))
    return {"one": one_, "two": two, "four": four, "w": 1 - 0.05 * four}


def rates(runs: Sequence[Run]) -> Evidence:
    """Three rates in the order of their loss after 800 updates, the lowest first."""
    worse = [risen(run, 800) for run in runs]
    losses = [loss(run) for run in runs]
    order = tuple(sorted(range(len(losses)), key=losses.__getitem__))
    numbers = dict(zip(("low", "fit", "high"), losses))
    numbers |= {"fit_worse": worse[1], "high_worse": worse[2], "flat": saturated(runs[2])}
    return Evidence(order, numbers)


def shaken(runs: Sequence[Run]) -> Evidence:
    """How many updates make the loss worse, with batches of 1, of 10 and of all samples."""
    single, ten, full = (risen(run, 200) for run in runs)
    numbers = {"single": single, "ten": ten, "full": full}
    return Evidence(1 if single > ten > full else 0, numbers)


def steadier() -> Numbers:
    """What the picture shows at the start: batches of 1 and of 64."""
    found = {spread.size: spread.far for spread in after(0)}
    return {"single": found[1], "many": found[64], "fewer": found[1] / found[64]}


def fall(runs: Sequence[Run]) -> Evidence:
    """The loss in the ravine without momentum, where 0.5 and 0.9 end, and what other rates do."""
    plain, half, most = (FALL.along(run, loss) for run in runs)
    numbers = {"first": plain[0], "tenth": plain[4], "plain": plain[-1]}
    numbers |= {"half": half[-1], "most": most[-1]} | other_rates(runs[0], FALL.updates)
    return Evidence(plain, numbers)


def stalled() -> Numbers:
    """SGD beside Adam on the spiral."""
    found = SCENARIOS.get("sgd on a plateau").evidence().numbers
    return {name: found[name] for name in ("sgd", "adam", "tuned")}


def down(seen: Seen) -> Check:
    """The floor of the ravine, in few updates."""
    found = seen.loss()
    said = f"the loss is {found:.3g} after {seen.step:,} updates"
    if seen.step > WITHIN:
        return Check(False, f"{said}; {WITHIN} are allowed. Drag the time back, or reset.")
    return Check(found < UNDER, f"{said}; under {UNDER} within {WITHIN} is asked for.")


LESSONS.add(
    "gradient-descent",
    Lesson(
        minutes=15,
        parts=(
            Read("one step", worked),
            Live(
                "the way down",
                one(Points(), learning_rate=0.03),
                (
                    Notice(("#curves",), trained(100)),
                    Notice(("#panels",), trained(300)),
                    Notice(("#batch",), chose(batch_size=1)),
                    Notice(("#batch", "#curves"), chose(batch_size=500)),
                    Notice(("#optimizer",), chose(optimizer="adam")),
                ),
            ),
            Predict(
                "three rates",
                Scenario((one(Points()),), rates, answer=(1, 0, 2), raced="rate", values=RATES),
                Order(),
            ),
            Predict(
                "large batch",
                Scenario((one(Points()),), shaken, answer=1, raced="batch", values=BATCHES),
                Choice(),
            ),
            Read("steadier", steadier, show="batch noise"),
            Predict(
                "ravine",
                Scenario(
                    (one(PLANE, WALL, learning_rate=0.001, batch_size=500),),
                    fall,
                    raced="momentum",
                    values=(0.0, 0.5, 0.9),
                ),
                FALL,
            ),
            Read("momentum to adam", stalled),
            ByHand("by hand", "optimizers"),
            Predict("scaling", Measured(scaling), Choice()),
            Task(
                "down the ravine",
                ravine(learning_rate=0.001),
                down,
                answer=ravine(learning_rate=0.003, optimizer_options={"momentum": 0.5}),
                updates=WITHIN,
            ),
        ),
    ),
)
