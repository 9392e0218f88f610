"""The trainers: a small pool of threads that gives every play its turn, fairly."""

import heapq
import itertools
import logging
import threading
import time

from nn_core.live.play import Play

# Pictures a second that a play is due: a viewer or two get the display's rate, a class 32.
FEW, RATE_FEW, RATE_MANY = 2, 60.0, 32.0
# The longest that one play may hold a trainer, in seconds.
SLICE = 0.008


class Trainers:
    """Turns come by due time, so that under load all plays slow down alike."""

    def __init__(self, threads: int = 1) -> None:
        """threads: NumPy's small steps hold the interpreter's lock, so that more than one does
        not help networks of this size."""
        self._due: list[tuple[float, int, Play]] = []
        self._counter = itertools.count()
        self._scheduled: dict[Play, int] = {}
        self._wake = threading.Condition()
        self._running = True
        self._threads = [
            threading.Thread(target=self._work, name=f"trainer-{i}", daemon=True)
            for i in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def wake(self, play: Play) -> None:
        """A message has come: the play's turn is now."""
        with self._wake:
            self._schedule(play, time.monotonic())
            self._wake.notify()

    def stop(self) -> None:
        """Ends the threads; turns under way are finished."""
        with self._wake:
            self._running = False
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout=2)

    def _schedule(self, play: Play, due: float) -> None:
        ticket = next(self._counter)
        self._scheduled[play] = ticket
        heapq.heappush(self._due, (due, ticket, play))

    def _next(self) -> Play | None:
        """Waits for the play whose turn is due; None when the pool stops."""
        with self._wake:
            while self._running:
                while self._due and self._scheduled.get(self._due[0][2]) != self._due[0][1]:
                    heapq.heappop(self._due)
                if not self._due:
                    self._wake.wait()
                    continue
                wait = self._due[0][0] - time.monotonic()
                if wait <= 0:
                    _, _, play = heapq.heappop(self._due)
                    del self._scheduled[play]
                    return play
                self._wake.wait(wait)
        return None

    def _work(self) -> None:
        while (play := self._next()) is not None:
            try:
                with play.lock:
                    few = len(self._scheduled) < FEW
                    period = 1 / (RATE_FEW if few else RATE_MANY)
                    due = play.turn(time.monotonic(), SLICE, period)
            except Exception:
                logging.getLogger(__name__).exception("A play failed and was ended.")
                play.send = None
                continue
            if due is not None or play.inbox:
                with self._wake:
                    if play not in self._scheduled:
                        self._schedule(play, time.monotonic() if play.inbox else due or 0.0)
