"""The receipt in a real browser: its terms, multiplied and added up in Python, are the gradient."""

import math
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import button, number, open_lab

pytestmark = pytest.mark.browser
KNOWN = re.compile(r"\d")
# Keras is imported by a process of its own meanwhile.
PATIENCE = 90_000


def panel(stage: Locator) -> Locator:
    """The open panel: others have weights and totals, too."""
    return stage.get_by_role("region", name="Receipt", exact=True)


def settled(stage: Locator, name: str) -> float:
    """The number under that name, once it is there."""
    expect(stage.locator(f'[data-name="{name}"]')).to_have_attribute(
        "data-value", KNOWN, timeout=PATIENCE
    )
    return number(stage, name)


def add_up(stage: Locator) -> float:
    """The terms on the screen, each the product of its factors, and what else there is."""
    terms = panel(stage).locator(".gn-bill tbody tr")
    total = 0.0
    for i in range(terms.count()):
        factors = stage.locator(f'[data-name^="receipt/term[{i}]/factor"]')
        values = [float(e.get_attribute("data-value") or "nan") for e in factors.all()]
        assert math.prod(values) == pytest.approx(number(stage, f"receipt/term[{i}]"), rel=1e-6)
        total += math.prod(values)
    more = [f"receipt/{name}" for name in ("rest", "penalty")]
    return total + sum(
        number(stage, name) for name in more if stage.locator(f'[data-name="{name}"]').count()
    )


def agrees(stage: Locator) -> None:
    """Terms, engine, finite difference and Keras."""
    keras = settled(stage, "receipt/keras")
    gradient = number(stage, "receipt/gradient")
    for value in (add_up(stage), keras, number(stage, "receipt/numeric")):
        assert value == pytest.approx(gradient, rel=1e-4, abs=1e-7)
    off = number(stage, "receipt/keras.off")
    assert off == pytest.approx(abs(keras - gradient), rel=1e-6, abs=1e-12)


def middle_of_edge(stage: Locator, source: tuple[int, int], target: tuple[int, int]) -> list[float]:
    """Half-way between two nodes, each by layer and unit: an edge bends about its middle."""
    a, b = (
        stage.locator(f'.gn-node[data-layer="{layer}"][data-unit="{unit}"]').bounding_box()
        for layer, unit in (source, target)
    )
    assert a is not None
    assert b is not None
    y = a["y"] + a["height"] / 2 + b["y"] + b["height"] / 2
    return [(a["x"] + a["width"] + b["x"]) / 2, y / 2]


def test_a_clicked_edge_gets_its_receipt(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    button(stage, "Step").click()
    button(stage, "Receipt").click()
    settled(stage, "receipt/gradient")
    page.evaluate("window.scrollTo(0, 0)")
    stage.locator(".gn-top").scroll_into_view_if_needed()
    page.mouse.click(*middle_of_edge(stage, (-1, 1), (0, 3)))
    total = panel(stage).locator(".gn-total")
    expect(total).to_contain_text("dense_1/kernel[1,3]")
    agrees(stage)
    # Pointing at a factor lights its neuron, at the sum the edge, and at the neuron its factors.
    panel(stage).locator('[data-name="receipt/term[0]/factor[1]"]').hover()
    expect(stage.locator(".gn-echoes")).to_have_attribute("data-for", "dense_1/z[3]")
    panel(stage).locator('[data-name="receipt/total"]').hover()
    expect(stage.locator(".gn-echoes")).to_have_attribute("data-for", "dense_1/kernel[1,3]")
    stage.locator('.gn-node[data-layer="-1"][data-unit="1"]').hover()
    lit = panel(stage).locator(".gn-echo")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-of", "input[1]")
    button(stage, "Numbers").click()
    sample = number(stage, "dense_1/kernel.sample_gradient[1,3]")
    weight = number(stage, "dense_1/kernel[1,3]")
    button(stage, "Receipt").click()
    assert settled(stage, "receipt/gradient") == sample
    assert number(stage, "receipt/value") == weight
    panel(stage).get_by_text("last batch", exact=True).click()
    expect(panel(stage).locator(".gn-bill caption")).to_contain_text("last batch of 10")
    agrees(stage)


@pytest.mark.parametrize(
    ("kind", "array", "index"),
    [
        ("Pictures", "conv2d_1/kernel", (1, 2, 0, 3)),
        ("Sequences", "lstm_1/recurrent_kernel", (2, 9)),
    ],
)
def test_any_weight_is_chosen_by_keyboard(
    page: Page, server: str, kind: str, array: str, index: tuple[int, ...]
) -> None:
    stage = open_lab(page, server, kind)
    stage.get_by_role("button", name="Receipt", exact=True).press("Enter")
    panel(stage).get_by_text("last batch", exact=True).click()
    panel(stage).get_by_label("Weight", exact=True).select_option(array)
    boxes = panel(stage).locator(".gn-own input")
    for axis, place in enumerate(index):
        if boxes.nth(axis).is_enabled():
            boxes.nth(axis).fill(str(place))
            boxes.nth(axis).press("Enter")
    weight = f"{array}[{','.join(map(str, index))}]"
    expect(panel(stage).locator(".gn-total")).to_contain_text(weight)
    agrees(stage)
    first = panel(stage).locator(".gn-bill tbody button").first
    sample = (first.text_content() or "").removeprefix("train ")
    first.press("Enter")
    expect(stage.get_by_label("Shown sample", exact=True)).to_have_value(sample)


def test_the_receipt_follows_the_run(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    button(stage, "Receipt").click()
    before = settled(stage, "receipt/gradient")
    button(stage, "Step").click()
    expect(panel(stage).locator(".gn-choices")).to_contain_text("after step 1")
    assert number(stage, "receipt/gradient") != before
    button(stage, "Play").click()
    expect(panel(stage).locator(".gn-waits")).to_contain_text("when training pauses")
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    step = int(stage.get_attribute("data-step") or 0)
    expect(stage.locator('[data-name="receipt/keras"]')).to_be_visible(timeout=PATIENCE)
    shown = (panel(stage).locator(".gn-choices").text_content() or "").replace("\u2009", "")
    assert f"after step {step}" in shown
    agrees(stage)
