"""The time machine, undo, samples and weights set by hand, in a real browser."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import array, button, losses, number, open_lab

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(page: Page, server: str) -> Locator:
    return open_lab(page, server)


def slide(stage: Locator, step: int) -> None:
    """Moves the slider there and lets go."""
    stage.get_by_role("slider", name="Step of the run").evaluate(
        """(slider, step) => {
          slider.value = step;
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          slider.dispatchEvent(new Event('change', { bubbles: true }));
        }""",
        step,
    )
    expect(stage).to_have_attribute("data-step", str(step))


def test_back_through_the_run_and_on_again_by_the_same_numbers(stage: Locator) -> None:
    way = [number(stage, "loss"), *losses(stage, 8)]
    slide(stage, 3)
    assert number(stage, "loss") == way[3]
    expect(stage.locator(".gn-when")).to_have_text("step 3 of 8")
    assert losses(stage, 5) == way[4:]
    expect(stage.locator(".gn-when")).to_have_text("now")


def test_another_learning_rate_from_the_past_is_a_fork_that_undo_takes_back(stage: Locator) -> None:
    way = losses(stage, 6)
    slide(stage, 2)
    stage.get_by_label("Learning rate").select_option("1")
    expect(stage.locator(".gn-when")).to_have_text("now")
    assert losses(stage, 4) != way[2:]
    for _ in range(5):
        button(stage, "Undo").click()
    expect(stage.get_by_label("Learning rate")).to_have_value("0.03")
    expect(stage).to_have_attribute("data-step", "2")
    assert losses(stage, 4) == way[2:]


def test_a_weight_set_by_hand_is_the_one_the_network_has(stage: Locator, page: Page) -> None:
    before = number(stage, "loss")
    expect(stage.locator(".gn-edit")).to_be_hidden()
    stage.locator('[data-layer="0"][data-unit="1"] .gn-bias').click()
    box = stage.get_by_role("spinbutton", name="Set this weight")
    expect(box).to_have_value("0")
    box.fill("0.75")
    box.press("Enter")
    button(stage, "Numbers").click()
    expect(stage.locator('.gn-numbers [data-name="dense_1/bias[1]"]')).to_have_attribute(
        "data-value", "0.75"
    )
    assert number(stage, "loss") != before
    box.blur()
    stage.get_by_role("button", name="Raise by 0.1").click()
    expect(stage.locator('.gn-numbers [data-name="dense_1/bias[1]"]')).to_have_attribute(
        "data-value", re.compile("^0.85")
    )
    stage.focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(stage.locator('.gn-numbers [data-name="dense_1/bias[1]"]')).to_have_attribute(
        "data-value", "0"
    )
    assert number(stage, "loss") == before


def test_the_gradients_of_the_samples_add_up_on_screen(stage: Locator) -> None:
    button(stage, "Numbers").click()
    stage.get_by_label("Batch size").select_option("2")
    stage.get_by_label("Step by").select_option("sample")
    own: list[np.ndarray] = []
    for index in (1, 2):
        button(stage, "Step").click()
        expect(stage.locator(".gn-place")).to_have_text(f"{index} / 3")
        own.append(np.outer(array(stage, "dense_1/a"), array(stage, "dense_2/dz")))
    gathered = array(stage, "dense_2/kernel.gradient")
    assert gathered == pytest.approx((own[0] + own[1]) / 2, rel=1e-5, abs=1e-8)
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    assert array(stage, "dense_2/kernel.gradient") == pytest.approx(gathered, rel=1e-4, abs=1e-7)
