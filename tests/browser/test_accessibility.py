"""Every page, light and dark, under axe-core: nothing of impact serious or critical."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import COLOURS, OPTIONS, audit
from tests.browser.lab import button, open_lab

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
def test_the_lab_and_each_of_its_panels(server: str, themed: Page, kind: str) -> None:
    stage = open_lab(themed, server, kind)
    dark = themed.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    themed.get_by_text("What am I looking at?").click()
    audit(themed, options=COLOURS if dark else OPTIONS)
    if dark and kind != "Points":
        return  # The panels are the same ones, in the same colours.
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    stage.locator(".gn-network [tabindex='0']").first.focus()
    themed.keyboard.press("ArrowRight")
    themed.keyboard.press("Enter")
    audit(themed, ".gn-strip")
    for door in stage.locator(".gn-doors .gn-door").all():
        if kind != "Points" and door.inner_text() not in OWN_PANELS:
            continue
        door.click()
        expect(door).to_have_attribute("aria-expanded", "true")
        audit(themed, ".gn-bottom", COLOURS if dark else OPTIONS)


def test_the_audit_finds_what_is_wrong(server: str, page: Page) -> None:
    page.goto(server)
    expect(page.get_by_text("Open the lab")).to_be_visible()
    page.evaluate("document.body.append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        audit(page)
