"""Any stack, played: what is shown of a sample is what the engine computes in its batch."""

from dataclasses import replace

import numpy as np
import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.notation import parse
from nn_core.live.play import Play
from nn_core.live.points import Points
from nn_core.live.recurrent import Sequences
from nn_core.live.stack import Stack
from nn_core.live.walk import Walk
from nn_core.trace import record
from tests.live.viewer import Viewer

DIGITS = Pictures(samples=100)
SYMBOLS = Sequences(samples=80, steps=6)
TEXTS = {
    "conv, pool, lstm": (
        DIGITS,
        "conv2d(4,3,activation=relu)-max_pooling2d-batch_normalization-reshape(3,12)"
        "-dropout(0.2)-lstm(5)",
    ),
    "looked up, both ways": (
        SYMBOLS,
        "embedding(4,3)-bidirectional(gru(3,return_sequences=true))-layer_normalization"
        "-conv1d(3,2)-flatten-dropout(0.1)",
    ),
    "points": (Points(points=100), "dense(6,activation=tanh)-batch_normalization-dense(3)"),
    "sampled": (
        Sequences(dataset="sine", samples=80, loss="mse"),
        "simple_rnn(6)-gaussian_sampling(kl_weight=0.1)-dense(4,use_bias=false)",
    ),
    "alone": (DIGITS, "conv2d(3,3)-activation(tanh)-average_pooling2d(2)-global_average_pooling2d"),
}
DEPENDING = [name for name in TEXTS if name != "alone"]


def viewer_of(name: str) -> Viewer:
    source, text = TEXTS[name]
    return Viewer(Stack(source=source, hidden=parse(text)))


def expected(viewer: Viewer, row: int | None, name: str, array: np.ndarray) -> np.ndarray:
    """What the frame should have of a trace's array: the sample's row, or all that is shared."""
    own = viewer.frames[0][0]["shapes"].get(name)
    common = own is not None and array.shape[1:] != tuple(own)
    return np.atleast_1d(array if common else array[row or 0])


def held(viewer: Viewer, trace, row: int | None, values: dict[str, np.ndarray]) -> int:
    checked = 0
    for name in set(values) & set(trace.values):
        np.testing.assert_array_equal(values[name], expected(viewer, row, name, trace[name]), name)
        checked += 1
    return checked


@pytest.mark.parametrize("name", DEPENDING)
def test_a_sample_is_shown_as_a_row_of_the_next_batch(name: str) -> None:
    viewer = viewer_of(name)
    run = viewer.play.run
    viewer.say(type="step", kind="batch")
    member = int(run.peek()[3])
    header, values = viewer.say(type="set", sample=member, sample_set="train")
    batch = run.peek()
    assert header["sample"]["company"] == {"rows": len(batch), "row": 3, "guest": False}
    trace = record(run.model, run.x[batch], run.y[batch])
    assert held(viewer, trace, 3, values) > 8
    assert "sample_gradient" not in values
    np.testing.assert_array_equal(values["input"], run.x[member])


@pytest.mark.parametrize("name", DEPENDING)
def test_a_sample_of_another_batch_is_a_guest_in_it(name: str) -> None:
    viewer = viewer_of(name)
    run = viewer.play.run
    header, values = viewer.say(type="set", sample=2, sample_set="test")
    assert header["sample"]["company"] == {"rows": 32, "row": 0, "guest": True}
    batch = run.peek()
    x, y = run.x[batch], run.y[batch]
    x[0], y[0] = run.test_x[2], run.test_y[2]
    assert held(viewer, record(run.model, x, y), 0, values) > 8


def test_samples_that_do_not_depend_are_shown_alone() -> None:
    viewer = viewer_of("alone")
    header, values = viewer.say(type="set", sample=2, sample_set="test")
    run = viewer.play.run
    assert header["sample"]["company"] is None
    trace = record(run.model, run.test_x[2:3], run.test_y[2:3])
    assert held(viewer, trace, None, values) > 8
    np.testing.assert_array_equal(values["sample_gradient"], trace["update/g"])


@pytest.mark.parametrize("name", TEXTS)
def test_looking_changes_nothing(name: str) -> None:
    """Showing a sample draws with a copy: the run's numbers are those of a run nobody watches."""
    viewer, source = viewer_of(name), TEXTS[name]
    for _ in range(9):
        viewer.say(type="step", kind="batch")
        viewer.say(type="set", sample=1)
    alone = Play(Stack(source=source[0], hidden=parse(source[1])), viewer.play.spec.start).run
    for _ in range(9):
        alone.train()
    np.testing.assert_array_equal(viewer.play.run.model.weights.vector, alone.model.weights.vector)


