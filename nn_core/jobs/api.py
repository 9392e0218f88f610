"""What a page does with runs: submit, follow, cancel, resume, list, delete.

Status, events and result go by a run's id, which only its workspace and its links know (see
`shares`). To change a run, or to list runs, one must hold the key of its workspace.
"""

from __future__ import annotations

import atexit
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import RunFolder, UnknownRunError, write_atomically
from nn_core.jobs.home import home, workspace_folder, workspace_mark
from nn_core.jobs.owned import own_run
from nn_core.jobs.queue import Queue, enqueue, leave, waiting
from nn_core.jobs.shares import forget_shares

LONGEST_TITLE = 100

_queues: dict[Path, Queue] = {}
_starting = threading.Lock()


def start() -> None:
    """Begins to start waiting runs. `submit` does it too; a server that starts calls it for the
    runs that waited when it last stopped. GLASSNET_JOBS says how many run at once (1)."""
    with _starting:
        if home() not in _queues:
            queue = Queue(home(), max(1, int(os.environ.get("GLASSNET_JOBS", "1"))))
            _queues[home()] = queue
            queue.start()


def stop() -> None:
    """Ends the workers of this process; their runs are interrupted and can be resumed."""
    with _starting:
        for queue in _queues.values():
            queue.stop()
        _queues.clear()


atexit.register(stop)


def submit(workspace: str, spec: dict[str, Any], fill: Callable[[Path], None] | None = None) -> str:
    """A new run at the end of the line -> its id. `fill` writes input/, which the worker reads."""
    mark = workspace_mark(workspace)
    run = RunFolder.make({**spec, "workspace": mark, "created": round(time.time(), 3)})
    if fill:
        fill(run.input)
    (workspace_folder(workspace) / "runs" / run.id).touch()
    enqueue(home(), run)
    start()
    return run.id


def status(run_id: str) -> dict[str, Any]:
    """`state`, `reason`, `at`; for a waiting run also its `place` in the line, from 1."""
    now = RunFolder.find(run_id).status()
    if now["state"] == "queued":
        line = waiting(home())
        now["place"] = line.index(run_id) + 1 if run_id in line else 1
    return now


def events(run_id: str, since: int = 0) -> list[dict[str, Any]]:
    """The events from number `since` on: ask next time with `since + len(these)`."""
    return RunFolder.find(run_id).events(since)


def spec(run_id: str) -> dict[str, Any]:
    """What was asked for."""
    return RunFolder.find(run_id).spec()


def folder(run_id: str) -> Path:
    """The run's folder: `input/` as it was submitted, `result/` once it is done."""
    return RunFolder.find(run_id).path


def cancel(workspace: str, run_id: str) -> None:
    """Ends a run within two seconds; one that waits leaves the line at once."""
    run = own_run(workspace, run_id)
    if leave(home(), run_id):
        run.set_status("cancelled", "Cancelled.")
        run.say({"event": "cancelled", "reason": "Cancelled."})
    elif run.status()["state"] == "running":
        run.cancel_mark.touch()


def can_go_on(status: dict[str, Any]) -> bool:
    """Whether a run that stands so may come to another end when it is resumed."""
    return status["state"] in ("interrupted", "failed", "cancelled") and "final" not in status


def resume(workspace: str, run_id: str) -> None:
    """Back into the line, to go on from the last checkpoint; a run that is done stays done."""
    run = own_run(workspace, run_id)
    if can_go_on(run.status()):
        run.say({"event": "resumed"})
        enqueue(home(), run)
    start()


def list_runs(workspace: str) -> list[dict[str, Any]]:
    """Of this workspace, newest first: `id`, `created`, `kind`, `title`, and the status."""
    runs: list[dict[str, Any]] = []
    for name in os.listdir(workspace_folder(workspace) / "runs"):
        try:
            asked = spec(name)
            about = {key: asked.get(key, "") for key in ("created", "kind", "title")}
            runs.append({"id": name, **about, **status(name)})
        except (UnknownRunError, FileNotFoundError):
            continue  # deleted in this moment
    return sorted(runs, key=lambda run: -run["created"])


def rename(workspace: str, run_id: str, title: str) -> None:
    """Another title in one line; an empty one leaves the title as it is."""
    run, one_line = own_run(workspace, run_id), " ".join(title.split())[:LONGEST_TITLE]
    if one_line:
        write_atomically(run.path / "spec.json", run.spec() | {"title": one_line})


def again(workspace: str, run_id: str, order: dict[str, Any]) -> None:
    """Back into the line with an order beside what was asked for: the worker finds RUN/order.json,
    and takes it away when it has carried it out."""
    run = own_run(workspace, run_id)
    if run.status()["state"] in ("queued", "running"):
        raise PermissionError("This run is at work: wait until it has ended, or cancel it.")
    write_atomically(run.path / "order.json", order)
    run.say({"event": "again"})
    enqueue(home(), run)
    start()


def delete(workspace: str, run_id: str) -> None:
    """The run and everything in it: purchases, models, lists, tokens, and the links to it. One that
    is running is cancelled first."""
    run = own_run(workspace, run_id)
    cancel(workspace, run_id)
    start()
    patience = time.monotonic() + 5
    while run.status()["state"] == "running" and time.monotonic() < patience:
        time.sleep(0.05)
    (workspace_folder(workspace) / "runs" / run_id).unlink(missing_ok=True)
    forget_shares(run)
    shutil.rmtree(run.path)
