"""LSTM and GRU: gates one at a time, what they keep, and what they let through on the way back."""

import numpy as np

from nn_core.course.gates import sigmoid
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.measures import values
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Number
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.seen import Seen, changed, pointed, stepped, trained
from nn_core.live.recurrent import Sequences
from nn_core.live.run import Change, Script

TEN, THIRTY = 10, 30
UNITS, MORE = 4, 6
FORGET = f"lstm_1/bias[{UNITS}]"
ENOUGH, IN_TIME = 0.7, 400


def row(gate: str) -> tuple[str, ...]:
    """The bars of a gate's unit 0, over all steps."""
    return tuple(f"lstm_1/{gate}[{t},0]" for t in range(TEN))


def worked() -> Numbers:
    """f = 0.9, c = 0.8, i = 0.2, g = 0.5, o = 0.6."""
    c = 0.9 * 0.8 + 0.2 * 0.5
    return {"c": c, "s": float(np.tanh(c)), "h": float(0.6 * np.tanh(c))}


def ten_steps_on(seed: int) -> Evidence:
    """An LSTM as Keras starts it: which share of the cell's first value is in it ten steps on."""
    run = one(Sequences(steps=TEN + 1)).run(seed)
    f = values(run, "lstm_1/f", "test")[:, 1:]
    left = 100 * float(f.prod(axis=1).mean())
    fresh = float(sigmoid(np.array(1.0)))
    numbers = {"f": float(f.mean()), "left": left, "one": fresh, "power": 100 * fresh**TEN}
    return Evidence(left, numbers | {"open": 100 * 0.99**TEN})


def counted() -> Numbers:
    """How many weights each cell has for 4 inputs and 8 units."""
    return {cell: weights(cell) for cell in ("SimpleRNN", "LSTM", "GRU")}


def weights(cell: str) -> int:
    """The number of a layer's weights, without those of the Dense layer behind it."""
    arrays = Sequences(cell=cell).model(()).named_weights
    return sum(array.size for name, array in arrays.items() if not name.startswith("dense"))


def thirty(bias: float | None = None) -> Start:
    """Thirty steps; with a bias, every forget gate has it, set by hand."""
    places = () if bias is None else range(MORE, 2 * MORE)
    log = tuple(Change(0, weight=f"lstm_1/bias[{place}]", value=bias or 0.0) for place in places)
    spec = Sequences(steps=THIRTY, units=MORE, samples=400, seed=2)
    return one(spec, Script(log), optimizer_options={"clipnorm": 1.0})


def remembers(seen: Seen) -> Check:
    """An LSTM over thirty steps, most of the test sequences, in the time that is given."""
    spec = seen.spec
    if not isinstance(spec, Sequences) or (spec.cell, spec.dataset) != ("LSTM", "remember"):
        return Check(
            False, "this is about an LSTM that remembers the first symbol. Choose it again."
        )
    if spec.steps < THIRTY:
        return Check(False, f"the sequences have {spec.steps} steps; {THIRTY} are asked for.")
    said = f"{seen.accuracy('test'):.0%} of the test sequences are right after {seen.step} updates"
    if seen.step > IN_TIME:
        return Check(False, f"{said}; only {IN_TIME} are given. Reset, and change something first.")
    reached = seen.accuracy("test") >= ENOUGH
    return Check(reached, f"{said}; {ENOUGH:.0%} within {IN_TIME} are asked for.")


LESSONS.add(
    "lstm",
    Lesson(
        minutes=15,
        parts=(
            Read("a cell", worked),
            Read("by hand", show="lstm gates"),
            Predict("ten steps on", Measured(ten_steps_on), Number(0.0, 100.0, " %")),
            ByHand("lstm step", "lstm step"),
            Live(
                "inside",
                one(Sequences(steps=TEN, units=UNITS)),
                (
                    Notice(("#side",), pointed),
                    Notice((*row("f"), FORGET, "#strip"), changed(FORGET)),
                    Notice((*row("f"), *row("c"), "#strip"), changed(FORGET)),
                    Notice(("#curves",), trained(300)),
                    Notice(("#strip",), stepped("lstm_1/c")),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("conveyor belt", SCENARIOS.get("open forget gate"), Choice()),
            Read("gru", counted, show="gru gates"),
            ByHand("gru step", "gru step"),
            Task(
                "thirty steps",
                thirty(),
                remembers,
                answer=thirty(4.0),
                updates=IN_TIME,
                controls=True,
                hide=("panels",),
            ),
        ),
    ),
)
