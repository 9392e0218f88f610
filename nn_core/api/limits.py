"""How often one may ask: a bucket of tokens for each caller, refilled at a steady rate."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

RATE = 10.0
"""Requests a second that one token may send for as long as it likes."""
BURST = 40
"""Requests at once, after a rest."""
WRONG_RATE, WRONG_BURST = 0.5, 20
"""Requests without a right token, from one address."""
CALLERS = 10_000


class Limiter:
    """A bucket holds `burst` drops and gains `rate` of them a second; a request takes one."""

    def __init__(self, rate: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.burst = burst
        self.now = now
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # drops, as of when
        self.lock = threading.Lock()

    def wait(self, caller: str) -> int:
        """0 if the caller may go on, else after how many whole seconds."""
        with self.lock:
            now = self.now()
            drops, then = self.buckets.pop(caller, (float(self.burst), now))
            drops = min(self.burst, drops + (now - then) * self.rate)
            admitted = drops >= 1
            self.buckets[caller] = (drops - 1 if admitted else drops, now)
            while len(self.buckets) > CALLERS:
                self.buckets.popitem(last=False)
        return 0 if admitted else max(1, math.ceil((1 - drops) / self.rate))
