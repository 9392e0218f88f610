"""`python -m tests.bench.start`: from the command to a painted home page, and memory."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, free_port, wait_until_healthy

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def main() -> None:
    seconds: list[float] = []
    memory: list[float] = []
    with sync_playwright() as playwright:
        # The browser is open already, as a person's is.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for _ in range(ROUNDS):
            port = free_port()
            command = [sys.executable, "-m", "streamlit", "run", "app.py"]
            command += ["--server.port", str(port), "--server.headless", "true"]
            environment = os.environ | {"GLASSNET_HOME": tempfile.mkdtemp()}
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
            )
            wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"http://127.0.0.1:{port}")
            page.get_by_role("heading", level=1).wait_for()
            seconds.append(time.perf_counter() - start)
            memory.append(psutil.Process(process.pid).memory_info().rss / 1e6)
            page.close()
            process.terminate()
            process.wait()
        browser.close()
    print(f"start to painted home page: {min(seconds):.1f} to {max(seconds):.1f} s")
    print(f"server memory: {max(memory):.0f} MB")


if __name__ == "__main__":
    main()
