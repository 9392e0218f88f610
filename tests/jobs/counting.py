"""A job for tests: counts slowly, keeps a checkpoint, and comes to an end in any way asked for.

`python -m tests.jobs.counting RUN_DIR` is the real worker with this one kind added.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from nn_core.jobs import worker
from nn_core.jobs.folder import RunFolder
from nn_core.recommender.errors import ShopDataError


def carry_out(run: RunFolder, say: Callable[[dict[str, Any]], None]) -> None:
    spec = run.spec()
    checkpoint = run.result / "checkpoint.json"
    begun = json.loads(checkpoint.read_text()) if checkpoint.exists() else 0
    for number in range(begun + 1, spec["to"] + 1):
        time.sleep(0.02)
        say({"event": "count", "number": number})
        checkpoint.write_text(json.dumps(number))
    ends: dict[str, Callable[[], object]] = {
        "die": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "memory": lambda: (_ for _ in ()).throw(MemoryError()),
        "wrong": lambda: (_ for _ in ()).throw(ShopDataError("The column is missing.")),
        "bug": lambda: 1 / 0,
        "exit": lambda: os._exit(7),
    }
    if spec.get("end"):
        ends[spec["end"]]()


if __name__ == "__main__":
    worker.KINDS["count"] = "tests.jobs.counting"
    sys.exit(worker.main(sys.argv[1]))
