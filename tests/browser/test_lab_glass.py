"""The optimizer under glass and the loss landscape in a real browser."""

import math
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import button, number, open_lab

pytestmark = pytest.mark.browser


def trained(page: Page, server: str, updates: int, optimizer: str = "adam") -> Locator:
    stage = open_lab(page, server)
    stage.get_by_role("combobox", name="Optimizer").select_option(optimizer)
    for step in range(1, updates + 1):
        button(stage, "Step").click()
        expect(stage).to_have_attribute("data-step", str(step))
    return stage


def test_the_rule_can_be_recomputed_from_the_screen_and_is_the_next_update(
    page: Page, server: str
) -> None:
    stage = trained(page, server, 3)
    button(stage, "Optimizer").click()
    panel = stage.get_by_role("region", name="Step of one weight")
    panel.get_by_label("Weight").select_option("dense_2/kernel")
    panel.get_by_label("input").fill("3")
    panel.get_by_label("unit").fill("1")
    panel.get_by_label("unit").press("Tab")
    expect(panel.locator("h4").first).to_have_text("Adam: update 4 of dense_2/kernel[3,1]")

    def seen(name: str) -> float:
        return number(stage, f"optimizer/{name}")

    g = seen("g")
    assert seen("0/m") == pytest.approx(seen("0/m/m") + (1 - 0.9) * (g - seen("0/m/m")), rel=1e-5)
    v = seen("1/v/v")
    assert seen("1/v") == pytest.approx(v + (1 - 0.999) * (g**2 - v), rel=1e-4)
    correction = math.sqrt(1 - 0.999**4) / (1 - 0.9**4)
    step = 0.03 * correction * seen("0/m") / (math.sqrt(seen("1/v")) + 1e-7)
    assert seen("2/w") == pytest.approx(seen("w") - step, rel=1e-4)
    assert seen("adam/step") == pytest.approx(seen("step"), rel=1e-3)
    foretold = seen("2/w")
    button(stage, "Step").click()
    expect(panel.locator("h4").first).to_have_text("Adam: update 5 of dense_2/kernel[3,1]")
    assert seen("w") == foretold


def test_the_pinned_weight_is_the_one_under_glass(page: Page, server: str) -> None:
    stage = trained(page, server, 1, "sgd")
    button(stage, "Optimizer").click()
    panel = stage.get_by_role("region", name="Step of one weight")
    expect(panel.locator("h4").first).to_contain_text("dense_1/kernel[0,0]")
    stage.get_by_test_id("network").locator(".gn-node .gn-bias").nth(2).click()
    expect(panel.locator("h4").first).to_contain_text(re.compile(r"dense_1/bias\[2\]"))
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(10)
    assert number(stage, "optimizer/sgd/step") == pytest.approx(
        -0.03 * number(stage, "optimizer/g"), rel=1e-3
    )


def test_the_landscape_has_the_runs_path_on_it_and_waits_to_be_asked_again(
    page: Page, server: str
) -> None:
    stage = trained(page, server, 5)
    button(stage, "Landscape").click()
    panel = stage.get_by_role("region", name="Loss landscape")
    picture = panel.get_by_role("img")
    expect(picture).to_have_attribute("aria-label", re.compile("from step 0 .* to the present"))
    train = number(stage, "loss/train")
    assert number(stage, "landscape/loss") == pytest.approx(train, rel=1e-5)
    assert number(stage, "landscape/low") <= train <= number(stage, "landscape/high")
    assert 50 < number(stage, "landscape/explained") <= 100
    panel.get_by_text("The path as a table").click()
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(6)
    assert number(stage, "landscape/path[5]") == pytest.approx(train, rel=1e-5)
    drawn = picture.evaluate(PAINTED)
    assert drawn > 100
    button(stage, "Step").click()
    expect(panel.get_by_role("status")).to_contain_text("the network is at step 6")
    assert number(stage, "landscape/path[5]") == pytest.approx(train, rel=1e-5)
    button(panel, "Compute anew").click()
    expect(panel.locator("tbody tr")).to_have_count(7)
    expect(panel.get_by_role("status")).to_have_text("")


def test_before_a_path_there_are_random_directions_and_a_sentence(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    button(stage, "Landscape").click()
    panel = stage.get_by_role("region", name="Loss landscape")
    expect(panel.get_by_label("random")).to_be_checked()
    expect(panel).to_contain_text("Two random directions")
    panel.get_by_label("the run's own path").press(" ")
    expect(panel).to_contain_text("Train a little")


PAINTED = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
