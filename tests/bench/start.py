"""`python -m tests.bench.start`: from the command to a painted home page, and memory."""

import shutil
import time

import psutil
from playwright.sync_api import sync_playwright

from tests.application import FLAGS, running_app

ROUNDS = 5


def main() -> None:
    seconds: list[float] = []
    memory: list[float] = []
    with sync_playwright() as playwright:
        # The browser is open already, as a person's is.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for _ in range(ROUNDS):
            start = time.perf_counter()
            with running_app() as (process, address):
                page = browser.new_page(viewport={"width": 1280, "height": 720})
                page.goto(address)
                page.get_by_role("heading", level=1).wait_for()
                seconds.append(time.perf_counter() - start)
                memory.append(psutil.Process(process.pid).memory_info().rss / 1e6)
                page.close()
        browser.close()
    print(f"start to painted home page: {min(seconds):.1f} to {max(seconds):.1f} s")
    print(f"server memory: {max(memory):.0f} MB")


if __name__ == "__main__":
    main()
