"""The pure parts of the scenes of pictures and sequences: where things stand and lie."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from nn_core.live.convolution import Block, Pictures
from nn_core.live.frames import decode
from nn_core.live.pictures import hello
from nn_core.live.play import Play
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.spec import Spec
from tests.stage.test_modules import call

pytestmark = pytest.mark.browser

CHAINS: dict[str, Spec] = {
    "one": Pictures(samples=100),
    "two": Pictures(samples=100, blocks=(Block(12, 3, "same"), Block(12, 3, "same"))),
    "large": Pictures(dataset="digits28", samples=100, blocks=(Block(8, 5), Block(8, 3))),
}


def told(spec: Spec) -> dict[str, Any]:
    return decode(hello(Play(spec, spec.start)))[0]


@pytest.mark.parametrize("name", CHAINS)
def test_maps_and_kernels_stay_inside_and_apart(page: Page, name: str) -> None:
    columns = call(page, "chainlayout", "m.place(a[0], 622, 328)", told(CHAINS[name]))
    boxes = [box for column in columns for box in (*column["maps"], *column["kernels"])]
    for box in boxes:
        assert box["width"] >= 8
        assert box["height"] >= 8
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 623
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 329
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or one["y"] + one["height"] <= other["y"]
                or other["y"] + other["height"] <= one["y"]
            )
            assert apart, (one, other)


def test_every_cell_and_every_weight_is_found_under_the_pointer(page: Page) -> None:
    header = told(CHAINS["two"])
    found = call(
        page,
        "chainlayout",
        """(() => {
          const columns = m.place(a[0], 622, 328);
          const [map, kernel] = [columns[3], columns[3].kernels[5]];
          const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
          const cell = m.cellBox(map.maps[7], map.shape, 2, 1);
          const part = m.cellBox(m.kernelPart(kernel, 12, 9), [3, 3], 1, 2);
          return [m.hit(a[0], columns, ...middle(cell)), m.hit(a[0], columns, ...middle(part)),
            m.hit(a[0], columns, 1, 1)];
        })()""",
        header,
    )
    assert found[0] == {"kind": "value", "layer": 2, "part": "a", "index": [2, 1, 7]}
    assert found[1] == {"kind": "weight", "layer": 2, "part": "kernel", "index": [1, 2, 9, 5]}
    assert found[2] is None


def test_a_window_with_padding_begins_outside(page: Page) -> None:
    layer = told(CHAINS["two"])["layers"][0]
    corner, inner = (
        call(page, "chainlayout", "m.windowAt(a[0], 0, a[1])", layer, j) for j in (0, 3)
    )
    assert (corner["row"], corner["column"], corner["rows"]) == (-1, -1, 3)
    assert inner["column"] == 2


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("task", ["remember", "adding", "sine"])
def test_rows_of_time_stand_below_each_other_and_are_found(
    page: Page, cell: str, task: str
) -> None:
    loss = "categorical_crossentropy" if task == "remember" else "mse"
    header = told(Sequences(dataset=task, cell=cell, loss=loss, samples=100))
    rows, found = call(
        page,
        "timeline",
        """(() => {
          const rows = m.rowsOf(a[0], 328);
          return [rows, rows.map(({ top }) => m.under(a[0], rows, 400, 3, m.LEFT + 125, top + 5))];
        })()""",
        header,
    )
    tops = [row["top"] for row in rows]
    ends = [row["top"] + row["height"] for row in rows]
    assert tops[0] >= 0
    assert ends[-1] <= 328.5
    assert all(end < top for end, top in zip(ends, tops[1:]))
    for row, target in zip(rows, found):
        part = "dh" if row["part"] == "dh_norm" else row["part"]
        wanted = {"kind": "input"} if part == "input" else {"kind": "value", "part": part}
        assert target.items() >= wanted.items()
        assert target["index"] == [3, 0 if part == "input" else 3]


def test_one_scale_of_gradients_serves_all_cells(page: Page) -> None:
    values = [1.0, 5.0, 1e-3, -1e-3, 1e-6, 1e-9, 0.0]
    shown = call(page, "timeline", "a[0].map(m.steepness)", values)
    np.testing.assert_allclose(shown, [1, 1, 0.5, -0.5, 0, 0, 0], atol=1e-12)


def test_cells_are_painted_where_they_lie(page: Page) -> None:
    """Blue above zero, orange below, of one channel among two."""
    pixels = call(
        page,
        "maps",
        """(() => {
          const paper = document.createElement("canvas").getContext("2d");
          const numbers = Float32Array.of(1, 9, -1, 9, 0, 9, 0.5, 9);
          const look = { theme: "light", scale: "signed", top: 1 };
          const box = { x: 0, y: 0, width: 20, height: 20 };
          m.paintCells(paper, { numbers, offset: 0, stride: 2 }, 2, 2, box, look);
          return [[5, 5], [15, 5], [5, 15]].map(([x, y]) =>
            [...paper.getImageData(x, y, 1, 1).data].slice(0, 3));
        })()""",
    )
    above, below, zero = pixels
    assert above[2] > above[0] + 100
    assert below[0] > below[2] + 100
    assert max(zero) - min(zero) <= 14


def test_numbers_in_narrow_columns_are_short(page: Page) -> None:
    values = [0.5, -0.61, 0.0044, -0.086, 0.0, 1.4]
    assert call(page, "format", "a[0].map(m.narrow)", values) == [
        "0.50",
        "−0.61",
        "4e−3",
        "−9e−2",
        "0",
        "1.4",
    ]
