"""Scenarios of recurrent nets: how far back they remember, and how their gradients run away."""

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import Array
from nn_core.course.measures import accuracy, loss, train, values
from nn_core.course.scenario import SCENARIOS, Evidence, Scenario, one
from nn_core.live.notation import parse
from nn_core.live.recurrent import Sequences
from nn_core.live.run import Change, Run, Script
from nn_core.live.stack import Stack

UNITS = 8
SIMPLE = "simple_rnn_1"
# Of the kernel: with it the states stay near 0, where tanh's slope is near 1.
QUIETER = 1 / 30


def ten_back(runs: Sequence[Run]) -> Evidence:
    """SimpleRNN, LSTM and GRU on ten steps; and how the LSTM's cells come to hold the symbol."""
    simple, lstm, gru = (accuracy(train(run, 600), "test") for run in runs)
    return Evidence(
        int(min(lstm, gru) > 0.9 and lstm >= simple),
        {"simple": simple, "lstm": lstm, "gru": gru, **said_again(runs[1])},
    )


def said_again(run: Run) -> dict[str, float]:
    """kept: of what an LSTM's cells hold at the end, the share that was written at the first step;
    by_first, by_last: how much of what is written at the last step goes with either symbol."""
    f, i, g = (values(run, f"lstm_1/{gate}", "test") for gate in "fig")
    written, left = i * g, i * g
    # What is written at t is multiplied by f_{t+1} ... f_T.
    left[:, :-1] *= np.cumprod(f[:, :0:-1], axis=1)[:, ::-1]
    size = np.abs(left).sum(axis=(0, 2))
    symbols = run.sets["test"][0].argmax(axis=-1)
    first, last = (between(written[:, -1], symbols[:, t]) for t in (0, -1))
    return {"kept": float(size[0] / size.sum()), "by_first": first, "by_last": last}


def between(found: Array, groups: Array) -> float:
    """found: (N, U), groups: (N,) -> the share of its variance that lies between the groups."""
    apart = found - found.mean(axis=0)
    means = np.array([apart[groups == group].mean(axis=0) for group in groups])
    return float((means**2).sum() / (apart**2).sum())


def fifty_back(runs: Sequence[Run]) -> Evidence:
    """A simple RNN on fifty steps: what comes back to the first one, and what is learnt; and two
    proofs that the cell could do it: weights set by hand, and a start from which gradients arrive.
    """
    (run,) = runs
    by_hand, quiet = (Run(run.spec, run.settings) for _ in range(2))
    latched(by_hand)
    quiet.model.named_weights[f"{SIMPLE}/kernel"] *= QUIETER
    numbers = {
        "before": accuracy(run, "test"),
        "share": first_to_last(run, SIMPLE),
        "by_hand": accuracy(by_hand, "test"),
        "quiet_share": first_to_last(quiet, SIMPLE),
    }
    after, quietly = (accuracy(train(each, 400), "test") for each in (run, quiet))
    numbers |= {"after": after, "by_heart": accuracy(run), "quiet": quietly}
    return Evidence(1 if after < 0.4 else 2 if after < 0.8 else 0, numbers)


def latched(run: Run) -> None:
    """Weights that remember the first of four symbols: from 0 it pushes each of two units up or
    down, and there 3 times its own state holds it against all later pushes of a half."""
    w, r, b, v, c = (np.zeros_like(weight) for weight in run.model.get_weights())
    signs = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    w[:, :2], v[:2] = 0.5 * signs, 5 * signs.T
    r[0, 0] = r[1, 1] = 3
    run.model.set_weights([w, r, b, v, c])


def kept_open(runs: Sequence[Run]) -> Evidence:
    """Fifty steps, an LSTM as it starts beside one whose forget gates start open: how much of the
    gradient reaches the first step."""
    usual, opened = (first_to_last(run, "lstm_1") for run in runs)
    products = (values(run, "lstm_1/f")[:, 1:].prod(axis=1).mean() for run in runs)
    kept = dict(zip(("usual_kept", "opened_kept"), map(float, products)))
    return Evidence(int(opened > 100 * usual), {"usual": usual, "opened": opened, **kept})


def first_to_last(run: Run, layer: str) -> float:
    """|dL/dh| at the first time step in shares of that at the last."""
    norms = np.linalg.norm(values(run, f"{layer}/dh"), axis=(0, 2))
    return float(norms[0] / norms[-1])


def running_away(runs: Sequence[Run]) -> Evidence:
    """A state that nothing holds down, without and with clipping. Of the first update: the length
    of its gradient, and how far R stretches before and after it. mended: what clipping makes of an
    R that stretches by 1.1 at the start."""
    free, clipped = runs
    longer = Run(clipped.spec, clipped.settings)
    longer.model.named_weights[f"{SIMPLE}/recurrent_kernel"] *= 1.1
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
            "mended": stretch(train(longer, 150)),
        },
    )


def stretch(run: Run) -> float:
    """By what factor R stretches its strongest direction: its largest |eigenvalue|."""
    matrix = run.model.named_weights[f"{SIMPLE}/recurrent_kernel"]
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

# The biases of an LSTM stand gate by gate: i, f, c, o. A forget gate of sigmoid(5) keeps 99.3%.
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