@pytest.mark.parametrize("name", TEXTS)
def test_a_walk_shows_the_batch_and_ends_in_its_update(name: str) -> None:
    viewer = viewer_of(name)
    resting = viewer.say(type="set", sample=int(viewer.play.run.peek()[1]))[1]
    header, values = viewer.say(type="step", kind="operation")
    walk = viewer.play.walk
    assert isinstance(walk, Walk)
    trace, row = walk.sample, walk.row
    assert (row is None) == (name == "alone")
    assert header["sample"]["in_batch"]
    seen: dict[str, np.ndarray] = {}
    for _ in range(header["operation"]["count"] - 1):
        header, values = viewer.say(type="step", kind="operation")
        held(viewer, trace, row, values)
        if header["operation"]["phase"] != "update":
            seen |= values
    # At rest the very same numbers stood there.
    for part in set(seen) & set(resting) - {"weights", "gradient", "sample_gradient"}:
        if "history" not in part and "confusion" not in part:
            np.testing.assert_array_equal(seen[part], resting[part], part)
    stepped = viewer_of(name).say(type="step", kind="batch")[1]
    np.testing.assert_array_equal(values["weights"], stepped["weights"])
    np.testing.assert_array_equal(values["gradient"], stepped["gradient"])


def test_the_batches_gradient_appears_layer_by_layer() -> None:
    viewer = viewer_of("conv, pool, lstm")
    header = viewer.say(type="step", kind="operation")[0]
    known: list[int] = []
    while header["operation"]["phase"] != "update":
        header, values = viewer.say(type="step", kind="operation")
        if header["operation"]["phase"] == "backward":
            known.append(int(np.isfinite(values["gradient"]).sum()))
    assert known[0] == 0
    assert known == sorted(known)
    assert known[-1] == len(viewer.play.run.model.weights.vector)


def test_a_sample_of_no_batch_gives_way_to_the_first_of_the_walked_one() -> None:
    viewer = viewer_of("points")
    viewer.say(type="set", sample=2, sample_set="test")
    header, _ = viewer.say(type="step", kind="operation")
    batch = viewer.play.walk.batch  # type: ignore[union-attr]
    assert header["sample"]["index"] == int(batch[0])
    assert header["sample"]["set"] == "train"


def test_an_activation_changes_in_mid_run_and_the_stack_brings_its_own() -> None:
    viewer = viewer_of("conv, pool, lstm")
    assert viewer.play.settings.activations == ("relu", "tanh")
    viewer.say(type="step", kind="batch")
    header, values = viewer.say(type="set", activations=["tanh", "tanh"])
    assert header["settings"]["activations"] == ["tanh", "tanh"]
    np.testing.assert_allclose(values["conv2d_1/a"], np.tanh(values["conv2d_1/z"]), rtol=1e-5)


def test_a_stack_learns() -> None:
    viewer = viewer_of("conv, pool, lstm")
    viewer = Viewer(replace(viewer.play.spec, source=Pictures(samples=400)))
    first = viewer.frames[-1][0]["loss"]["train"]
    for _ in range(20):
        viewer.say(type="step", kind="epoch")
    assert viewer.frames[-1][0]["loss"]["train"] < 0.6 * first


@pytest.mark.parametrize(
    ("source", "text", "says"),
    [
        (DIGITS, "lstm(4)", r"LSTM 'lstm_1' expects \(N, T, D\); received \(N, 8, 8, 1\)"),
        (DIGITS, "conv2d(4,3)", r"Dense 'dense_1' expects \(N, D\); received \(N, 6, 6, 4\)"),
        (DIGITS, "conv2d(4,9)", "at least as large as its window"),
        (DIGITS, "flatten-reshape(3,12)", "Choose axes whose product is 64"),
        (DIGITS, "embedding(4,3)-flatten", "looks up symbols, and digits8 has quantities"),
        (SYMBOLS, "embedding(3,3)-flatten", "There are 4 symbols; received input_dim=3"),
        (SYMBOLS, "lstm(3,return_sequences=true)-embedding(4,2)", "Make it the first layer"),
        (SYMBOLS, "lstm(3,stateful=true)", "Layer 1 is stateful"),
        (SYMBOLS, "bidirectional(lstm(3,stateful=true))", "Layer 1 is stateful"),
        (DIGITS, "flatten" + "-dense(2)" * 12, "12 layers before the output; received 13"),
        (DIGITS, "flatten-dense(2000)", "too large for the stage"),
    ],
)
def test_a_stack_that_does_not_hold_is_refused(source, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Stack(source=source, hidden=parse(text)).check()


def test_a_receipt_is_over_the_batch_where_samples_depend() -> None:
    viewer = viewer_of("points")
    header, _ = viewer.ask("gradient_receipt", weight="dense_1/kernel[0,0]", over="sample")
    assert "one alone has no gradient of its own" in header["error"]
    header, _ = viewer.ask("gradient_receipt", weight="dense_1/kernel[0,0]", over="batch")
    run = viewer.play.run
    batch = run.peek()
    gradient = record(run.model, run.x[batch], run.y[batch])["dense_1/dkernel"][0, 0]
    assert header["gradient"] == pytest.approx(float(gradient), rel=1e-6)
