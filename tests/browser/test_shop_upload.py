"""The control for large files, with a small one: progress, arrival, and what refuses it says."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from nn_core.jobs.receiving import LIMIT
from tests.browser.audit import COLOURS, audit
from tests.browser.lab import rest

pytestmark = pytest.mark.browser
ROWS = 30_000
DATA = "customer,product,note\n" + "".join(f"c{n % 700},p{n % 91},{n:0>20}\n" for n in range(ROWS))
ONE_SECOND = {
    "offline": False,
    "latency": 0,
    "downloadThroughput": -1,
    "uploadThroughput": len(DATA),
}


@pytest.fixture
def control(server: str, page: Page) -> Locator:
    """The open expander with the control in it."""
    page.goto(f"{server}/shop")
    page.get_by_text("A large file").click()
    control = page.get_by_test_id("stExpander").filter(has_text="A large file")
    expect(control.get_by_text("A file of up to 1,000 MB")).to_be_visible()
    return control


def test_a_file_streams_with_a_bar_and_is_then_read(page: Page, control: Locator) -> None:
    """Chosen by the keyboard alone: the field is reached by Tab and opened by Enter."""
    slow = page.context.new_cdp_session(page)
    slow.send("Network.emulateNetworkConditions", ONE_SECOND)
    audit(page)
    rest(page)  # what is drawn anew loses the focus
    control.locator("summary").focus()
    page.keyboard.press("Tab")
    expect(control.locator("input[type=file]")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    data = DATA.encode()
    chooser.value.set_files({"name": "a year.csv", "mimeType": "text/csv", "buffer": data})
    expect(control.get_by_label("Share of the file that has arrived")).to_be_visible()
    expect(control.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_test_id("stMetric").first).to_contain_text(f"{ROWS:,}")
    expect(control.get_by_role("button", name="Stop")).to_be_hidden()


def test_a_file_can_be_stopped_on_its_way(page: Page, control: Locator) -> None:
    slow = page.context.new_cdp_session(page)
    slow.send("Network.emulateNetworkConditions", ONE_SECOND | {"uploadThroughput": 20_000})
    choose(control, DATA.encode())
    control.get_by_role("button", name="Stop").click()
    expect(control.get_by_text("Stopped; nothing was kept.")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)


def test_a_wrong_key_and_too_large_a_file_are_refused_in_a_sentence(
    page: Page, control: Locator, tmp_path: Path
) -> None:
    large = tmp_path / "ten years.csv"
    with large.open("wb") as file:
        file.truncate(LIMIT + 1_000_000)  # of which the disk keeps nothing
    control.locator("input[type=file]").set_input_files(large)
    refusal = control.get_by_text("ten years.csv has 1,001 MB and may have 1,000 MB.")
    expect(refusal).to_be_visible()

    def with_another_key(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"x-glassnet-workspace": "x" * 32})

    page.route("**/uploads?*", with_another_key)
    choose(control, DATA.encode())
    expect(control.get_by_text("There is no such workspace: open the shop's page")).to_be_visible()
    page.unroute("**/uploads?*")
    page.route("**/uploads?*", lambda route: route.fulfill(status=502, body="<html>"))
    choose(control, DATA.encode())
    expect(control.get_by_text("The server refused the file (502)")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    audit(page, options=COLOURS)


def choose(control: Locator, data: bytes) -> None:
    control.locator("input[type=file]").set_input_files(
        {"name": "a year.csv", "mimeType": "text/csv", "buffer": data}
    )
