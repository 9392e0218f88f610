"""The shop in a real Chromium: a file in, a network trained, recommendations out as a CSV."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from nn_core.recommender.data.synthetic import planted_shop
from tests.browser.audit import COLOURS, audit
from tests.browser.shop_inside import look_inside
from tests.browser.shop_views import audit_every_view

pytestmark = pytest.mark.browser
SLOW = 120_000  # ms; a worker starts TensorFlow and trains
NASTY = ("<script>alert(1)</script>", '=HYPERLINK("x")')


def shop_csv() -> tuple[bytes, dict[str, int], dict[str, int]]:
    """A planted shop with two product names that must stay text, as a CSV with semicolons."""
    shop = planted_shop(customers=90, groups=3, products_per_group=40, baskets=8)
    names = sorted(shop.frame["product"].unique())
    frame = shop.frame
    for product, name in zip(names, NASTY):
        frame.loc[frame["product"] == product, "name"] = name
    text = frame.to_csv(index=False, sep=";")
    return text.encode("utf-8"), shop.customer_group, shop.product_group


def upload(page: Page, data: bytes, name: str = "my shop.csv") -> None:
    files = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.set_input_files("input[type=file]", files=[files])  # pyright: ignore[reportArgumentType]


def epochs(page: Page, count: str) -> None:
    page.get_by_text("The network of the course").click()
    page.get_by_label("Epochs", exact=True).fill(count)


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_upload_train_look_and_take_home(
    server: str, page: Page, browser: Browser, tmp_path: Path
) -> None:
    data, customer_group, product_group = shop_csv()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(f"{server}/shop")
    upload(page, data)
    expect(page.get_by_test_id("stMetric").first).to_contain_text("2,160")
    audit(page)

    open_tab(page, "Training")
    epochs(page, "6")
    audit(page)
    page.get_by_role("button", name="Train").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    expect(page.get_by_test_id("stProgress")).to_be_visible()

    page.reload()  # the run goes on without its page
    winner = page.get_by_text(re.compile("is ahead|too close to call"))
    expect(winner).to_be_visible(timeout=SLOW)
    audit(page)
    page.emulate_media(color_scheme="dark")
    audit(page, options=COLOURS)
    page.get_by_test_id("stDataFrame").first.hover()  # its own download would escape no formulas
    expect(page.get_by_role("button", name="Show/hide columns").first).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)

    look_at_a_customer(page)
    open_tab(page, "Use it")
    audit(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Recommendations for all customers").click()
    rows = list(csv.DictReader(saved(download.value, tmp_path)))
    assert list(rows[0]) == ["customer", "product", "name", "rank", "score"]
    right = [customer_group[row["customer"]] == product_group[row["product"]] for row in rows]
    assert sum(right) / len(right) > 0.8  # a list at random would hold a third
    written = {row["name"] for row in rows}
    assert NASTY[0] in written
    assert "'" + NASTY[1] in written
    assert not dialogs

    rename_and_delete(page)
    open_tab(page, "Use it")
    page.get_by_text("Link", exact=True).click()
    page.get_by_label("For whom").fill("Ada")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_text(re.compile(r"shared=[\w-]{32}"))
    linked = browser.new_page()  # nobody's workspace, only the link
    linked.goto(link.inner_text())
    expect(linked.get_by_text(re.compile("is ahead|too close to call"))).to_be_visible()
    expect(linked.locator("input[type=file]")).to_have_count(0)
    expect(linked.get_by_role("tab")).to_have_count(3)
    linked.close()


def look_at_a_customer(page: Page) -> None:
    """A nasty name put into the basket, a neuron by keyboard; then every view, dark and light."""
    open_tab(page, "Customers")
    lists = page.locator(".gn-lists")
    expect(lists.locator("ol")).to_have_count(4)
    page.get_by_text("Before the cut, with hits").click()
    expect(lists.get_by_text("Really bought after the cut")).to_be_visible()
    page.get_by_role("tab", name="What if", exact=True).click()
    page.get_by_role("combobox", name="Put in").fill(NASTY[0])
    page.keyboard.press("Enter")
    expect(lists.locator(".mark", has_text="put in")).to_have_count(1)
    expect(lists.get_by_text(NASTY[0]).first).to_be_visible()
    expect(lists.locator(".mark", has_text=re.compile("up|new")).first).to_be_visible()
    lists.get_by_role("button", name=f"Take out {NASTY[0]}").click()
    expect(lists.locator(".mark")).to_have_count(0)
    lists.get_by_role("button", name=re.compile("^Take out")).first.click()
    expect(lists.locator(".out .mark")).to_have_text("taken out")
    page.get_by_role("button", name="As it was").click()
    expect(lists.locator(".out")).to_have_count(0)
    look_inside(page)
    audit_every_view(page)


def rename_and_delete(page: Page) -> None:
    """What was renamed is still chosen, so that the next press is of that run."""
    open_tab(page, "Runs")
    page.get_by_role("combobox", name="Choose runs").click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_label("Title", exact=True).fill("Tea house")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("button", name=re.compile("Tea house"))).not_to_have_count(0)
    page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Tea house")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def saved(download: object, folder: Path) -> list[str]:
    path = folder / "recommendations.csv"
    download.save_as(path)  # pyright: ignore[reportAttributeAccessIssue]
    return path.read_text(encoding="utf-8").splitlines()


def test_a_training_can_be_cancelled(server: str, page: Page) -> None:
    page.goto(f"{server}/shop")
    upload(page, shop_csv()[0])
    expect(page.get_by_test_id("stMetric").first).to_contain_text("2,160")
    open_tab(page, "Training")
    epochs(page, "5000")
    page.get_by_role("button", name="Train").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Cancelled")


def test_a_picture_is_refused_in_a_sentence(server: str, page: Page) -> None:
    page.goto(f"{server}/shop")
    upload(page, b"\x89PNG\r\n\x1a\n" + bytes(64), "photo.csv")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("photo.csv is a PNG picture, not a CSV")
    expect(page.get_by_text("Traceback")).to_have_count(0)
