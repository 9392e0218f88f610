"""A kernel's gradient builds up window by window: each sum on the screen is that of its windows."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import array, button, number, open_lab

pytestmark = pytest.mark.browser
KNOWN = re.compile(r"\d")


def at_dkernel(page: Page, server: str) -> Locator:
    """The lab in slow motion, at the operation that computes the kernel's gradient."""
    stage = open_lab(page, server, "Pictures")
    stage.get_by_label("Step by").select_option("operation")
    for at in range(1, 18):
        button(stage, "Step").click()
        expect(stage.locator(".gn-place")).to_have_text(f"{at} / 23")
    expect(stage.get_by_test_id("caption")).to_contain_text("conv2d_1")
    return stage


@pytest.fixture
def still(page: Page) -> Iterator[Page]:
    page.emulate_media(reduced_motion="reduce")
    yield page
    page.emulate_media(reduced_motion="no-preference")


def so_far(stage: Locator, channel: int, number_of: int) -> np.ndarray:
    names = [[f"conv2d_1/kernel.so_far[{y},{x},{channel},{number_of}]" for x in range(3)]
             for y in range(3)]  # fmt: skip
    return np.array([[number(stage, name) for name in row] for row in names])


def test_the_sum_grows_by_each_windows_product(still: Page, server: str) -> None:
    stage = at_dkernel(still, server)
    button(stage, "Numbers").click()
    first = stage.locator('.gn-numbers [data-name="conv2d_1/dz[0,0,0]"]')
    expect(first).to_have_attribute("data-value", KNOWN)
    sums = stage.locator('.gn-strip [data-name="conv2d_1/kernel.so_far[0,0,0,0]"]')
    expect(sums).to_have_attribute("data-value", KNOWN)
    x, dz = array(stage, "input"), array(stage, "conv2d_1/dz")
    total = np.zeros((3, 3))
    strip, slider = stage.locator(".gn-strip"), stage.get_by_role("slider", name="Window")
    slider.focus()
    for p in range(8):
        i, j = divmod(p, 6)
        expect(strip).to_contain_text(f"window {p + 1}/36")
        total += x[i : i + 3, j : j + 3, 0] * dz[i, j, 0]
        assert number(strip, f"conv2d_1/dz[{i},{j},0]") == dz[i, j, 0]
        assert number(strip, f"input[{i},{j},0]") == x[i, j, 0]
        np.testing.assert_allclose(so_far(stage, 0, 0), total, rtol=1e-4, atol=1e-7)
        still.keyboard.press("ArrowRight")
    still.keyboard.press("End")
    expect(strip).to_contain_text("window 36/36")
    final = array(stage, "conv2d_1/kernel.sample_gradient")[:, :, 0, 0]
    np.testing.assert_allclose(so_far(stage, 0, 0), final, rtol=1e-4, atol=1e-7)
    # The window and the cell of dz stand framed in the picture; nothing was trained by the arrows.
    expect(stage.locator(".gn-echoes .gn-frame")).to_have_count(2)
    expect(stage.locator(".gn-place")).to_have_text("17 / 23")
    button(stage, "Step").click()
    expect(stage.locator(".gn-echoes .gn-frame")).to_have_count(0)
    expect(slider).to_be_hidden()


def test_pointing_at_a_kernel_builds_up_that_one(still: Page, server: str) -> None:
    stage = at_dkernel(still, server)
    canvas = stage.locator(".gn-lines").bounding_box()
    strip = stage.locator(".gn-strip")
    assert canvas is not None
    place = strip.locator('[data-name="conv2d_1/kernel.so_far[1,1,0,0]"]')
    place.hover()
    box = stage.locator(".gn-echoes .gn-dash").bounding_box()
    assert box is not None
    still.mouse.move(
        box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + canvas["height"] / 4
    )
    expect(strip).to_contain_text(re.compile(r"so far, kernel [1-3]"))
    still.mouse.move(canvas["x"] + 1, canvas["y"] + 1)
    expect(strip).to_contain_text("so far, kernel 0")


def test_the_window_slides_by_itself_where_motion_is_welcome(page: Page, server: str) -> None:
    stage = at_dkernel(page, server)
    strip = stage.locator(".gn-strip")
    expect(strip).to_contain_text("window 36/36")
    stage.get_by_role("slider", name="Window").fill("4")
    expect(strip).to_contain_text("window 5/36")
    page.wait_for_timeout(400)
    expect(strip).to_contain_text("window 5/36")
