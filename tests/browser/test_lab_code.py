"""Formula, code, number and picture in a real browser: beside each other, and one."""

import re

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from nn_core.live.points import Points
from tests.browser.lab import array, button, open_lab
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
    assert Points().hidden[0].activation == "tanh"
