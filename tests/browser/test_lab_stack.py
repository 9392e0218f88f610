"""Any stack in a real browser: typed as a line, played, pointed at, and computed anew by NumPy."""

import re
from typing import Literal
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.audit import audit
from tests.browser.cells import same
from tests.browser.lab import array, button

pytestmark = pytest.mark.browser
STACK = (
    "conv2d(3,3,activation=relu)-max_pooling2d-batch_normalization-reshape(3,9)-dropout(0.25)"
    "-lstm(5)"
)
LONG = "flatten" + "-dense(5)" * 8
STRONG = """(strip) => [...strip.querySelectorAll('.gn-strong[data-value]')]
  .map((term) => [term.dataset.name, term.dataset.value])"""


def open_stack(page: Page, server: str, **controls: str) -> Locator:
    """The lab with any stack, at rest."""
    page.goto(f"{server}/lab?{urlencode({'lab-kind': 'Any stack', **controls})}")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-scene", "stack")
    expect(stage.locator('[data-name="loss"]')).to_have_attribute("data-value", re.compile(r"\d"))
    return stage


def write(page: Page, text: str) -> None:
    """Types the line of layers, as a teacher does."""
    box = page.get_by_role("textbox", name="Layers", exact=True)
    box.fill(text)
    box.press("Control+Enter")


def titles(stage: Locator) -> list[str]:
    return stage.locator(".gn-head b").all_inner_texts()


def test_a_typed_stack_plays_and_its_numbers_follow_from_each_other(
    page: Page, server: str
) -> None:
    stage = open_stack(page, server)
    write(page, STACK)
    heads = ["input", "Conv2D", "max pool", "batch norm", "Reshape", "Dropout", "LSTM", "Dense"]
    expect(stage.locator(".gn-head b")).to_have_text(heads)
    # The stack that stood here first has the same kinds of layers; the new play would end its.
    expect(stage.locator(".gn-head").nth(1)).to_contain_text("6×6×3")
    button(stage, "Play").click()
    expect(stage).to_have_attribute("data-epoch", re.compile("[1-9]"))
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    expect(stage.get_by_test_id("caption")).to_contain_text(re.compile("next batch of [1-9]"))
    size = int(re.findall(r"batch of (\d+)", stage.get_by_test_id("caption").inner_text())[0])
    button(stage, "Numbers").click()
    expect(stage.locator('.gn-numbers [data-name="dense_1/z[0]"]')).to_have_attribute(
        "data-value", re.compile(r"\d")
    )
    norm, pooled = "batch_normalization_1", array(stage, "max_pooling2d_1/y")
    mean, variance = array(stage, f"{norm}/mean"), array(stage, f"{norm}/variance")
    normal = (pooled - mean) / np.sqrt(variance + 1e-3)
    same(array(stage, f"{norm}/normal"), normal)
    y = array(stage, f"{norm}/gamma") * normal + array(stage, f"{norm}/beta")
    same(array(stage, f"{norm}/y"), y)
    mask = array(stage, "dropout_1/mask")
    assert set(np.unique(np.round(mask, 5))) <= {0.0, round(1 / 0.75, 5)}
    same(array(stage, "dropout_1/y"), y.reshape(3, 9) * mask)
    same(array(stage, "batch_normalization_1/dy"), array(stage, "reshape_1/dy").reshape(3, 3, 3))
    h = array(stage, "lstm_1/h")[-1]
    z = h @ array(stage, "dense_1/kernel") + array(stage, "dense_1/bias")
    same(array(stage, "dense_1/z"), z)
    a, dz = array(stage, "dense_1/a"), array(stage, "dense_1/dz")
    same(a, np.exp(z) / np.exp(z).sum())
    # The loss is the mean over the batch that the sample is shown in.
    same(dz, (a - np.eye(10)[dz.argmin()]) / size)
    same(array(stage, "lstm_1/dy"), array(stage, "dense_1/kernel") @ dz)


