"""A real app, started once and visited by every browser test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.application import running_app

# What is waited for comes at once on a quiet machine; a busy one may take its time.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The app's address."""
    with running_app() as (_, address):
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window of a projector's size; an error in the browser's console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors
