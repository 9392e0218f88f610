"""Diagnosis in a real browser: the sentence appears, one button mends, and the controls show it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import button, choose, number, open_lab

pytestmark = pytest.mark.browser

SHOWN = "name => document.querySelector('.gn-stage').glassnet.hello?.dataset === name"


def opened(stage: Locator) -> Locator:
    button(stage, "Diagnosis").click()
    panel = stage.get_by_role("region", name="Diagnosis")
    expect(panel.get_by_role("status")).to_contain_text("at step")
    return panel


def train(stage: Locator, epochs: int) -> None:
    stage.get_by_label("Step by").select_option("epoch")
    at = int(stage.get_attribute("data-epoch") or 0)
    for epoch in range(at + 1, at + epochs + 1):
        button(stage, "Step").click()
        expect(stage).to_have_attribute("data-epoch", str(epoch))


def test_a_healthy_run_says_so_and_what_was_checked(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    panel = opened(stage)
    expect(panel.get_by_role("status")).to_have_text("Nothing wrong was found at step 0, epoch 0.")
    expect(panel.locator('[data-check="waits"]')).to_have_count(3)
    train(stage, 6)
    expect(panel.get_by_role("status")).to_contain_text("epoch 6")
    expect(panel.locator('[data-check="fine"]')).to_have_count(11)


def test_one_button_mends_a_learning_rate_and_keeps_the_weights(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    choose(page, "Data set", "gaussians")
    page.wait_for_function(SHOWN, arg="gaussians")
    stage.get_by_label("Learning rate").select_option("0.00001")
    train(stage, 6)
    panel = opened(stage)
    finding = panel.locator('[data-kind="learning rate too low"]')
    expect(finding).to_contain_text("in 6 epochs")
    assert 0 < number(stage, "diagnosis/learning rate too low") < 0.99
    finding.get_by_role("button", name=re.compile("Set the learning rate to")).click()
    expect(stage.get_by_label("Learning rate")).not_to_have_value("0.00001")
    assert float(stage.get_by_label("Learning rate").input_value()) > 1e-4
    expect(stage).to_have_attribute("data-step", "150")


def test_a_run_that_is_no_longer_finite_is_mended_and_learns(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    choose(page, "Data set", "plane")
    page.wait_for_function(SHOWN, arg="plane")
    for select in stage.get_by_label(re.compile("^Activation")).all():
        select.select_option("relu")
    stage.get_by_label("Learning rate").select_option("10")
    button(stage, "Play").click()
    expect(stage.get_by_role("alert")).to_contain_text("Training stopped")
    panel = opened(stage)
    expect(panel.locator("article")).to_have_count(1)
    panel.get_by_role("button", name="Set the learning rate to 0.1, begin again").click()
    expect(stage.get_by_label("Learning rate")).to_have_value("0.1")
    expect(stage).to_have_attribute("data-step", "0")
    expect(panel.get_by_role("status")).to_have_text("Nothing wrong was found at step 0, epoch 0.")


def test_weights_that_must_start_otherwise_change_the_pages_controls(
    page: Page, server: str
) -> None:
    stage = open_lab(page, server)
    page.get_by_test_id("stSlider").filter(has_text="Hidden layers").get_by_role("slider").press(
        "ArrowLeft"
    )
    expect(stage.get_by_text("dense_3")).to_have_count(0)
    choose(page, "Weights 1", "ones")
    expect(stage).to_have_attribute("data-step", "0")
    panel = opened(stage)
    finding = panel.locator('[data-kind="symmetric weights"]')
    expect(finding).to_contain_text("stay copies")
    finding.get_by_role("button", name="In dense_1: start from glorot_uniform").click()
    box = page.get_by_test_id("stSelectbox").filter(has_text=re.compile("^Weights 1"))
    expect(box.get_by_role("combobox")).to_have_value("glorot_uniform")
    expect(panel.get_by_role("status")).to_contain_text("Nothing wrong was found")
    button(stage, "Numbers").click()
    first = [number(stage, f"dense_1/kernel[0,{unit}]") for unit in range(4)]
    assert len(set(first)) == 4
