"""Every view of a finished run of the shop under axe-core."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.audit import COLOURS, audit

VIEWS = {
    "Customers": ("Lists", "Why", "What if", "Levers", "Inside", "Products"),
    "Use it": ("Lists", "Report", "The model", "API", "Link", "Next month", "Forget a customer"),
    "Runs": (),
}
OWN_COLOURS = {
    "Customers": ("Lists", "What if", "Inside", "Products"),
    "Use it": ("Lists", "Report"),
    "Runs": (),
}
"""Views that draw something themselves; the colours of all others are those of the theme."""
MAIN = "[data-testid=stMain]"


def audit_every_view(page: Page) -> None:
    """Nothing serious in any of them, by light; by dark the colours of what draws itself."""
    page.emulate_media(color_scheme="light")
    for _ in views(page, VIEWS):
        audit(page, MAIN)
    page.emulate_media(color_scheme="dark")
    for _ in views(page, OWN_COLOURS):
        audit(page, MAIN, COLOURS)


def views(page: Page, which: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Opens one after the other, and waits until it stands; the first part of a tab is open."""
    for tab, parts in which.items():
        open_tab(page, tab)
        yield tab
        for part in parts[1:]:
            if tab == "Customers":
                open_tab(page, part)
            else:
                open_part(page, tab, part)
            yield part


def open_tab(page: Page, name: str) -> None:
    """A tab is empty until the script has run with it open."""
    page.get_by_role("tab", name=name, exact=True).click()
    expect(page.get_by_role("tabpanel", name=name, exact=True)).not_to_be_empty()
    rested(page)


def open_part(page: Page, tab: str, part: str) -> None:
    """Each part begins with a paragraph of its own; the one before goes when the script runs."""
    panel = page.get_by_role("tabpanel", name=tab, exact=True)
    lead = panel.get_by_test_id("stMarkdown").first
    before = lead.inner_text()
    panel.get_by_role("radio", name=part).click()
    expect(lead).not_to_have_text(before)
    rested(page)


def rested(page: Page) -> None:
    """The script behind the page has run to its end."""
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
