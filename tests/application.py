"""The app as people start it, in a process of its own, and the browser that visits it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running_app() -> Generator[tuple[subprocess.Popen[bytes], str]]:
    """`streamlit run app.py` on a free port with a home of its own -> its process and address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"GLASSNET_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_healthy(f"{address}/_stcore/health", process)
            yield process, address
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers. Raises TimeoutError after half a minute."""
    for _ in range(300):
        if process.poll() is not None:
            raise ChildProcessError("The server ended while it started.")
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310  our own
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server did not answer within 30 s.")
