"""A real app, started once and visited by every browser test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.application import running_app

# What is waited for comes at once on a quiet machine; a busy one may take its time.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The app's address."""
    with running_app() as (_, address):
        yield address


@pytest.fixture
def page(profile: BrowserContext, server: str) -> Iterator[Page]:
    """A new window of a projector's size that remembers nothing; an error in the browser's console
    fails the test, and so does a question to any other server."""
    page = profile.new_page()
    forget = {"origin": server, "storageTypes": "all"}
    profile.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    own = ("data:", "blob:", server, server.replace("http", "ws", 1))

    def seen(request: Request) -> None:
        if not request.url.startswith(own):
            errors.append(f"asked for {request.url}")

    page.on("request", seen)
    yield page
    page.close()
    profile.clear_permissions()
    assert not errors
