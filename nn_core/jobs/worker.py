"""The worker: carries out one run in a process of its own. `python -m nn_core.jobs.worker RUN_DIR`.

The server may import neither Keras nor anything that can take the memory of all; this process may,
and when it dies, only this run does.
"""

import importlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import RunFolder

KINDS = {"shop": "nn_core.recommender.job"}
"""What a run can be -> the module whose `carry_out(run, say)` does it. Imported when needed."""

FOLLOW_SERVER = "GLASSNET_FOLLOW_SERVER"
"""Set by the queue: stdin is a pipe from the server, and ends when the server does."""

NO_MEMORY = (
    "The worker ran out of memory. Choose fewer products with a higher number of buyers each, or a "
    "smaller network, or run it on a machine with more memory."
)


def main(folder: str) -> int:
    run = RunFolder(Path(folder))
    if os.environ.get(FOLLOW_SERVER):
        threading.Thread(target=end_with_server, args=[run], daemon=True).start()
    run.set_status("running")
    try:
        kind = run.spec()["kind"]
        if kind not in KINDS:
            return fail(run, f"There is no job of the kind '{kind}', only: {', '.join(KINDS)}.")
        importlib.import_module(KINDS[kind]).carry_out(run, paced(run.say))
    except MemoryError:
        return fail(run, NO_MEMORY)
    except Exception as error:
        # A kind of ValueError of our own is a sentence for the person who asked for the run.
        ours = isinstance(error, ValueError) and type(error).__module__.startswith("nn_core")
        return fail(run, str(error) if ours else f"The worker failed: {error!r}", final=ours)
    run.say({"event": "done"})
    run.set_status("done")
    return 0


def fail(run: RunFolder, reason: str, final: bool = False) -> int:
    """The reason is for the page, the traceback for worker.log. Who sees the status finds the event
    there already. final: what was asked for cannot be done, however often it is tried."""
    traceback.print_exc()
    run.say({"event": "failed", "reason": reason})
    run.set_status("failed", reason, final)
    return 1


def end_with_server(run: RunFolder) -> None:
    """Waits until the server is gone, however it went; then this run is interrupted."""
    while sys.stdin.buffer.read(1):
        pass
    run.set_status("interrupted", INTERRUPTED)
    os._exit(3)


INTERRUPTED = "The server stopped while this ran. Resume it to go on from its last checkpoint."


def paced(say: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """Lets at most five events a second of one batch after the other through; all others pass."""
    last = 0.0

    def spoken(event: dict[str, Any]) -> None:
        nonlocal last
        now = time.monotonic()
        if "batch" in event and now - last < 0.2:
            return
        last = now
        say(event)

    return spoken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
