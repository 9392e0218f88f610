"""Scenarios of recurrent nets: how far back they remember, and how their gradients run away."""

from collections.abc import Sequence

import numpy as np

from nn_core.course.measures import accuracy, loss, train, values
from nn_core.course.scenario import SCENARIOS, Evidence, Scenario, one
from nn_core.live.notation import parse
from nn_core.live.recurrent import Sequences
from nn_core.live.run import Change, Run, Script
from nn_core.live.stack import Stack

UNITS = 8


def ten_back(runs: Sequence[Run]) -> Evidence:
    """SimpleRNN, LSTM and GRU on ten steps."""
    simple, lstm, gru = (accuracy(train(run, 600), "test") for run in runs)
    return Evidence(
        int(min(lstm, gru) > 0.9 and lstm >= simple), {"simple": simple, "lstm": lstm, "gru": gru}
    )


def fifty_back(runs: Sequence[Run]) -> Evidence:
    """A simple RNN on fifty steps."""
    (run,) = runs
    before = accuracy(run, "test")
    after = accuracy(train(run, 400), "test")
    return Evidence(int(after < 0.4), {"before": before, "after": after})


def kept_open(runs: Sequence[Run]) -> Evidence:
    """Fifty steps, an LSTM as it starts beside one whose forget gates start open: how much of the
    gradient reaches the first step."""
    usual, opened = (first_to_last(run) for run in runs)
    return Evidence(int(opened > 100 * usual and opened > 0.1), {"usual": usual, "opened": opened})


def first_to_last(run: Run) -> float:
    """|dL/dh| at the first time step in shares of that at the last."""
    dh = values(run, "lstm_1/dh")
    norms = np.linalg.norm(dh, axis=(0, 2))
    return float(norms[0] / norms[-1])


def running_away(runs: Sequence[Run]) -> Evidence:
    """A state that nothing holds down, without and with clipping. Of the first update: the length
    of its gradient, and how far R stretches before and after it."""
    free, clipped = runs
    before = stretch(free)
    first = float(np.linalg.norm(train(free, 1).model.weights.gradient))
    after = stretch(free)
    train(free, 149)
    train(clipped, 150)
    return Evidence(
        int(free.stopped is not None and clipped.stopped is None and after > 1.2 * before),
        {
            "first": first,
            "before": before,
            "after": after,
            "stopped_at": free.step,
            "clipped_loss": loss(clipped),
            "held": stretch(clipped),
        },
    )


def stretch(run: Run) -> float:
    """By what factor R stretches its strongest direction: its largest |eigenvalue|."""
    matrix = run.model.named_weights["simple_rnn_1/recurrent_kernel"]
    return float(np.abs(np.linalg.eigvals(matrix)).max())


SCENARIOS.add(
    "ten steps back",
    Scenario(
        (one(Sequences()),),
        ten_back,
        answer=1,
        raced="cell",
        values=("SimpleRNN", "LSTM", "GRU"),
    ),
)
SCENARIOS.add(
    "fifty steps back",
    Scenario((one(Sequences(steps=50, cell="SimpleRNN")),), fifty_back, answer=1),
)

# The biases of an LSTM stand gate by gate: i, f, c, o. A forget gate of sigmoid(5) keeps 99.3 %.
OPEN = Script(
    tuple(Change(0, weight=f"lstm_1/bias[{place}]", value=5.0) for place in range(UNITS, 2 * UNITS))
)
FIFTY = Sequences(steps=50, samples=400, units=UNITS)
SCENARIOS.add(
    "open forget gate",
    Scenario(
        (one(FIFTY, label="as it starts"), one(FIFTY, OPEN, label="forget gates open")),
        kept_open,
        answer=1,
    ),
)

SCENARIOS.add(
    "exploding gradient",
    Scenario(
        (
            one(
                Stack(
                    source=Sequences(dataset="adding", steps=50, loss="mse"),
                    hidden=parse("simple_rnn(16,activation=linear)"),
                ),
                optimizer="sgd",
                learning_rate=0.1,
            ),
        ),
        running_away,
        answer=1,
        raced="clipping",
        values=("none", 1.0),
    ),
)
