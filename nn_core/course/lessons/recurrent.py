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
from nn_core.course.scenarios.sequences import first_to_last
from nn_core.course.seen import Seen, pointed, stepped, trained
from nn_core.layers import SimpleRNN
from nn_core.live.notation import parse
from nn_core.live.recurrent import Sequences
from nn_core.live.run import Run
from nn_core.live.stack import Stack
from nn_core.network import Sequential

TEN, TWENTY, FIFTY = 10, 20, 50
CELL = "simple_rnn_1"
LATER, U = 7, -0.8
LONGER, MUCH_LONGER = 1.1, 1.5
BENT = Sequences(dataset="adding", steps=FIFTY, cell="SimpleRNN", units=16, loss="mse")
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
    share = first_to_last(run, CELL)
    slopes = 1 - values(run, f"{CELL}/h")[:, 1:] ** 2
    slope = float(np.sqrt((slopes**2).mean()))
    return Evidence(share, {"share": share, "factor": share ** (1 / (TWENTY - 1)), "slope": slope})


def stretched(seed: int) -> Evidence:
    """|dL/dh| at the first of fifty steps in shares of that at the last, with R ten per cent longer
    than a rotation: without an activation; and with tanh, where it takes more."""
    scenario = SCENARIOS.get("exploding gradient")
    linear, bent, more = (
        with_longer(run, times)
        for run, times in (
            (scenario.runs(seed)[0], LONGER),
            (one(BENT).run(seed), LONGER),
            (one(BENT).run(seed), MUCH_LONGER),
        )
    )
    numbers = {"factor": linear, "power": LONGER ** (FIFTY - 1), "bent": bent, "bent_more": more}
    return Evidence(linear, {**scenario.evidence(seed).numbers, **numbers})


def with_longer(run: Run, times: float) -> float:
    """What comes back to the first step if every number of R is so many times as large."""
    run.model.named_weights[f"{CELL}/recurrent_kernel"] *= times
    return first_to_last(run, CELL)


def adding(rate: float) -> Start:
    """The adding task over thirty steps, without an activation: at a rate of 0.1 the first update
    makes R one that stretches."""
    source = Sequences(dataset="adding", steps=30, loss="mse")
    spec = Stack(source=source, hidden=parse("simple_rnn(16,activation=linear)"))
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
                    Notice(row("h"), stepped(f"{CELL}/h")),
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
                adding(0.1),
                held,
                answer=adding(0.01),
                updates=UPDATES,
                hide=("panels",),
            ),
        ),
    ),
)
