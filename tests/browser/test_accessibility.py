"""Every page, light and dark, under axe-core: nothing of impact serious or critical."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.audit import COLOURS, OPTIONS, audit
from tests.browser.lab import button, open_lab, rest

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def themed(page: Page, request: pytest.FixtureRequest) -> Page:
    """A window in each theme."""
    page.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return page


# The panels that a kind of data has to itself; the others are the same for all.
OWN_PANELS = ("Draw", "Numbers")
PAGES = {
    "": "Open the lab",
    "shop": "A recommender for your shop",
    "compare": "At the start: SGD",
    "scenarios": "Run it",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page(server: str, themed: Page, path: str) -> None:
    themed.goto(f"{server}/{path}")
    expect(themed.get_by_text(PAGES[path]).last).to_be_visible()
    audit(themed)


@pytest.mark.parametrize("kind", ["Points", "Pictures", "Sequences", "Any stack"])
def test_the_lab_and_each_of_its_panels(server: str, page: Page, kind: str) -> None:
    """By light everything, by dark what alone can differ; the panels are the same for all kinds."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    stage = open_lab(page, server, kind)
    page.get_by_text("What am I looking at?").click()
    audit(page)
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    stage.locator(".gn-network [tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    audit(page, ".gn-strip")
    for name in panels(stage, kind):
        audit_panel(page, stage, name, OPTIONS)
    page.emulate_media(color_scheme="dark")
    rest(page)
    audit(page, options=COLOURS)
    for name in panels(stage, kind) if kind == "Points" else ():
        audit_panel(page, stage, name, COLOURS)


def panels(stage: Locator, kind: str) -> list[str]:
    names = stage.locator(".gn-doors .gn-door").all_inner_texts()
    return [name for name in names if kind == "Points" or name in OWN_PANELS]


def audit_panel(page: Page, stage: Locator, name: str, options: dict[str, Any]) -> None:
    door = stage.locator(".gn-doors .gn-door").filter(has_text=re.compile(f"^{re.escape(name)}$"))
    if door.get_attribute("aria-expanded") != "true":
        door.click()
    expect(door).to_have_attribute("aria-expanded", "true")
    audit(page, ".gn-bottom", options)


def test_the_audit_finds_what_is_wrong(server: str, page: Page) -> None:
    page.goto(server)
    expect(page.get_by_text("Open the lab")).to_be_visible()
    page.evaluate("document.body.append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        audit(page)
