"""Recurrent nets: a state that is handed on, back-propagation through time, and why it forgets."""

import numpy as np

from nn_core.course.echo import echo
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import values
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
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.seen import Seen, pointed, trained, walked
from nn_core.layers import SimpleRNN
from nn_core.live.recurrent import Sequences
from nn_core.network import Sequential

TEN, TWENTY = 10, 20
CELL = "simple_rnn_1"
LATER, U = 7, -0.8
LONGER = 0.1
ENOUGH, UPDATES = 0.165, 150


def row(part: str) -> tuple[str, ...]:
    """The bars of unit 0, over all steps."""
    return tuple(f"{CELL}/{part}[{t},0]" for t in range(TEN))


def worked() -> Numbers:
    """w = 1, u = 0.5, b = 0 over x = 1, 0, 0."""
    h = echo(1.0, 0.5, True, 3)
    return {"h1": h[0], "h2": h[1], "h3": h[2]}


def turning(seed: int) -> Evidence:
    """A click of 1 in a unit with u below 0, so many steps later, as the engine computes it."""
    model = Sequential([SimpleRNN(1, activation="linear")], (LATER + 1, 1), seed=seed)
    model.set_weights([np.ones((1, 1)), np.full((1, 1), U), np.zeros(1)])
    h = float(model.predict(np.eye(LATER + 1)[:1, :, None])[0, 0])
    return Evidence(h, {"h": h})


def coming_back(seed: int) -> Evidence:
    """|dL/dh| at the first of twenty steps in shares of that at the last, before training."""
    run = one(Sequences(steps=TWENTY, cell="SimpleRNN")).run(seed)
    norms = np.linalg.norm(values(run, f"{CELL}/dh"), axis=(0, 2))
    share = float(norms[0] / norms[-1])
    return Evidence(share, {"share": share, "factor": share ** (1 / (TWENTY - 1))})


def stretched(seed: int) -> Evidence:
    """|dL/dh| at the first of fifty steps in shares of that at the last, without an activation and
    with R ten per cent longer than a rotation."""
    scenario = SCENARIOS.get("exploding gradient")
    run = scenario.runs(seed)[0]
    run.model.named_weights[f"{CELL}/recurrent_kernel"] *= 1 + LONGER
    norms = np.linalg.norm(values(run, f"{CELL}/dh"), axis=(0, 2))
    factor = float(norms[0] / norms[-1])
    power = (1 + LONGER) ** (len(norms) - 1)
    return Evidence(factor, {**scenario.evidence(seed).numbers, "factor": factor, "power": power})


def adding(rate: float) -> Start:
    """The adding task over thirty steps; a rate of 0.3 is too high for it."""
    spec = Sequences(dataset="adding", steps=30, cell="SimpleRNN", units=16, loss="mse")
    return one(spec, optimizer="sgd", learning_rate=rate)


def held(seen: Seen) -> Check:
    """So many updates without running away, at a loss below that of answering with the mean."""
    if seen.stopped:
        return Check(False, f"the run stopped after {seen.step} updates: its numbers have no end.")
    found = seen.loss()
    said = f"{seen.step} updates, train loss {found:.3f}; {UPDATES} and {ENOUGH} are asked for."
    return Check(seen.step >= UPDATES and found <= ENOUGH, said)


LESSONS.add(
    "recurrent",
    Lesson(
        minutes=12,
        parts=(
            Read("state", worked),
            Read("echo", show="echo"),
            Predict("minus", Measured(turning, chance=False), Sign()),
            Live(
                "unrolled",
                one(Sequences(steps=TEN, cell="SimpleRNN", units=4)),
                (
                    Notice(("#side",), pointed),
                    Notice(row("h"), walked),
                    Notice(tuple(f"{CELL}/dh_norm[{t}]" for t in range(TEN)), trained(10)),
                    Notice(("#curves",), trained(200)),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("on the way back", Measured(coming_back), Number(1e-6, 1.0, scale="log")),
            ByHand("by hand", "rnn"),
            Predict("fifty", SCENARIOS.get("fifty steps back"), Choice()),
            Predict("stretched", Measured(stretched), Number(1.0, 1e6, " times", "log")),
            Task(
                "hold it",
                adding(0.3),
                held,
                answer=adding(0.03),
                updates=UPDATES,
                hide=("panels",),
            ),
        ),
    ),
)