def cells_below(stage: Locator, column: str) -> list[tuple[str, str]]:
    """Name and value of what the pointer finds on its way down a column."""
    strip = stage.get_by_role("region", name="Formula")
    stage.locator(".gn-left").evaluate("one => one.scrollIntoView({block: 'center'})")
    head = stage.locator(".gn-head").filter(has_text=column).first.bounding_box()
    picture = stage.locator(".gn-stack canvas").bounding_box()
    assert head
    assert picture
    found: list[tuple[str, str]] = []
    x = head["x"] + head["width"] / 2 + 9
    for y in range(int(head["y"] + head["height"]) + 2, int(picture["y"] + picture["height"]), 7):
        stage.page.mouse.move(x, y)
        found += [(name, value) for name, value in strip.evaluate(STRONG) if name and value]
    return [*dict.fromkeys(found)]


def test_pointing_at_a_map_reads_the_number_that_the_table_has(page: Page, server: str) -> None:
    stage = open_stack(page, server, **{"lab-stack": STACK})
    button(stage, "Numbers").click()
    numbers = stage.locator(".gn-numbers [data-name]")
    expect(numbers.first).to_be_visible()
    pairs = numbers.evaluate_all("all => all.map((e) => [e.dataset.name, e.dataset.value])")
    table = dict(pairs)
    for column, wanted in {
        "Conv2D": ("conv2d_1/a[", "conv2d_1/da[", "conv2d_1/kernel["),
        "batch norm": ("batch_normalization_1/y[", "batch_normalization_1/gamma["),
        "LSTM": ("lstm_1/h[", "lstm_1/dh[", "lstm_1/kernel[", "lstm_1/recurrent_kernel["),
    }.items():
        found = cells_below(stage, column)
        for beginning in wanted:
            own = [(name, value) for name, value in found if name.startswith(beginning)]
            assert own, (beginning, found)
            for name, value in own:
                assert float(value) == float(table[name])


def test_another_array_of_a_layer_is_shown_and_pointed_at(page: Page, server: str) -> None:
    stage = open_stack(page, server, **{"lab-stack": STACK})
    stage.get_by_label("Array of lstm_1 that is shown").select_option("f")
    assert any(name.startswith("lstm_1/f[") for name, _ in cells_below(stage, "LSTM"))


def test_slow_motion_shows_what_is_computed_and_ends_in_the_update(page: Page, server: str) -> None:
    stage = open_stack(page, server, **{"lab-stack": "flatten-dense(4)-batch_normalization"})
    stage.get_by_label("Step by").select_option("operation")
    shown: list[str] = []
    place = stage.locator(".gn-place")
    button(stage, "Step").click()
    expect(place).to_have_text(re.compile(r"1 / \d+"))
    count = int(place.inner_text().split("/")[1])
    part = stage.get_by_label("Array of batch_normalization_1 that is shown")
    for at in range(2, count + 1):
        button(stage, "Step").click()
        expect(place).to_have_text(f"{at} / {count}")
        if "gn-lit" in (stage.locator(".gn-head").nth(3).get_attribute("class") or ""):
            shown.append(part.input_value())
    assert {"mean", "variance", "normal", "y"} <= set(shown)
    expect(stage).to_have_attribute("data-step", "1")


def test_a_wrong_line_is_said_and_the_play_goes_on(page: Page, server: str) -> None:
    stage = open_stack(page, server, **{"lab-stack": "flatten-dense(4)"})
    write(page, "conv2d(4,3)-lstm(3)")
    alert = page.get_by_test_id("stSidebar").get_by_role("alert")
    expect(alert).to_contain_text("LSTM 'lstm_1' expects (N, T, D); received (N, 6, 6, 4)")
    assert titles(stage) == ["input", "Flatten", "Dense", "Dense"]
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")


def test_many_layers_stand_in_two_rows_inside_the_picture(page: Page, server: str) -> None:
    stage = open_stack(page, server, **{"lab-stack": LONG})
    boxes = [head.bounding_box() for head in stage.locator(".gn-head").all()]
    room = stage.locator(".gn-left").bounding_box()
    assert room
    assert len({round(box["y"]) for box in boxes if box}) == 2
    for box in boxes:
        assert box
        assert room["x"] - 6 <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"] + 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_heard_and_read(
    page: Page, server: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    stage = open_stack(page, server, **{"lab-stack": STACK})
    page.get_by_text("1 · conv2d").click()
    stage.locator(".gn-stack").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowDown")
    strip = stage.get_by_role("region", name="Formula")
    expect(strip).to_contain_text("conv2d_1")
    audit(page)
