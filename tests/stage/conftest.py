"""A real Chromium with the stage's modules in it, served as they lie."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page

STAGE = Path(__file__).parents[2] / "assets" / "stage"


class Modules(http.server.SimpleHTTPRequestHandler):
    """Serves the modules, and an empty page to import them into."""

    extensions_map: ClassVar = {  # pyright: ignore[reportIncompatibleVariableOverride]
        ".js": "text/javascript",
        ".css": "text/css",
        "": "text/html",
    }

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>stage</title><body></body>")
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture(scope="session")
def page(browser: Browser) -> Iterator[Page]:
    handler = functools.partial(Modules, directory=str(STAGE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        yield page
        page.close()
        server.shutdown()
