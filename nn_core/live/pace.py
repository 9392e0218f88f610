"""Pace: how many updates a play makes in a turn, at the speed that its viewer chose."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from nn_core.live.settings import Speed
from nn_core.live.walk import Walk

if TYPE_CHECKING:
    from nn_core.live.play import Play

# One operation of slow motion stands this long, in seconds.
OPERATION_TIME = 1.25


class Pace:
    """When a play moved last, and how many updates it owes since then."""

    def __init__(self) -> None:
        self._owed = self._moved = 0.0

    def start(self, now: float) -> None:
        """From now on it moves."""
        self._moved, self._owed = now, 0.0

    def forget(self) -> None:
        """Another speed: what the old one owes is not made up for."""
        self._owed = 0.0

    def wait(self, speed: Speed, now: float) -> float:
        """Seconds until something is due again at that speed."""
        if speed == "max":
            return 0.0
        if speed == "slow":
            return self._moved + OPERATION_TIME - now
        return (1 - self._owed) / float(speed)

    def advance(self, play: Play, now: float, slice_s: float, period: float) -> bool:
        """Trains what is due since the last turn -> whether anything moved."""
        play.note = None
        if play.settings.speed == "slow":
            return self._show_operation(play, now)
        rate = math.inf if play.settings.speed == "max" else float(play.settings.speed)
        # After a pause of its own a play does not catch up with what it has missed.
        passed = min(now - self._moved, max(0.25, 1 / rate))
        self._moved = now
        self._owed = 0.0 if rate == math.inf else min(self._owed + passed * rate, 20 * rate)
        done = self._train(play, rate, time.monotonic() + min(slice_s, period))
        if rate != math.inf and self._owed >= 1 and not play.run.stopped:
            rest, self._owed = self._owed, 0.0
            per_second = done / (done + rest) * rate
            play.note = f"The server is busy: about {per_second:.0f} of {rate:.0f} updates a second"
        return done > 0

    def _show_operation(self, play: Play, now: float) -> bool:
        """The next operation of slow motion, once the one before has stood long enough."""
        if now - self._moved < OPERATION_TIME and play.walk:
            return False
        self._moved = now
        play.walk_on(Walk)
        return True

    def _train(self, play: Play, rate: float, until: float) -> int:
        """What is owed, until the slice is over -> how many updates it was."""
        done = 0
        while (rate == math.inf or self._owed >= 1) and not play.run.stopped:
            play.train()
            self._owed -= 0.0 if rate == math.inf else 1.0
            done += 1
            if time.monotonic() > until:
                break
        return done
