"""A home of its own for each test, with the real queue in front of a worker that can also count."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nn_core import jobs
from nn_core.jobs import queue

Wait = Callable[..., dict[str, Any]]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GLASSNET_JOBS", "1")
    monkeypatch.setattr(queue, "WORKER", [sys.executable, "-m", "tests.jobs.counting"])
    yield jobs.new_workspace()
    jobs.stop()


@pytest.fixture
def wait() -> Wait:
    def until(run_id: str, *states: str, seconds: float = 60) -> dict[str, Any]:
        patience = time.monotonic() + seconds
        while time.monotonic() < patience:
            status = jobs.status(run_id)
            if status["state"] in states:
                return status
            time.sleep(0.02)
        raise AssertionError(f"{jobs.status(run_id)} after {seconds} s, expected {states}")

    return until
