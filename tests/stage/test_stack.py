"""The pure parts of the scene of any stack: each number stands where the pointer finds it."""

from typing import Any

import pytest
from playwright.sync_api import Page

from nn_core.live.convolution import Pictures
from nn_core.live.notation import parse
from nn_core.live.recurrent import Sequences
from nn_core.live.stack import Stack
from tests.stage.test_modules import call
from tests.stage.test_scenes import told

pytestmark = pytest.mark.browser
SYMBOLS = Sequences(samples=60, steps=6)
STACKS = {
    "conv, pool, lstm": Stack(
        source=Pictures(samples=60),
        hidden=parse(
            "conv2d(4,3)-max_pooling2d-batch_normalization-reshape(3,12)-dropout(0.2)-lstm(8)"
        ),
    ),
    "both ways": Stack(
        source=SYMBOLS,
        hidden=parse(
            "embedding(4,3)-bidirectional(gru(3,return_sequences=true))-conv1d(2,2)-gru(4)"
        ),
    ),
    "two rows": Stack(source=SYMBOLS, hidden=parse("flatten" + "-dense(5)" * 9)),
}
# For each cell of a column's maps: its middle, what lies there, and where that is said to stand.
CELLS = """(() => {
  const columns = m.place(a[0], a[1], 622, 360);
  return columns.flatMap((column) => [column, ...column.weights].flatMap(({ sheets, boxes }) =>
    sheets.flatMap(({ rows, columns: wide }, k) => [[0, 0], [rows - 1, wide - 1], [rows >> 1, wide >> 1]].map(([r, c]) => {
      const box = boxes[k];
      const [x, y] = [box.x + (c + 0.5) * box.width / wide, box.y + (r + 0.5) * box.height / rows];
      const target = m.hit(columns, x, y);
      return { box, x, y, target, spot: target && m.spotOf(columns, target) };
    }))));
})()"""  # noqa: E501


def usual(page: Page, hello: dict[str, Any]) -> list[str]:
    return call(page, "stackparts", "a[0].layers.map((_, l) => m.usual(a[0], l))", hello)


@pytest.mark.parametrize("name", STACKS)
def test_what_lies_under_the_pointer_stands_there(page: Page, name: str) -> None:
    hello = told(STACKS[name])
    found = call(page, "stacklayout", CELLS, hello, usual(page, hello))
    assert len(found) > 20
    for cell in found:
        box, spot = cell["box"], cell["spot"]
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 623
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 361
        assert spot, cell
        assert spot["x"] - 0.01 <= cell["x"] <= spot["x"] + spot["width"] + 0.01
        assert spot["y"] - 0.01 <= cell["y"] <= spot["y"] + spot["height"] + 0.01


@pytest.mark.parametrize("name", STACKS)
def test_every_intermediate_can_be_shown_and_no_gradient_is_one(page: Page, name: str) -> None:
    hello = told(STACKS[name])
    parts = call(page, "stackparts", "a[0].layers.map((_, l) => m.partsOf(a[0], l))", hello)
    for layer, own in zip(hello["layers"], parts):
        assert layer["output"] in own
        for part in own:
            assert f"{layer['name']}/{part}" in hello["shapes"]
    if name == "both ways":
        assert {"forward_z", "backward_h", "y_f", "y"} <= set(parts[1])
        assert not any(part.startswith("forward_d") for part in parts[1])


def test_gates_are_a_sheet_each_and_pictures_a_channel_each(page: Page) -> None:
    gates = call(page, "sheets", "m.sheetsOf([3, 4, 5], false).map((s) => s.index(2, 3))")
    assert gates == [[2, gate, 3] for gate in range(4)]
    maps = call(page, "sheets", "m.sheetsOf([3, 4, 5]).map((s) => s.index(2, 3))")
    assert maps == [[2, 3, channel] for channel in range(5)]
    # A sheet's steps through the array lead to the index that it says.
    script = """[[[3, 4, 5], false], [[3, 4, 5], true], [[2, 3, 4, 2], true], [[6, 2], true], [[7]]]
      .every(([shape, channels]) => m.sheetsOf(shape, channels).every((s) => {
        const [r, c] = [s.rows - 1, s.columns - 1];
        const flat = s.index(r, c).reduce((place, i, axis) => place * shape[axis] + i, 0);
        return flat === s.start + r * s.down + c * s.across;
      }))"""
    assert call(page, "sheets", script)


def test_names_lead_to_places(page: Page) -> None:
    hello = told(STACKS["conv, pool, lstm"])
    places: dict[str, dict[str, Any]] = {
        "input[1,2,0]": {"kind": "input", "index": [1, 2, 0]},
        "conv2d_1/dx[1,2,0]": {"kind": "input", "index": [1, 2, 0]},
        "conv2d_1/dz[0,1,2]": {"kind": "value", "layer": 0, "part": "z", "index": [0, 1, 2]},
        "lstm_1/dh[2,7]": {"kind": "value", "layer": 5, "part": "h", "index": [2, 7]},
        "dropout_1/mask[2,7]": {"kind": "value", "layer": 4, "part": "mask", "index": [2, 7]},
        "dense_1/dz[4]": {"kind": "value", "layer": 6, "part": "a", "index": [4]},
        "batch_normalization_1/gamma.update[3]": {
            "kind": "weight",
            "layer": 2,
            "part": "gamma",
            "index": [3],
        },
    }
    for name, place in places.items():
        assert call(page, "names", "m.resolve(a[0], a[1])", hello, name) == place, name
