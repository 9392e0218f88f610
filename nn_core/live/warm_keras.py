"""The server's line to Keras: one worker process, started by the first question it gets."""

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

from nn_core.arrays import Array
from nn_core.live.frames import decode, encode
from nn_core.live.keras_worker import Message, read, write

COMMAND = (sys.executable, "-m", "nn_core.live.keras_worker")
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
}
# A worker that nobody asks for so many seconds ends, and gives its 600 MB back.
IDLE = 300.0
# One that does not answer for so many seconds is taken for hung.
PATIENCE = 120.0
# Answers that are kept: clicks on several weights at one moment cost one run.
KEPT = 16


class WarmKeras:
    """Asks the worker one thing at a time. A worker that dies is started again, once a question."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        idle: float = IDLE,
        patience: float = PATIENCE,
    ) -> None:
        self.command, self.idle, self.patience = tuple(command), idle, patience
        self.worker: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None
        self._answers: OrderedDict[bytes, Message] = OrderedDict()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._used = 0.0
        self._stopped = False

    @property
    def warm(self) -> bool:
        """Whether the worker runs and has answered before."""
        return self.worker is not None and self._timer is not None

    def ask(self, request: Mapping[str, Any], arrays: Mapping[str, Array]) -> Message:
        """-> the worker's header and arrays. Raises ValueError with a sentence if there are none.

        Waits for the answer, and while Keras starts.
        """
        frame = encode(request, arrays)
        key = hashlib.blake2b(frame).digest()
        with self._lock:
            if key not in self._answers:
                self._answers[key] = self._answer(frame)
                if len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
            return self._answers[key]

    def stop(self) -> None:
        """Ends the worker for good: the server stops."""
        self._stopped = True
        if self.worker is not None:
            self.worker.kill()
        with self._lock:
            self._end()

    def _answer(self, frame: bytes) -> Message:
        why = ""
        for _ in range(2):
            if self._stopped:
                raise ValueError("The server stops, and Keras with it.")
            try:
                answer = decode(self._exchange(frame))
            except (OSError, EOFError):
                why = self._last_words()
                self._end()
                continue
            self._rest()
            if "error" in answer[0]:
                raise ValueError(f"Keras could not compute this: {answer[0]['error']}")
            return answer
        raise ValueError(f"Keras cannot answer: its process ended{why}.")

    def _exchange(self, frame: bytes) -> bytes:
        """Raises OSError or EOFError if the worker is gone, or is killed because it hangs."""
        worker = self.worker = self.worker or self._start()
        if worker.stdin is None or worker.stdout is None:
            raise EOFError
        hung = threading.Timer(self.patience, worker.kill)
        hung.daemon = True
        hung.start()
        try:
            write(worker.stdin, frame)
            answer = read(worker.stdout)
        finally:
            hung.cancel()
        if answer is None:
            raise EOFError
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        """In a session of its own: Ctrl-C at the server's terminal is the server's to answer."""
        self._log = tempfile.TemporaryFile()
        return subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )

    def _rest(self) -> None:
        """Ends the worker when nobody has asked it anything for a while."""
        self._used = time.monotonic()
        if self._timer is None:
            self._timer = threading.Timer(self.idle, self._doze)
            self._timer.daemon = True
            self._timer.start()

    def _doze(self) -> None:
        with self._lock:
            self._timer = None
            left = self._used + self.idle - time.monotonic()
            if self.worker is None:
                return
            if left <= 0:
                self._end()
                return
            self._timer = threading.Timer(left, self._doze)
            self._timer.daemon = True
            self._timer.start()

    def _end(self) -> None:
        worker, self.worker = self.worker, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if worker is not None:
            worker.kill()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    close(pipe)
            worker.wait()
        if self._log is not None:
            self._log.close()
            self._log = None

    def _last_words(self) -> str:
        if self._log is None:
            return ""
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip().splitlines()
        return f" ({said[-1][:200]})" if said else ""


def close(pipe: IO[bytes]) -> None:
    """Closes a pipe whose other end may be gone."""
    try:
        pipe.close()
    except OSError:
        pass


@cache
def the_keras() -> WarmKeras:
    """The one worker of this server."""
    return WarmKeras()
