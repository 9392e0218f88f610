"""What tests of the lab share: buttons, and numbers and arrays as the page carries them."""

import math
import re

import numpy as np
from playwright.sync_api import Locator, Page, expect

ARRAY = """(stage, name) => [...stage.querySelectorAll('.gn-numbers [data-name]')]
  .filter((e) => e.dataset.name.startsWith(name + '['))
  .map((e) => [e.dataset.name.slice(name.length + 1, -1).split(',').map(Number),
    e.dataset.value === undefined ? null : Number(e.dataset.value)])"""


def open_lab(page: Page, server: str, kind: str = "Points") -> Locator:
    """The lab at rest, with this kind of data."""
    page.goto(f"{server}/lab?lab-kind={kind.replace(' ', '+')}")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-state", "paused")
    expect(stage).to_have_attribute("data-scene", kind.lower().removeprefix("any "))
    expect(stage.locator('[data-name="loss"]')).to_have_attribute("data-value", re.compile(r"\d"))
    rest(page)
    return stage


def rest(page: Page) -> None:
    """Waits until the page is drawn: one that is drawn anew takes the focus away."""
    app = page.locator('[data-testid="stApp"]')
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def choose(page: Page, label: str, option: str) -> None:
    """One of the sidebar's select boxes."""
    box = page.get_by_test_id("stSelectbox").filter(has_text=re.compile(f"^{label}"))
    box.get_by_role("combobox").first.click()
    page.get_by_role("option", name=option, exact=True).click()


def number(stage: Locator, name: str) -> float:
    place = stage.locator(f'[data-name="{name}"]').first
    expect(place).to_have_attribute("data-value", re.compile("."))
    return float(place.get_attribute("data-value") or "nan")


def array(stage: Locator, name: str) -> np.ndarray:
    """All numbers of that name in the open tables, by their indices."""
    cells = stage.evaluate(ARRAY, name)
    assert cells, name
    shape = tuple(int(i) + 1 for i in np.max([index for index, _ in cells], axis=0))
    assert len(cells) == math.prod(shape), (name, shape)
    found = np.full(shape, np.nan)
    for index, value in cells:
        assert value is not None, (name, index)
        found[tuple(index)] = value
    return found


def button(stage: Locator, name: str) -> Locator:
    return stage.get_by_role("button", name=name, exact=True)


def losses(stage: Locator, steps: int) -> list[float]:
    """The loss after each of so many steps more."""
    found: list[float] = []
    for _ in range(steps):
        step = int(stage.get_attribute("data-step") or 0)
        button(stage, "Step").click()
        expect(stage).to_have_attribute("data-step", str(step + 1))
        found.append(number(stage, "loss"))
    return found
