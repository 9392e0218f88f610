"""A run as text: it comes back whole, and anything else is refused in a sentence."""

import base64
import json
import zlib

import numpy as np
import pytest

from nn_core.live.links import packed, unpacked
from nn_core.live.points import Hidden, Points
from nn_core.live.run import Run, Script
from nn_core.live.settings import Settings
from tests.live.viewer import Viewer

SPEC = Points(hidden=(Hidden(3),), points=60)
START = Settings(activations=("tanh",), optimizer="adam", learning_rate=0.02)


def changed_run() -> Run:
    run = Run(SPEC, START)
    run.train()
    run.edit("dense_1/kernel[1,2]", 0.1 + 0.2)
    run.set({"optimizer": "sgd", "optimizer_options": {"momentum": 0.9}, "activations": ["relu"]})
    for _ in range(9):
        run.train()
    return run


def test_a_run_comes_back_from_its_text_number_for_number() -> None:
    run = changed_run()
    settings, script = unpacked(packed(run.first, Script(tuple(run.log), run.last)))
    assert script == Script(tuple(run.log), 10)
    again = Run(SPEC, settings, script)
    assert (again.step, again.last) == (0, 10)
    again.go(10)
    np.testing.assert_array_equal(again.model.weights.vector, run.model.weights.vector)
    assert again.settings == run.settings


def test_a_play_gives_its_link_and_another_one_opens_it() -> None:
    viewer = Viewer(SPEC, START)
    viewer.play.take(changed_run())
    header, _ = viewer.ask("link")
    assert (header["changes"], header["last"]) == (2, 10)
    other = Viewer(SPEC, START)
    frame, _ = other.say(type="open", run=header["run"])
    assert (frame["step"], frame["past"]["last"]) == (0, 10)
    for _ in range(10):
        frame, values = other.say(type="step", kind="batch")
        np.testing.assert_array_equal(values["weights"], other.play.run.model.weights.vector)
    expected = viewer.play.run.model.weights.vector
    np.testing.assert_array_equal(other.play.run.model.weights.vector, expected)


def test_a_link_for_another_network_is_refused_in_a_sentence() -> None:
    run = changed_run()
    text = packed(run.first, Script(tuple(run.log), run.last))
    viewer = Viewer(Points(hidden=(Hidden(2),), points=60), START)
    frame, _ = viewer.say(type="open", run=text)
    assert "dense_1/kernel" in frame["load"]["note"]
    viewer = Viewer(Points(hidden=(), points=60))
    frame, _ = viewer.say(type="open", run=text)
    assert "activation" in frame["load"]["note"]


def wrapped(plain: object) -> str:
    text = json.dumps(plain).encode()
    return base64.urlsafe_b64encode(zlib.compress(text)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%%%",
        "AAAA",
        wrapped([]),
        wrapped({"settings": {}, "log": [], "step": 0}),
        wrapped({"settings": {"activations": ["tanh"]}, "log": [[1]], "step": 0}),
        wrapped({"settings": {"activations": ["tanh"], "speed": "warp"}, "log": [], "step": 0}),
        wrapped({"settings": {"activations": ["tanh"]}, "log": [], "step": "x"}),
        wrapped(
            {"settings": {"activations": ["tanh"]}, "log": [], "step": 0, "x": "0" * 3_000_000}
        ),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpacked(text)
