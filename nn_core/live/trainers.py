"""The trainers: they give every play its turn, fairly, and the big ones a thread."""

import asyncio
import heapq
import itertools
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from nn_core.live.play import LATE, Play

# Pictures a second that a play is due: a viewer or two get a little more than a display shows, so
# that every picture of it is a new one; a class gets 32.
FEW, RATE_FEW, RATE_MANY = 2, 66.0, 32.0
# Pictures of a class may take this many bytes a second together; none gets less than this rate.
BYTES, RATE_LEAST = 24e6, 10.0
# The longest that one play may train between two pictures, in seconds; all of them together take
# this share of the time at most. While turns come so late that pictures become fewer it falls, and
# else it rises: under load a class sees fewer updates before it sees fewer pictures.
SLICE = 0.008
SHARE, LEAST_SHARE = 0.6, 0.15
FALL, RISE = 0.95, 1.02
# Turns that take longer than this go to a thread, and shorter ones follow each other for so long,
# so that the server's other work does not wait.
INLINE = 0.004
THREADS = 2


class Share:
    """The part of the time that all plays may train in."""

    def __init__(self) -> None:
        self.now = SHARE

    def after(self, late: float) -> float:
        """Falls for a turn that came so many periods late, and else rises."""
        self.now = min(SHARE, max(LEAST_SHARE, self.now * (FALL if late > LATE else RISE)))
        return self.now


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
        self._share = Share()

    def wake(self, play: Play) -> None:
        """A message has come: the play's turn is now."""
        if play not in self._busy:
            self._schedule(play, time.monotonic())
            self._set_timer()

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

    def _set_timer(self) -> None:
        """Calls `_next` when the earliest turn is due; too early does no harm."""
        while self._due and self._scheduled.get(self._due[0][2]) != self._due[0][1]:
            heapq.heappop(self._due)
        if not self._due or (self._timer is not None and self._timer.when() <= self._due[0][0]):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(self._due[0][0], self._next)

    def _next(self) -> None:
        """The turns that are due, for a moment; sockets are served before the others."""
        self._timer = None
        begun = now = time.monotonic()
        while self._due and self._due[0][0] <= now < begun + INLINE:
            due, ticket, play = heapq.heappop(self._due)
            if self._scheduled.get(play) == ticket:
                del self._scheduled[play]
                self._take_turn(play, due)
                now = time.monotonic()
        self._set_timer()

    def _take_turn(self, play: Play, due: float) -> None:
        if self._cost.get(play, 0.0) <= INLINE:
            self._again(play, self._turn(play, due))
            return
        self._busy.add(play)
        turn = asyncio.get_running_loop().run_in_executor(self._threads, self._turn, play, due)
        turn.add_done_callback(lambda done: self._done(play, done.result()))

    def _turn(self, play: Play, due: float) -> float | None:
        # Of the processor: waiting for the interpreter's lock must not keep a turn in its thread.
        start, worked = time.monotonic(), time.thread_time()
        others = len(self._scheduled) + len(self._busy)
        play.crowd = others + 1
        period = 1 / (RATE_FEW if others < FEW else RATE_MANY)
        period = max(period, min(1 / RATE_LEAST, play.size * (others + 1) / BYTES))
        share = self._share.after((start - due) / period)
        try:
            return play.turn(start, min(SLICE, share * period / (others + 1)), period)
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
        # What came while the turn was under way, an acknowledgement too, has not woken it.
        if play.inbox or (due is None and play.moving):
            self._schedule(play, time.monotonic())
        elif due is not None:
            self._schedule(play, due)
