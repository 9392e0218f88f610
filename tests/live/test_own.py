"""Data that somebody draws: points to train on, and a digit to look at."""

from typing import Any

import numpy as np
import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.hub import Hub
from nn_core.live.points import OWN, Hidden, Points
from nn_core.live.settings import Settings
from nn_core.trace import record
from tests.live.viewer import Viewer

SPEC = Points(dataset=OWN, hidden=(Hidden(3),))
ONE = Settings(activations=("tanh",))
DRAWN = [[-2.0, 1.0, 0], [-2.5, 1.5, 0], [2.0, -1.0, 1], [2.5, -1.5, 1], [3.0, 0.5, 1]]


def test_drawn_points_become_the_data_and_are_learnt() -> None:
    viewer = Viewer(SPEC, ONE)
    viewer.say(type="step", kind="batch")
    frame, _ = viewer.say(type="points", points=DRAWN)
    hello, data = next(f for f in reversed(viewer.frames) if f[0]["kind"] == "hello")
    assert (frame["step"], frame["reset"]) == (0, True)
    both = np.concatenate([data["train_x"], data["test_x"]])
    labels = np.concatenate([data["train_y"], data["test_y"]])
    got = sorted(map(tuple, np.column_stack([both, labels]).tolist()))
    assert got == sorted(map(tuple, DRAWN))
    assert hello["samples"] == {"train": 2, "test": 3}
    first = frame["loss"]["train"]
    for _ in range(40):
        frame, _ = viewer.say(type="step", kind="epoch")
    assert frame["loss"]["train"] < first


def test_drawn_points_stay_with_another_network_and_travel_with_the_link() -> None:
    hub = Hub()
    token = hub.open(SPEC, ONE)
    play = hub.find(token)
    assert play is not None
    play.take(type(play.run)(SPEC.remade({"own": DRAWN}), ONE))
    wider = Points(dataset=OWN, hidden=(Hidden(5),))
    other = hub.find(hub.open(wider, ONE, replaces=token))
    assert other is not None
    assert isinstance(other.spec, Points)
    assert [list(point) for point in other.spec.own] == DRAWN
    assert other.spec.hidden == (Hidden(5),)
    viewer = Viewer(SPEC, ONE)
    viewer.say(type="points", points=DRAWN)
    header, _ = viewer.ask("link")
    opened = Viewer(SPEC, ONE)
    opened.say(type="open", run=header["run"])
    np.testing.assert_array_equal(opened.play.run.x, viewer.play.run.x)


@pytest.mark.parametrize(
    "points",
    [
        None,
        [],
        DRAWN[:3],
        [[1, 2]] * 5,
        [[1, 2, 3]] * 5,
        [[9, 0, 1]] * 5,
        [["a", 0, 1]] * 5,
        [[float("nan"), 0, 1]] * 5,
        [[0, 0, 1]] * 3000,
    ],
)
def test_points_that_do_not_hold_are_refused_in_a_sentence(points: Any) -> None:
    viewer = Viewer(SPEC, ONE)
    frame, _ = viewer.say(type="points", points=points)
    assert frame["load"]["note"]
    assert len(viewer.play.run.x) == 4


@pytest.mark.parametrize("dataset", ["digits8", "digits28"])
def test_a_drawn_digit_is_the_shown_sample_forward_and_backward(dataset: str) -> None:
    spec = Pictures(dataset=dataset, samples=100)
    viewer = Viewer(spec)
    pixels = np.random.default_rng(0).uniform(size=spec.input_shape).astype("float32")
    frame, values = viewer.say(type="draw", pixels=pixels.ravel().tolist(), label=7)
    assert (frame["sample"]["set"], frame["sample"]["y"]) == ("own", 7)
    run = viewer.play.run
    trace = record(run.model, pixels[None], np.eye(10, dtype="float32")[[7]])
    np.testing.assert_array_equal(values["input"], pixels)
    np.testing.assert_array_equal(values["conv2d_1/z"], trace["conv2d_1/z"][0])
    np.testing.assert_array_equal(values["sample_gradient"], trace["update/g"])
    before = len(run.x)
    viewer.say(type="step", kind="epoch")
    assert len(run.x) == before
    frame, _ = viewer.say(type="set", sample=3, sample_set="test")
    assert frame["sample"]["set"] == "test"


@pytest.mark.parametrize(
    "drawn",
    [
        {"pixels": [0.5] * 63, "label": 1},
        {"pixels": [2.0] * 64, "label": 1},
        {"pixels": [0.5] * 64, "label": 10},
        {"pixels": ["x"] * 64, "label": 1},
        {"pixels": [float("nan")] * 64, "label": 1},
    ],
)
def test_a_digit_that_does_not_hold_is_refused(drawn: dict[str, Any]) -> None:
    viewer = Viewer(Pictures(samples=100))
    frame, _ = viewer.say(type="draw", **drawn)
    assert frame["load"]["note"]
    assert frame["sample"]["set"] == "train"
