"""A run's history as text: the table has every number, the drawing every point."""

import csv
import io
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from tests.stage.test_modules import call

pytestmark = pytest.mark.browser
ROWS = [
    [0, 0, 0.75, 0.5, 0.25, 0.125],
    [10, 0.5, 0.5, 0.625, 0.5, 0.375],
    [40, 2, 0.25, 0.75, 1, 0.5],
]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_table_has_a_row_for_every_update(page: Page) -> None:
    updates: dict[str, Any] = {
        "every": 5,
        "losses": [i / 8 for i in range(1, 9)],
        "epochs": [0, 0, 0, 1, 1, 1, 1, 2],
    }
    text = call(page, "figures", "m.csv(a[0], a[1])", ROWS, updates)
    header, *rows = csv.reader(io.StringIO(text))
    assert header[:4] == ["step", "epochs ended", "batch loss", "train loss"]
    table = {int(row[0]): row[1:] for row in rows}
    assert list(table) == list(range(0, 41, 5))
    for i, loss in enumerate(updates["losses"]):
        epochs, batch = map(float, table[5 * i + 5][:2])
        assert (epochs, batch) == (updates["epochs"][i], loss)
    for step, _, *judged in ROWS:
        assert [float(value) for value in table[int(step)][2:6]] == judged
    assert table[5][2:] == ["", "", "", "", "5"]


def test_what_is_not_finite_is_an_empty_field(page: Page) -> None:
    none = {"every": 1, "losses": [], "epochs": []}
    text = call(page, "figures", "m.csv([[1, 0, NaN, Infinity, 0, -0.5]], a[0])", none)
    assert text.split("\r\n")[1] == "1,0,,,,0,-0.5,1"


def paths(text: str) -> list[list[tuple[float, float]]]:
    """The points of each line, in the order of drawing."""
    drawn = ElementTree.fromstring(text).iter(f"{SVG}path")  # noqa: S314  our own drawing
    return [
        [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", path.get("d", ""))]
        for path in drawn
    ]


def test_the_drawing_has_every_point_in_its_place(page: Page) -> None:
    text = call(page, "figures", "m.curvesSvg(a[0], 'a < b', 'accuracy')", ROWS)
    test_loss, train_loss, test_metric, train_metric = paths(text)
    for line, column in (*((train_loss, 2), (test_loss, 3), (train_metric, 4), (test_metric, 5)),):
        (x0, y0), (x1, y1), (x2, y2) = line
        assert (x1 - x0) / (x2 - x0) == pytest.approx(0.25, abs=1e-3)
        values = [row[column] for row in ROWS]
        assert (y1 - y0) / (y2 - y0) == pytest.approx(
            (values[1] - values[0]) / (values[2] - values[0]), abs=1e-2
        )
        # Upwards is less y.
        assert (y2 < y0) == (values[2] > values[0])
    root = ElementTree.fromstring(text)  # noqa: S314
    assert root.findtext(f"{SVG}title") == "a < b and accuracy over steps"
    dashed = [path.get("stroke-dasharray") is not None for path in root.iter(f"{SVG}path")]
    assert dashed == [True, False, True, False]


def test_a_line_breaks_where_there_is_no_number(page: Page) -> None:
    rows = "[[0,0,1,1,0,0],[1,0,NaN,1,0,0],[2,0,2,1,0,0],[3,0,3,1,0,0]]"
    text = call(page, "figures", f"m.curvesSvg({rows}, 'mse', 'R2')")
    drawn = [path.get("d", "") for path in ElementTree.fromstring(text).iter(f"{SVG}path")]  # noqa: S314
    assert re.findall("[ML]", drawn[1]) == ["M", "M", "L"]
    assert re.findall("[ML]", drawn[0]) == ["M", "L", "L", "L"]
    assert call(page, "figures", "m.curvesSvg([], 'mse', 'R2')").count("<path") == 4
