"""Formula, code, number and picture in a real browser: beside each other, and one."""

import re

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from nn_core.live.settings import DRAWN
from tests.browser.lab import array, button, number, open_lab
from tests.engine.lines import run

pytestmark = pytest.mark.browser

KINDS = ["Points", "Pictures", "Sequences"]


def boxes(stage: Locator) -> list[FloatRect | None]:
    """Where the large parts of the stage stand."""
    parts = [".gn-network", ".gn-strip", ".gn-tools", ".gn-right", ".gn-code"]
    return [stage.locator(part).first.bounding_box() for part in parts]


def test_the_line_beside_a_neuron_computes_its_numbers(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    stage.locator(".gn-node[data-layer='0'][data-unit='1']").click()
    code = stage.get_by_role("region", name="Code")
    lines = code.locator("code")
    expect(lines).to_have_count(4)
    assert lines.nth(3).inner_text() == (
        "keras.layers.Dense(units=4, activation='tanh', name='dense_1')"
    )
    # The shapes stand in elements of their own, so that the rest is what can be typed.
    texts = lines.evaluate_all(
        """(all) => all.map((one) => { const copy = one.cloneNode(true);
          copy.querySelectorAll("small").forEach((shape) => shape.remove());
          return copy.textContent; })"""
    )
    button(stage, "Numbers").click()
    expect(stage.locator('.gn-numbers [data-name="dense_1/z[0]"]')).to_have_attribute(
        "data-value", re.compile(r"\d")
    )
    names = {name: array(stage, f"dense_1/{name}") for name in ("kernel", "bias", "da")}
    names |= {"x": array(stage, "input")[None], "da": names["da"][None]}
    for text in texts[:3]:
        names = run(text, {k: v for k, v in names.items() if not k.startswith("__")})
    for name in ("z", "a", "dz"):
        shown = array(stage, f"dense_1/{name}")
        np.testing.assert_allclose(names[name][0], shown, rtol=1e-4, atol=1e-6)
    assert code.locator("small").all_inner_texts()[:4] == ["(1, 4)", "(1, 2)", "(2, 4)", "(4,)"]


@pytest.mark.parametrize("kind", KINDS)
def test_pointing_and_slow_motion_leave_everything_where_it_is(
    page: Page, server: str, kind: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    stage = open_lab(page, server, kind)
    before = boxes(stage)
    strip = before[1]
    assert strip is not None
    assert strip["y"] + strip["height"] <= 720
    picture = stage.locator(".gn-chain" if kind != "Points" else ".gn-node").last
    picture.focus()
    page.keyboard.press("ArrowUp")
    assert boxes(stage) == before
    page.keyboard.press("Escape")
    stage.get_by_label("Step by").select_option("operation")
    for _ in range(3):
        button(stage, "Step").click()
        expect(stage.locator(".gn-code code").first).not_to_have_text("")
        assert boxes(stage) == before


def test_the_code_can_be_put_away_and_stays_away(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    code = stage.get_by_role("region", name="Code")
    expect(code).to_be_visible()
    door = button(stage, "Code")
    expect(door).to_have_attribute("aria-expanded", "true")
    door.click()
    expect(code).to_be_hidden()
    stage = open_lab(page, server, "Pictures")
    expect(stage.locator(".gn-strip")).to_be_visible()
    expect(stage.get_by_role("region", name="Code")).to_be_hidden()
    button(stage, "Code").click()
    expect(stage.get_by_role("region", name="Code")).to_be_visible()


def test_another_activation_has_another_line_at_once(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    stage.locator(".gn-node[data-layer='0'][data-unit='0']").click()
    code = stage.get_by_role("region", name="Code")
    expect(code).to_contain_text("np.tanh")
    stage.get_by_label("Activation of dense_1").select_option("relu")
    expect(code).to_contain_text("np.maximum")
    expect(code).to_contain_text("activation='relu'")


def test_every_activation_is_offered_and_trains(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    stage.locator(".gn-node[data-layer='0'][data-unit='0']").click()
    control = stage.get_by_label("Activation of dense_1")
    offered = control.locator("option").all_inner_texts()
    assert offered == list(DRAWN)
    strip = stage.get_by_role("region", name="Formula")
    for step, name in enumerate(offered, 1):
        control.select_option(name)
        expect(strip).to_contain_text(f"a = {name}(z)")
        button(stage, "Step").click()
        expect(stage).to_have_attribute("data-step", str(step))
        for part in ("a", "dz"):
            value = number(stage, f"dense_1/{part}[0]")
            assert np.isfinite(value)
    expect(stage.get_by_role("alert")).to_be_hidden()


def lit(stage: Locator) -> set[str]:
    """The names of the numbers that are lit."""
    return set(stage.locator(".gn-echo").evaluate_all("(all) => all.map((e) => e.dataset.name)"))


def shown_at(stage: Locator) -> list[float]:
    """Where the mark in the picture is: left, top, width, height in the window."""
    box = stage.locator(".gn-echoes .gn-dash").bounding_box()
    assert box is not None
    return [box["x"], box["y"], box["width"], box["height"]]


def test_pointing_at_a_term_lights_its_neuron_its_edge_and_its_cell(
    page: Page, server: str
) -> None:
    stage = open_lab(page, server)
    button(stage, "Numbers").click()
    node = stage.locator(".gn-node[data-layer='1'][data-unit='1']")
    node.click()
    before = boxes(stage)
    strip = stage.get_by_role("region", name="Formula")
    strip.locator('[data-name="dense_1/a[3]"]').first.hover()
    assert lit(stage) == {"dense_1/a[3]"}
    other = stage.locator(".gn-node[data-layer='0'][data-unit='3']").bounding_box()
    assert other is not None
    left, top, width, height = shown_at(stage)
    assert abs(left + width / 2 - other["x"] - other["width"] / 2) < 2
    assert abs(top + height / 2 - other["y"] - other["height"] / 2) < 2
    # In the formula, in the table, and under the neuron itself.
    assert stage.locator(".gn-echo").count() == 3
    strip.locator('[data-name="dense_2/kernel[3,1]"]').first.hover()
    assert lit(stage) == {"dense_2/kernel[3,1]"}
    mine = node.bounding_box()
    assert mine is not None
    left, _, width, _ = shown_at(stage)
    assert abs(left - other["x"] - other["width"]) < 6
    assert abs(left + width - mine["x"]) < 6
    expect(stage.locator(".gn-echoes path.gn-dash")).to_have_count(1)
    assert boxes(stage) == before
    # From the table to the formula and the picture.
    stage.locator('.gn-numbers [data-name="dense_2/bias[1]"]').hover()
    assert lit(stage) == {"dense_2/bias[1]"}
    stage.locator(".gn-phase, .gn-said").last.hover()
    expect(stage.locator(".gn-echoes .gn-dash")).to_have_count(0)


def test_pointing_at_the_picture_lights_the_terms_of_a_kept_formula(
    page: Page, server: str
) -> None:
    stage = open_lab(page, server)
    stage.locator(".gn-node[data-layer='1'][data-unit='0']").click()
    stage.locator(".gn-node[data-layer='0'][data-unit='2']").hover()
    assert lit(stage) == {"dense_1/a[2]"}
    stage.locator(".gn-node[data-layer='2'][data-unit='0']").hover()
    assert lit(stage) == {"dense_3/dz[0]"}
    stage.locator(".gn-node[data-layer='1'][data-unit='0']").hover()
    assert lit(stage) == {f"dense_2/{part}[0]" for part in ("z", "a", "da", "dz")}
    strip = stage.get_by_role("region", name="Formula")
    expect(strip).to_contain_text("dense_2, neuron 0")


def test_the_keyboard_goes_through_the_terms(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    stage.locator(".gn-node[data-layer='0'][data-unit='0']").click()
    stage.get_by_role("region", name="Formula").focus()
    seen: list[set[str]] = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        seen.append(lit(stage))
    page.keyboard.press("ArrowLeft")
    assert seen == [{"input[0]"}, {"dense_1/kernel[0,0]"}, {"input[1]"}]
    assert lit(stage) == seen[1]
    expect(stage).to_have_attribute("data-step", "0")


def test_cells_of_windows_and_kernels_light_where_they_lie(page: Page, server: str) -> None:
    stage = open_lab(page, server, "Pictures")
    stage.locator(".gn-chain").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    strip = stage.get_by_role("region", name="Formula")
    canvas = stage.locator(".gn-lines").bounding_box()
    assert canvas is not None
    expect(strip).to_contain_text("row 1, column 1")
    places: dict[str, list[float]] = {}
    for name in ("input[1,1,0]", "input[2,3,0]", "conv2d_1/kernel[0,0,0,0]", "conv2d_1/z[1,1,0]"):
        strip.locator(f'[data-name="{name}"]').first.hover()
        assert lit(stage) == {name}
        places[name] = shown_at(stage)
    first, second = places["input[1,1,0]"], places["input[2,3,0]"]
    # Two columns and one row further, in cells of the same size.
    cell = first[2] - 6 - 2.5, first[3] - 6 - 2.5
    assert abs(second[0] - first[0] - 2 * cell[0]) < 3
    assert abs(second[1] - first[1] - cell[1]) < 3
    assert places["conv2d_1/kernel[0,0,0,0]"][0] > second[0]
    assert places["conv2d_1/z[1,1,0]"][0] > places["conv2d_1/kernel[0,0,0,0]"][0]
    # The picture lights the terms: the pixel under the pointer.
    page.mouse.move(first[0] + first[2] / 2, first[1] + first[3] / 2)
    assert lit(stage) == {"input[1,1,0]"}


def test_gates_light_at_their_step(page: Page, server: str) -> None:
    stage = open_lab(page, server, "Sequences")
    stage.locator(".gn-chain").focus()
    for key in ("ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    strip = stage.get_by_role("region", name="Formula")
    expect(strip).to_contain_text("lstm_1/h, step 8")
    strip.locator('[data-name="lstm_1/o[8,0]"]').first.hover()
    left, top, width, height = shown_at(stage)
    bar = stage.locator('.gn-chain [data-name="lstm_1/o[8,0]"]').bounding_box()
    assert bar is not None
    assert left < bar["x"] + bar["width"] / 2 < left + width
    assert top <= bar["y"] + 3 < top + height
    assert lit(stage) == {"lstm_1/o[8,0]"}
