"""The optimizer under glass: the next step of one weight, and as every other rule would make it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nn_core.arrays import Array
from nn_core.live.convolution import Pictures
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import Sequences
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.optimizers import OPTIMIZERS
from tests.live.viewer import Viewer

SMALL = Points(hidden=(Hidden(3),), points=80)
WEIGHT = "dense_1/kernel[1,2]"


def settings(optimizer: str) -> Settings:
    return Settings(("tanh",), optimizer=optimizer, learning_rate=0.02)


def asked(viewer: Viewer, weight: str = WEIGHT) -> tuple[dict[str, Any], dict[str, Array]]:
    header, tensors = viewer.ask("optimizer", weight=weight)
    assert "error" not in header, header
    return header, tensors


def step(viewer: Viewer, updates: int) -> None:
    for _ in range(updates):
        viewer.say(type="step", kind="batch")


def state(header: dict[str, Any], tensors: dict[str, Array]) -> dict[str, float]:
    return {each["symbol"]: float(tensors["numbers"][each["at"]]) for each in header["state"]}


@pytest.mark.parametrize("name", OPTIMIZERS.names())
def test_the_last_line_is_the_next_update(name: str) -> None:
    viewer = Viewer(SMALL, settings(name))
    step(viewer, 5)
    header, tensors = asked(viewer)
    before = viewer.play.run.model.weights.vector.copy()
    assert header["update"] == 6
    line = next(line for line in reversed(header["lines"]) if line["symbol"] == "w")
    told = state(header, tensors)
    step(viewer, 1)
    run = viewer.play.run
    moved = run.model.named_weights["dense_1/kernel"][1, 2]
    assert tensors["numbers"][line["at"]] == moved
    assert run.gradient is not None
    assert told["g"] == run.gradient[1 * 3 + 2]
    assert told["step"] == pytest.approx(moved - before[1 * 3 + 2], abs=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS.names())
def test_every_other_optimizer_has_seen_the_same_gradients(name: str) -> None:
    """A run of that rule whose weights went as this run's did would take exactly that step."""
    viewer = Viewer(SMALL, settings("sgd"))
    step(viewer, 7)
    header, tensors = asked(viewer)
    assert (header["seen"], header["all"]) == (7, True)
    model = viewer.play.run.network(settings(name))
    again, before = Viewer(SMALL, settings("sgd")), model.weights.vector.copy()
    for _ in range(8):
        batch = again.play.run.peek()
        model.weights.vector[...] = again.play.run.model.weights.vector
        before = model.weights.vector.copy()
        model.train_on_batch(again.play.run.x[batch], again.play.run.y[batch])
        step(again, 1)
    moved = float((model.weights.vector - before)[1 * 3 + 2])
    own = list(OPTIMIZERS).index(name)
    assert tensors["steps"][own, 1] == pytest.approx(moved, rel=1e-3, abs=2e-7)
    kind: Any = OPTIMIZERS.get(name)
    assert tensors["rates"][own] == kind().rate(1)


def test_a_long_run_has_its_latest_gradients_and_says_so() -> None:
    viewer = Viewer(SMALL, settings("adam"))
    for _ in range(2500):
        viewer.play.train()
    before = viewer.play.run.model.weights.vector.copy()
    header, tensors = asked(viewer)
    assert 0 < header["seen"] <= 300
    assert not header["all"]
    assert np.isfinite(tensors["steps"]).all()
    assert (viewer.play.run.model.weights.vector == before).all()
    assert viewer.play.run.step == 2500


def test_a_run_with_changes_on_the_way_is_replayed_with_them() -> None:
    viewer = Viewer(SMALL, settings("adam"))
    step(viewer, 3)
    viewer.say(type="edit", weight=WEIGHT, value=1.5)
    viewer.say(type="set", batch_size=7, learning_rate=0.1)
    step(viewer, 3)
    viewer.say(type="go", step=5)
    header, tensors = asked(viewer)
    assert (header["update"], header["seen"], header["all"]) == (6, 5, True)
    # Adam at this run's own rate, having seen the same gradients, makes this run's own step.
    own = tensors["steps"][list(OPTIMIZERS).index("adam"), 1]
    assert own == pytest.approx(state(header, tensors)["step"], rel=1e-3)


@pytest.mark.parametrize(
    ("spec", "weight"),
    [
        (Pictures(samples=120), "conv2d_1/kernel[0,1,0,2]"),
        (Sequences(samples=100, cell="GRU"), "gru_1/recurrent_kernel[1,3]"),
    ],
)
def test_any_weight_of_any_network(spec: Spec, weight: str) -> None:
    viewer = Viewer(spec)
    header, tensors = asked(viewer, weight)
    assert header["seen"] == 0
    step(viewer, 3)
    header, tensors = asked(viewer, weight)
    assert header["seen"] == 3
    assert np.isfinite(tensors["numbers"]).all()


def test_a_run_that_is_no_longer_finite_is_told_as_it_is() -> None:
    viewer = Viewer(
        Points(dataset="plane", loss="mse", points=80, hidden=(Hidden(3),)),
        replace(settings("sgd"), activations=("relu",), learning_rate=1e20),
    )
    step(viewer, 5)
    assert viewer.play.run.stopped
    _, tensors = asked(viewer)
    assert not np.isfinite(tensors["numbers"]).all()


def test_a_weight_that_is_not_there_is_answered_by_a_sentence() -> None:
    header, _ = Viewer(SMALL, settings("sgd")).ask("optimizer", weight="dense_9/kernel[0,0]")
    assert "Unknown weight" in header["error"]
