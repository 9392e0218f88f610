"""Points and digits drawn with the mouse, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import button, number, open_lab

pytestmark = pytest.mark.browser

POINTS = """() => {
  const { values } = document.querySelector('.gn-stage').glassnet.hello;
  return [...values.train_y, ...values.test_y].filter((y) => y === 1).length;
}"""


def test_points_are_drawn_erased_and_learnt(page: Page, server: str) -> None:
    page.goto(f"{server}/lab?lab-dataset=own+points")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-state", "paused")
    expect(stage.locator('[data-name="loss"]')).to_have_attribute("data-value", re.compile(r"\d"))
    box = stage.locator(".gn-dots").bounding_box()
    assert box is not None
    before = page.evaluate(POINTS)
    stage.get_by_text("■ class 1").click()
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 140, steps=12)
    page.mouse.up()
    page.wait_for_function(f"({POINTS})() > {before} + 2")
    drawn = page.evaluate(POINTS)
    stage.get_by_text("erase").click()
    page.mouse.click(box["x"] + 240, box["y"] + 140)
    page.wait_for_function(f"({POINTS})() < {drawn}")
    loss = number(stage, "loss")
    button(stage, "Play").click()
    page.wait_for_function("() => +document.querySelector('.gn-stage').dataset.epoch >= 20")
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    assert number(stage, "loss") < loss


def test_a_digit_is_drawn_and_the_network_reads_it(page: Page, server: str) -> None:
    stage = open_lab(page, server, "Pictures")
    button(stage, "Draw").click()
    stage.get_by_label("The digit you draw").select_option("1")
    field = stage.get_by_test_id("digit")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 112, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 112, box["y"] + 200, steps=10)
    page.mouse.up()
    expect(stage.get_by_test_id("caption")).to_contain_text("own")
    button(stage, "Numbers").click()
    middle = [number(stage.locator(".gn-numbers"), f"input[{row},4,0]") for row in range(2, 6)]
    edge = [number(stage.locator(".gn-numbers"), f"input[{row},0,0]") for row in range(2, 6)]
    assert min(middle) > 0.3
    assert max(edge) == 0
