"""`python -m tests.bench.screens`: takes the pictures of the pages that README and home show."""

import re
import shutil

from playwright.sync_api import Page, sync_playwright

from tests.application import FLAGS, ROOT, running_app

SCREENS = ROOT / "assets" / "screens"


def lab(page: Page, address: str) -> None:
    """The default network after a few hundred updates."""
    page.goto(f"{address}/lab")
    stage = page.get_by_test_id("stage")
    stage.get_by_label("Optimizer").select_option("adam")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => +document.querySelector('.gn-stage').dataset.epoch >= 40")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_timeout(800)


def shop(page: Page, address: str) -> None:
    """The built-in year, studied once; the second visit follows the link of the first."""
    if "shop" not in LINKS:
        page.goto(f"{address}/shop")
        page.get_by_test_id("stSelectbox").first.get_by_role("combobox").click()
        page.get_by_role("option").first.click()
        page.get_by_role("tab", name="Training").click(timeout=120_000)
        page.get_by_role("button", name="Train").click(timeout=120_000)
        page.get_by_text(re.compile("is ahead|too close to call")).wait_for(timeout=900_000)
        LINKS["shop"] = page.url
    page.goto(LINKS["shop"])
    page.get_by_text(re.compile("is ahead|too close to call")).wait_for(timeout=60_000)
    page.get_by_test_id("stPlotlyChart").first.wait_for(timeout=60_000)
    rest(page)


def rest(page: Page) -> None:
    """Until its script has ended a page may be half of the old one and half of the new one."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(2000)


def models(page: Page, address: str) -> None:
    """Further down the same result: every model beside the others."""
    shop(page, address)
    page.get_by_role("heading", name="Every model").evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(1500)


def what_if(page: Page, address: str) -> None:
    """Of the same run: one product put into a customer's basket."""
    shop(page, address)
    page.get_by_role("tab", name="Customers").click()
    page.get_by_role("tab", name="What if", exact=True).click()
    page.get_by_role("button", name=re.compile("^Put in")).first.click()
    page.locator(".mark", has_text="put in").wait_for()
    rest(page)


def home(page: Page, address: str) -> None:
    """Home, with the other two pictures in it."""
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_timeout(1500)


def main() -> None:
    SCREENS.mkdir(exist_ok=True)
    with running_app() as (_, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, visit in PAGES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": 1280, "height": 720}, color_scheme=scheme
                )
                page = context.new_page()
                visit(page, address)
                page.screenshot(path=SCREENS / f"{name}-{scheme}.png")
                context.close()
        browser.close()


PAGES = {"lab": lab, "shop": shop, "models": models, "what-if": what_if, "home": home}
LINKS: dict[str, str] = {}

if __name__ == "__main__":
    main()
