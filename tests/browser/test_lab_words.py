"""What the pictures say to those who do not see them, and how they move for those who would not."""

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import array, button, number, open_lab

pytestmark = pytest.mark.browser
KINDS = {"Points": ".gn-flow", "Pictures": ".gn-chain canvas", "Sequences": ".gn-chain canvas"}
OUTPUT = {"Points": "dense_3/a", "Pictures": "dense_1/a", "Sequences": "dense_1/a"}


def label(stage: Locator, picture: str) -> str:
    """A picture's text, its minus signs as Python reads them."""
    text = stage.locator(picture).first.get_attribute("aria-label") or ""
    return text.replace("\u2212", "-").replace("\u2009", "")


def after(text: str, words: str) -> float:
    """The number that follows those words."""
    found = re.search(rf"{re.escape(words)} (-?[\d.]+(?:e-?\d+)?)", text)
    assert found, (words, text)
    return float(found[1])


def near(value: float) -> Any:
    """To three digits, as a picture shows it."""
    return pytest.approx(value, rel=6e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pictures_say_what_they_show(page: Page, server: str, kind: str) -> None:
    stage = open_lab(page, server, kind)
    first = number(stage, "loss/train")
    for step in (1, 2):
        button(stage, "Step").click()
        expect(stage).to_have_attribute("data-step", str(step))
    button(stage, "Numbers").click()
    picture = ".gn-nodes" if kind == "Points" else ".gn-chain"
    expect(stage.locator(picture)).to_have_attribute("aria-label", re.compile("At step 2"))
    said = label(stage, picture)
    page.wait_for_timeout(400)
    assert after(said, "it puts out") == near(array(stage, OUTPUT[kind]).max())
    name, value = re.findall(r"largest weight is (\S+), (-?[\d.]+)", said)[0]
    assert float(value.rstrip(".")) == near(number(stage, name))
    if kind == "Sequences":
        norms = array(stage, "lstm_1/dh_norm")
        assert after(said, "|dL/dh| is") == near(norms[-1])
        assert after(said, "at the last time step and") == near(norms[0])
    fit = label(stage, ".gn-dots" if kind == "Points" else ".gn-confusion")
    assert after(fit, "the accuracy is") == near(number(stage, "metric/train"))
    assert after(fit, "on test samples, the loss") == near(number(stage, "loss/train"))
    curve = label(stage, ".gn-curve canvas")
    assert after(curve, "The loss went from") == near(first)
    assert after(curve, "step 0 to") == near(number(stage, "loss/train"))


def test_the_words_wait_until_the_network_rests(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    dots = stage.locator(".gn-dots")
    expect(dots).to_have_attribute("aria-label", re.compile("At step 0"))
    button(stage, "Play").click()
    page.wait_for_function("() => +document.querySelector('.gn-stage').dataset.step >= 30")
    assert "At step 0" in label(stage, ".gn-dots")
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    step = stage.get_attribute("data-step")
    expect(dots).to_have_attribute("aria-label", re.compile(rf"At step {step} "))


# Steps by one operation -> how many different pictures there were in the second after it.
PICTURES = """async ([stage, selector]) => {
  const canvas = stage.querySelector(selector);
  const seen = new Set([canvas.toDataURL()]);
  [...stage.querySelectorAll('button')].find((b) => b.textContent === 'Step').click();
  const start = performance.now();
  while (performance.now() - start < 1000) {
    await new Promise(requestAnimationFrame);
    seen.add(canvas.toDataURL());
  }
  return seen.size;
}"""


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_reduced_motion_replaces_movement_by_steps(
    page: Page, server: str, motion: Literal["reduce", "no-preference"]
) -> None:
    page.emulate_media(reduced_motion=motion)
    for kind, canvas in KINDS.items():
        stage = open_lab(page, server, kind)
        stage.get_by_label("Step by").select_option("operation")
        shown = [stage.element_handle(), canvas]
        pictures = max(page.evaluate(PICTURES, shown) for _ in range(2))
        # Without movement a picture is followed by the next one, and none stands between them.
        assert (pictures > 3) if motion == "no-preference" else (pictures <= 2), kind
