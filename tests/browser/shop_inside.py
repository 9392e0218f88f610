"""The neurons of the trained network on a customer, by keyboard, with a formula computed anew."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

HIDDEN = 1
"""The second hidden layer: its neurons read units, and are read by products."""


def look_inside(page: Page) -> None:
    page.get_by_role("tab", name="Inside", exact=True).click()
    network = page.get_by_test_id("neurons")
    expect(network.locator(".gn-node.gn-wanted").first).to_be_visible()
    inputs = network.locator(".gn-node[data-layer='-1']")
    expect(inputs.first).to_have_attribute("tabindex", "0")
    inputs.first.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    neuron = network.locator(f".gn-node[data-layer='{HIDDEN}'][data-unit='0']")
    expect(neuron).to_be_focused()
    formula = page.get_by_role("region", name="Formula")
    recomputed(formula.locator("p").first, neuron)
    expect(formula).to_contain_text(re.compile(r"da = .* = Σ w·dz = .*the other"))
    formula.locator(".gn-number[data-name*='kernel[']").first.hover()
    expect(network.locator(".gn-pointed")).to_have_count(2)  # the two ends of the term's edge

    page.keyboard.press("PageDown")
    expect(page.get_by_role("button", name=re.compile("^Weight .*, from unit"))).to_be_focused()
    expect(formula).to_contain_text("dw = x·dz")
    page.keyboard.press("Escape")
    expect(neuron).to_be_focused()

    z = neuron.locator(".gn-value").get_attribute("data-name")
    page.get_by_role("button", name="Backward", exact=True).click()
    expect(page.get_by_label("gradients of the loss")).to_be_checked()
    shown = neuron.locator(".gn-value")
    expect(shown).to_have_attribute("data-name", str(z).replace("/a", "/dz"))
    expect(network.locator(".gn-dim")).to_have_count(0)  # the sweep has come to its end
    page.get_by_text("weights and activations").click()
    page.get_by_text("Every array as a map").click()  # they stay open for the audit
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def recomputed(line: Locator, neuron: Locator) -> None:
    """z is the shown terms, the others in one number, and the bias; relu makes the neuron of it."""
    numbers = [
        (str(each.get_attribute("data-name")), float(str(each.get_attribute("data-value"))))
        for each in line.locator(".gn-number").all()
    ]
    (name, z), *terms = numbers
    assert "/z[" in name
    alone = sum(value for what, value in terms if "/rest[" in what or "/bias[" in what)
    factors = [value for what, value in terms if "/rest[" not in what and "/bias[" not in what]
    assert len(factors) >= 10
    products = sum(x * w for x, w in zip(factors[::2], factors[1::2], strict=True))
    assert products + alone == pytest.approx(z, rel=1e-4)
    value = neuron.locator(".gn-value").get_attribute("data-value")
    assert max(z, 0) == pytest.approx(float(str(value)))
