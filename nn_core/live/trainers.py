"""The trainers: they give every play its turn, fairly, and the big ones a thread."""

import asyncio
import heapq
import itertools
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from nn_core.live.play import Play

# Pictures a second that a play is due: a viewer or two get a little more than a display shows, so
# that every picture of it is a new one; a class gets 32.
FEW, RATE_FEW, RATE_MANY = 2, 66.0, 32.0
# Pictures of a class may take this many bytes a second together; none gets less than this rate.
BYTES, RATE_LEAST = 24e6, 10.0
# The longest that one play may train between two pictures, in seconds; all of them together take
# this share of the time at most, so that under load a class sees fewer updates, not fewer pictures.
SLICE = 0.008
SHARE = 0.6
# Turns that take longer than this go to a thread, so that the server's other work does not wait.
INLINE = 0.004
THREADS = 2


class Trainers:
    """Turns come by due time, so that under load all plays slow down alike.

    Short turns run on the server's event loop itself: a thread would have to hand the interpreter's
    lock over and back around every product of small matrices, which took a class of thirty more
    time than their training. All methods belong to the event loop.
    """

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Play]] = []
        self._counter = itertools.count()
        self._scheduled: dict[Play, int] = {}
        self._cost: dict[Play, float] = {}
        self._busy: set[Play] = set()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="trainer")
        self._timer: asyncio.TimerHandle | None = None

    def wake(self, play: Play) -> None:
        """A message has come: the play's turn is now."""
        if play not in self._busy:
            self._schedule(play, time.monotonic())

    def forget(self, play: Play) -> None:
        """Its viewer has gone."""
        self._scheduled.pop(play, None)
        self._cost.pop(play, None)

    def stop(self) -> None:
        """No more turns; those under way are finished."""
        self._scheduled.clear()
        self._threads.shutdown()

    def _schedule(self, play: Play, due: float) -> None:
        ticket = next(self._counter)
        self._scheduled[play] = ticket
        heapq.heappush(self._due, (due, ticket, play))
        self._set_timer()

    def _set_timer(self) -> None:
        """Calls `_next` when the earliest turn is due."""
        while self._due and self._scheduled.get(self._due[0][2]) != self._due[0][1]:
            heapq.heappop(self._due)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._due:
            wait = max(0.0, self._due[0][0] - time.monotonic())
            self._timer = asyncio.get_running_loop().call_later(wait, self._next)

    def _next(self) -> None:
        """One turn; sockets are served before the next one."""
        self._timer = None
        _, ticket, play = heapq.heappop(self._due)
        if self._scheduled.get(play) == ticket:
            del self._scheduled[play]
            if self._cost.get(play, 0.0) > INLINE:
                self._busy.add(play)
                turn = asyncio.get_running_loop().run_in_executor(self._threads, self._turn, play)
                turn.add_done_callback(lambda done: self._done(play, done.result()))
            else:
                self._again(play, self._turn(play))
        self._set_timer()

    def _turn(self, play: Play) -> float | None:
        # Of the processor: waiting for the interpreter's lock must not keep a turn in its thread.
        start, worked = time.monotonic(), time.thread_time()
        others = len(self._scheduled) + len(self._busy)
        play.crowd = others + 1
        period = 1 / (RATE_FEW if others < FEW else RATE_MANY)
        period = max(period, min(1 / RATE_LEAST, play.size * (others + 1) / BYTES))
        try:
            return play.turn(start, min(SLICE, SHARE * period / (others + 1)), period)
        except Exception:
            logging.getLogger(__name__).exception("A play failed and was ended.")
            play.send = None
            return None
        finally:
            self._cost[play] = time.thread_time() - worked

    def _done(self, play: Play, due: float | None) -> None:
        self._busy.discard(play)
        self._again(play, due)
        self._set_timer()

    def _again(self, play: Play, due: float | None) -> None:
        if play.inbox:
            self._schedule(play, time.monotonic())
        elif due is not None:
            self._schedule(play, due)
