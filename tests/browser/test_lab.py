"""The lab in a real browser: it plays, pauses and steps, and its numbers can be checked by hand."""

import math

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import number

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(page: Page, server: str) -> Locator:
    page.goto(f"{server}/lab")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-state", "paused")
    expect(stage.locator('[data-name="loss"]')).to_be_visible()
    return stage


def count(stage: Locator, name: str) -> int:
    return int(stage.get_attribute(f"data-{name}") or 0)


def button(stage: Locator, name: str) -> Locator:
    return stage.get_by_role("button", name=name, exact=True)


def test_it_plays_and_the_loss_falls_and_pause_stops_it(stage: Locator, page: Page) -> None:
    before, frames = number(stage, "loss"), count(stage, "frames")
    button(stage, "Play").click()
    expect(stage).to_have_attribute("data-state", "playing")
    page.wait_for_function("() => +document.querySelector('.gn-stage').dataset.epoch >= 30")
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    assert number(stage, "loss") < 0.8 * before
    assert count(stage, "frames") > frames + 20
    at = count(stage, "step")
    page.wait_for_timeout(500)
    assert count(stage, "step") == at
    button(stage, "Reset").click()
    expect(stage).to_have_attribute("data-step", "0")
    assert number(stage, "loss") == pytest.approx(before)


def test_step_by_batch_and_epoch(stage: Locator) -> None:
    stage.get_by_label("Step by").select_option("batch")
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    stage.get_by_label("Step by").select_option("epoch")
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-epoch", "1")
    expect(stage).to_have_attribute("data-step", "25")


def test_an_update_by_operations_can_be_recomputed_from_the_screen(stage: Locator) -> None:
    """Weights, activations, gradients and update, taken from the page, follow from each other."""
    button(stage, "Numbers").click()
    stage.get_by_label("Step by").select_option("operation")
    stage.get_by_label("Batch size").select_option("1")

    def matrix(name: str, rows: int, columns: int) -> np.ndarray:
        cells = [[number(stage, f"{name}[{r},{c}]") for c in range(columns)] for r in range(rows)]
        return np.array(cells)

    def vector(name: str, size: int) -> np.ndarray:
        return np.array([number(stage, f"{name}[{i}]") for i in range(size)])

    x = vector("input", 2)
    kernels = [matrix("dense_1/kernel", 2, 4), matrix("dense_2/kernel", 4, 2)]
    kernels.append(matrix("dense_3/kernel", 2, 1))
    biases = [vector("dense_1/bias", 4), vector("dense_2/bias", 2), vector("dense_3/bias", 1)]
    a1 = np.tanh(x @ kernels[0] + biases[0])
    a2 = np.tanh(a1 @ kernels[1] + biases[1])
    out = 1 / (1 + math.exp(-float((a2 @ kernels[2] + biases[2])[0])))
    np.testing.assert_allclose(vector("dense_1/a", 4), a1, rtol=1e-5)
    np.testing.assert_allclose(vector("dense_2/a", 2), a2, rtol=1e-5)
    assert number(stage, "dense_3/a[0]") == pytest.approx(out, rel=1e-5)
    button(stage, "Step").click()
    expect(stage.locator('[data-name="dense_1/a[0]"]').first).not_to_have_attribute(
        "data-value", str(a1[0])
    )
    button(stage, "Play").click()
    expect(stage).not_to_have_attribute("data-step", "0")
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    # At rest all numbers belong to the shown sample at the present weights.
    stage.get_by_label("Step by").select_option("batch")
    at = count(stage, "step")
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", str(at + 1))
    stage.page.wait_for_timeout(500)
    kernel, a1, a2 = matrix("dense_3/kernel", 2, 1), vector("dense_1/a", 4), vector("dense_2/a", 2)
    dz3 = number(stage, "dense_3/dz[0]")
    np.testing.assert_allclose(vector("dense_2/da", 2), kernel[:, 0] * dz3, rtol=1e-4)
    dz2 = vector("dense_2/da", 2) * (1 - a2**2)
    np.testing.assert_allclose(vector("dense_2/dz", 2), dz2, rtol=1e-4)
    da1 = matrix("dense_2/kernel", 4, 2) @ dz2
    np.testing.assert_allclose(vector("dense_1/dz", 4), da1 * (1 - a1**2), rtol=1e-4, atol=1e-9)
    update = matrix("dense_1/kernel.update", 2, 4)
    gradient = matrix("dense_1/kernel.gradient", 2, 4)
    np.testing.assert_allclose(update, -0.03 * gradient, rtol=1e-3, atol=1e-7)


def test_settings_go_down_the_socket_and_keep_the_weights(stage: Locator, page: Page) -> None:
    button(stage, "Step").click()
    button(stage, "Numbers").click()
    before = number(stage, "dense_1/kernel[0,0]")
    stage.get_by_label("Learning rate").select_option("0.3")
    stage.get_by_label("Optimizer").select_option(label="Adam")
    expect(stage.get_by_label("Beta 1")).to_have_value("0.9")
    page.wait_for_timeout(300)
    assert number(stage, "dense_1/kernel[0,0]") == before


def test_another_data_set_makes_a_new_play(stage: Locator, page: Page) -> None:
    button(stage, "Play").click()
    expect(stage).not_to_have_attribute("data-step", "0")
    page.get_by_test_id("stSelectbox").filter(has_text="Data set").get_by_role("combobox").click()
    page.get_by_role("option", name="spiral").click()
    expect(stage).to_have_attribute("data-state", "paused")
    expect(stage).to_have_attribute("data-step", "0")
