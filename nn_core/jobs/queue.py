"""The queue: starts waiting runs, a bounded number at once, and says what became of each.

What waits is on disk, a file for each run in `queue/`, so it outlives the server. One thread of one
process, the one that holds `queue.lock`, starts and watches workers. Any other process (a second
server, a script) only writes files, and takes over when the holder ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from nn_core.jobs.folder import RunFolder, UnknownRunError
from nn_core.jobs.lock import hold
from nn_core.jobs.uploads import remove_unopened
from nn_core.jobs.worker import FOLLOW_SERVER, INTERRUPTED, NO_MEMORY

TICK = 0.1
WORKER = [sys.executable, "-m", "nn_core.jobs.worker"]
ROOT = Path(__file__).resolve().parents[2]


def waiting(home: Path) -> list[str]:
    """The ids of the runs that wait, the next one first."""
    folder = home / "queue"
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    return [name.split("-", 1)[1] for name in names]


def enqueue(home: Path, run: RunFolder) -> None:
    """At the end of the line."""
    run.cancel_mark.unlink(missing_ok=True)
    run.set_status("queued")
    (home / "queue").mkdir(parents=True, exist_ok=True)
    (home / "queue" / f"{time.time_ns():020d}-{run.id}").touch()


def leave(home: Path, run_id: str) -> bool:
    """Out of the line; False if it did not stand there any more."""
    for ticket in (home / "queue").glob(f"*-{run_id}"):
        try:
            ticket.unlink()
        except FileNotFoundError:
            return False
        return True
    return False


class Queue:
    """Runs workers of one home. `start` and `stop` belong to the server's life."""

    def __init__(self, home: Path, limit: int) -> None:
        self.home = home
        self.limit = limit
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._live, name="glassnet-queue", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Ends the workers; their runs are interrupted and can be resumed."""
        self.stopping.set()
        if self.thread.is_alive():
            self.thread.join(timeout=10)

    def _live(self) -> None:
        lock: IO[bytes] | None = None
        while lock is None and not self.stopping.is_set():
            lock = hold(self.home / "queue.lock")
            self.stopping.wait(0 if lock else 0.5)
        if lock is None:
            return
        self._mark_orphans()
        remove_unopened(self.home)
        while not self.stopping.wait(TICK):
            self._watch()
            self._start_waiting()
        for run_id, worker in self.workers.items():
            self._end(run_id, worker, "interrupted", INTERRUPTED)
        lock.close()

    def _mark_orphans(self) -> None:
        """Nobody held the lock, so what is still called running has lost its server."""
        for folder in (self.home / "runs").glob("*"):
            run = RunFolder(folder)
            if (folder / "status.json").exists() and run.status()["state"] == "running":
                run.set_status("interrupted", INTERRUPTED)

    def _watch(self) -> None:
        for run_id, worker in list(self.workers.items()):
            run = RunFolder(self.home / "runs" / run_id)
            if run.cancel_mark.exists():
                self._end(run_id, worker, "cancelled", "Cancelled.")
            elif worker.poll() is None:
                continue
            elif run.path.exists() and run.status()["state"] == "running":
                reason = why_it_died(worker.returncode, run.log)
                run.say({"event": "failed", "reason": reason})
                run.set_status("failed", reason)
            let_go(self.workers.pop(run_id))

    def _end(self, run_id: str, worker: subprocess.Popen[bytes], state: str, reason: str) -> None:
        """Kills a worker; a run that was done already in that moment stays done."""
        worker.kill()
        let_go(worker)
        run = RunFolder(self.home / "runs" / run_id)
        if run.status()["state"] in ("queued", "running"):
            run.say({"event": state, "reason": reason})
            run.set_status(state, reason)

    def _start_waiting(self) -> None:
        for run_id in waiting(self.home)[: max(0, self.limit - len(self.workers))]:
            if not leave(self.home, run_id):
                continue  # cancelled in this moment
            try:
                run = RunFolder.find(run_id)
            except UnknownRunError:
                continue  # deleted while it waited
            run.set_status("running")
            self.workers[run_id] = start_worker(run)


def start_worker(run: RunFolder) -> subprocess.Popen[bytes]:
    """A worker of its own session: Ctrl-C at the server's terminal is the server's to answer."""
    with run.log.open("ab") as log:
        return subprocess.Popen(
            [*WORKER, str(run.path.resolve())],
            cwd=ROOT,
            env={**os.environ, FOLLOW_SERVER: "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )


def let_go(worker: subprocess.Popen[bytes]) -> None:
    """Collects what the system keeps of an ended process."""
    if worker.stdin:
        worker.stdin.close()
    worker.wait()


def why_it_died(code: int, log: Path) -> str:
    """A sentence from an exit code, and from what the worker said last."""
    if code == -signal.SIGTERM:
        return "The worker was ended from outside (SIGTERM). Resume it to go on."
    if code < 0 and signal.Signals(-code).name == "SIGKILL":
        return (
            f"The worker was killed (SIGKILL), which systems do when memory is short. {NO_MEMORY}"
        )
    if code < 0:
        return (
            f"The worker crashed ({signal.Signals(-code).name}). Its log is {log.name} in the run."
        )
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    last = f": {said[-1]}" if said else "."
    return f"The worker ended without a result (exit code {code}){last}"
