"""What-if in the page: from a click to the last list changed, as the browser itself sees it."""

import os
import re
import shutil
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from tests.application import FLAGS, running_app

MODELS = ("recent-popularity", "ease", "time-ease", "course")
CHANGES = 100
WATCH = """() => {
  const lists = document.querySelector('.gn-lists');
  addEventListener('click', () => { window.clicked = performance.now(); window.asked = 0; }, true);
  new MutationObserver(() => { window.changed = performance.now(); })
    .observe(lists, { subtree: true, childList: true, characterData: true });
  const own = window.fetch;
  window.fetch = async (...call) => {
    const sent = performance.now(), answer = await own(...call);
    window.asked = performance.now() - sent;
    return answer;
  };
}"""


def browser_times(file: Path) -> None:
    """Uploads the file, trains, and prints the times of CHANGES clicks."""
    load = os.getloadavg()[0]
    with running_app() as (_, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(300_000)
        trained(page, address, file)
        look(page)
        seconds = np.array([change(page, turn) for turn in range(CHANGES)])
        count = page.locator(".gn-lists > div").count() - 1
        browser.close()
    print(f"{file.name}, {count} models, {len(seconds)} clicks; load {load:.1f} before.\n")
    print("| from the click | p50, ms | p95, ms |\n|---|---|---|")
    for words, column in (("to the last list changed", 0), ("of it, until the answer is there", 1)):
        median, high = np.percentile(seconds[:, column], [50, 95])
        print(f"| {words} | {median:.0f} | {high:.0f} |")


def trained(page: Page, address: str, file: Path) -> None:
    page.goto(f"{address}/shop?models={','.join(MODELS)}")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("tab", name="Data", exact=True).click()
    page.get_by_test_id("stMetric").first.wait_for()
    page.get_by_role("tab", name="Training").click()
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text(re.compile("is ahead|too close to call")).wait_for()
    page.get_by_role("tab", name="Training").click()
    page.get_by_text("This run is done").wait_for()  # no small study beside what is measured


def look(page: Page) -> None:
    """All four models beside each other."""
    page.get_by_role("tab", name="Customers").click()
    page.get_by_role("combobox", name=re.compile("Models")).click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="What if", exact=True).click()
    page.locator(".gn-whatif .gn-lists li").nth(5).wait_for()
    page.wait_for_timeout(2_000)
    page.evaluate(WATCH)


def change(page: Page, turn: int) -> tuple[float, float]:
    """A product is put in by the menu or from a list, or taken out -> ms to the change, and of it
    until the answer."""
    if turn % 3 == 0:
        page.get_by_role("combobox", name="Put in", exact=True).click()
        page.get_by_role("option").nth(turn % 7).click()
    else:
        page.locator(".gn-lists > div").nth(turn % 5).locator("button").nth(turn % 4).click()
    page.wait_for_timeout(600)  # a click that were answered later would count as too fast
    clicked, changed, asked = page.evaluate("() => [clicked, changed, asked]")
    if changed < clicked:
        raise TimeoutError("No list changed within 600 ms of a click.")
    return changed - clicked, asked
