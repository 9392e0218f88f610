"""The code beside a formula: which lines belong to it, and where the shapes stand."""

from typing import Any

import pytest
from playwright.sync_api import Page

from nn_core.live.convolution import Pictures
from nn_core.live.points import Points
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.spec import Spec
from tests.live.viewer import Viewer
from tests.stage.test_modules import call

pytestmark = pytest.mark.browser

KINDS: dict[str, Spec] = {
    "points": Points(),
    "pictures": Pictures(samples=60),
    **{cell: Sequences(samples=60, cell=cell) for cell in CELLS},
}


def view(spec: Spec, **message: Any) -> dict[str, Any]:
    """What the stage's view has of hello, frame and code after a message."""
    viewer = Viewer(spec)
    headers = [header for header, _ in viewer.frames]
    frame = viewer.say(**message)[0] if message else headers[-1]
    return {"hello": headers[0], "frame": frame, "code": headers[-1]["code"]}


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("dense_1/z[3]", "dense_1/z"),
        ("conv2d_1/a[0,2,1]", "conv2d_1/a"),
        ("dense_1/kernel.sample_gradient[0,2]", "dense_1/dkernel"),
        ("lstm_1/recurrent_kernel.update[1,7]", "update/w"),
    ],
)
def test_a_number_names_the_operation_that_computes_it(page: Page, name: str, output: str) -> None:
    assert call(page, "code", "m.outputOf(a[0])", name) == output


def test_a_shape_stands_behind_the_first_mention_of_an_array(page: Page) -> None:
    line = {"numpy": "z = x @ kernel + x.bias(x)", "shapes": [["x", [1, 2]], ["z", [1]]]}
    words = call(page, "code", "m.words(a[0])", line)
    assert "".join(word["text"] for word in words) == line["numpy"]
    shapes = [(word["text"], word["shape"]) for word in words if "shape" in word]
    assert shapes == [("z", [1]), ("x", [1, 2])]
    assert call(page, "code", "[[4], [], [2, 3]].map(m.tuple)") == ["(4,)", "()", "(2, 3)"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_array_of_every_line_has_its_shape(page: Page, kind: str) -> None:
    for line in view(KINDS[kind])["code"]["operations"]:
        words = call(page, "code", "m.words(a[0])", line)
        shown = {word["text"] for word in words if "shape" in word}
        # A recurrence and a penalty may read less than what the equation rests on.
        named = {name for name, _ in line["shapes"]}
        assert shown <= named
        # The result stands last.
        assert line["shapes"][-1][0] in shown


def test_the_code_is_that_of_what_is_pointed_at(page: Page) -> None:
    names = ["dense_1/z[0]", "dense_1/a[0]", "dense_1/dz[0]", "dense_1/da[0]"]
    found = call(page, "code", "m.codeOf(a[0], a[1], true)", view(KINDS["points"]), names)
    assert [line["output"] for line in found["numpy"]] == ["dense_1/z", "dense_1/a", "dense_1/dz"]
    assert found["keras"] == ["keras.layers.Dense(units=4, activation='tanh', name='dense_1')"]


def test_the_code_is_that_of_the_operation_in_slow_motion(page: Page) -> None:
    slow = view(KINDS["pictures"], type="step", kind="operation")
    found = call(page, "code", "m.codeOf(a[0], [], false)", slow)
    assert [line["numpy"].split(" ")[0] for line in found["numpy"]] == ["columns"]
    assert found["keras"][0].startswith("keras.layers.Conv2D(")


def test_at_rest_the_whole_network_is_shown_in_keras(page: Page) -> None:
    rest = view(KINDS["LSTM"])
    found = call(page, "code", "m.codeOf(a[0], [], false)", rest)
    assert found == {
        "numpy": [],
        "keras": [*rest["code"]["keras"].values(), rest["code"]["compile"]],
    }
