"""The lab without a mouse: its keys, and Tab through every control with a focus that is seen."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.audit import QUIET
from tests.browser.lab import button, number, open_lab

pytestmark = pytest.mark.browser

# What can have the focus now. Of a group of radios one can: the chosen one.
FOCUSABLE = """(root, within) => [...root.querySelector(within).querySelectorAll(
    'button, select, input, textarea, summary, [tabindex="0"]')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0
    && (e.type !== 'radio' || e.checked))
  .map((e) => e.dataset.visit ??= String(Math.random()))"""
# Where the focus is: the element, the part of the stage it stands in, and whether it is seen.
FOCUS = """(root) => { const e = document.activeElement;
  if (!root.contains(e)) return null;
  const rim = (one) => one && getComputedStyle(one).outlineStyle !== 'none';
  const areas = ['.gn-top', '.gn-tools', '.gn-left', '.gn-right', '.gn-strip', '.gn-edit',
    '.gn-bottom'];
  return { visit: e.dataset.visit ?? '', seen: rim(e) || rim(e.closest('label')),
    area: areas.findIndex((area) => e.closest(area)), name: e.outerHTML.slice(0, 90) }; }"""


def by_tab(page: Page, stage: Locator) -> list[dict[str, Any]]:
    """Everything that has the focus in turn, until it leaves the stage."""
    found: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = stage.evaluate(FOCUS)
        if at is None:
            return found
        found.append(at)
    raise AssertionError("Tab never leaves the stage.")


def test_space_plays_arrows_step_home_resets_and_escape_lets_go(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    stage.focus()
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-state", "playing")
    page.keyboard.press("Space")
    expect(stage).to_have_attribute("data-state", "paused")
    page.keyboard.press("Home")
    for key, step in [("Right", 1), ("Right", 2), ("Left", 1), ("Left", 0), ("Right", 1)]:
        page.keyboard.press(f"Arrow{key}")
        expect(stage).to_have_attribute("data-step", str(step))
    page.keyboard.press("Home")
    expect(stage).to_have_attribute("data-step", "0")
    rate = stage.get_by_label("Learning rate")
    rate.select_option("0.3")
    stage.focus()
    page.keyboard.press("Control+z")
    expect(rate).to_have_value("0.03")
    stage.locator(".gn-node[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    formula = stage.get_by_role("region", name="Formula")
    expect(formula).to_contain_text("kept; Escape lets go")
    page.keyboard.press("Escape")
    expect(formula).not_to_contain_text("kept")


def test_every_weight_of_a_neuron_is_reached_by_key_and_told(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    button(stage, "Numbers").click()
    stage.locator(".gn-node[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    formula = stage.get_by_role("region", name="Formula")
    wire = stage.locator(".gn-wire")
    weights = [*(f"dense_1/kernel[{i},0]" for i in range(2)), "dense_1/bias[0]"]
    for i, name in enumerate(weights):
        page.keyboard.press("PageDown" if not i else "ArrowDown")
        value = number(stage.locator(".gn-numbers"), name)
        said = f"{value:.3g}".replace("-", "−")
        expect(wire).to_be_focused()
        expect(wire).to_have_attribute("aria-label", re.compile(re.escape(f"{name} = {said}")))
        expect(wire).to_have_attribute("aria-label", re.compile(f"{i + 1} of 3"))
        expect(formula).to_contain_text(name)
    page.keyboard.press("PageUp")
    page.keyboard.press("Enter")
    expect(stage.get_by_role("region", name="Receipt")).to_contain_text(
        "∂L/∂w for dense_1/kernel[1,0]"
    )
    page.keyboard.press("ArrowLeft")
    expect(stage.locator('.gn-node[data-layer="-1"]').nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    page.keyboard.press("Escape")
    expect(stage.locator('.gn-node[data-layer="0"]').nth(1)).to_be_focused()


@pytest.mark.parametrize("kind", ["Points", "Pictures", "Sequences", "Any stack"])
def test_tab_reaches_every_control_in_the_order_of_the_screen(
    page: Page, server: str, kind: str
) -> None:
    stage = open_lab(page, server, kind)
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    stage.focus()
    wanted = set(stage.evaluate(FOCUSABLE, ".gn-grid"))
    visited = by_tab(page, stage)
    assert wanted <= {at["visit"] for at in visited}
    assert len(wanted) > 15
    assert not [at["name"] for at in visited if not at["seen"]]
    areas = [at["area"] for at in visited]
    assert areas == sorted(areas)


def test_every_panel_opens_by_key_and_tab_reaches_all_of_it(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    button(stage, "Step").click()
    for door in stage.locator(".gn-doors .gn-door").all():
        door.focus()
        page.keyboard.press("Enter")
        expect(door).to_have_attribute("aria-expanded", "true")
        page.evaluate(QUIET, ".gn-bottom")
        wanted = set(stage.evaluate(FOCUSABLE, ".gn-bottom"))
        visited = by_tab(page, stage)
        assert wanted <= {at["visit"] for at in visited}, door.inner_text()
        assert not [at["name"] for at in visited if not at["seen"]]


def test_the_keys_follow_other_points(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    stage.locator(".gn-dots").focus()
    said = stage.get_by_test_id("caption")
    for key, name in [("Right", "train point 1"), ("Left", "train point 0"), ("Down", "test")]:
        page.keyboard.press(f"Arrow{key}")
        expect(said).to_contain_text(re.compile(rf"{name}\b"))
