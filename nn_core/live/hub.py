"""The hub: which plays there are, by their tokens."""

import functools
import secrets
import threading
import time
from dataclasses import replace

from nn_core.live.play import Play
from nn_core.live.run import Script
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from nn_core.live.trainers import Trainers

# A play ends so many seconds after its page went.
LINGER = 60.0
# More plays than a small server can hold are refused.
MOST = 500


class Hub:
    """Opens plays, finds them for their sockets, and ends those that nobody watches."""

    def __init__(self) -> None:
        self.trainers = Trainers()
        self._plays: dict[str, Play] = {}
        self._lock = threading.Lock()

    def open(
        self,
        spec: Spec,
        settings: Settings,
        replaces: str | None = None,
        script: Script | None = None,
    ) -> str:
        """A new play -> its unguessable token. Raises ValueError if spec or script do not hold.

        The play it replaces ends, and what its viewer had set by hand goes over to the new one.
        """
        old = self.find(replaces) if replaces else None
        if old is not None:
            settings = carried(old, spec, settings)
            if old.spec.made.keys() == spec.made.keys():
                spec = spec.remade(old.spec.made)
        play = Play(spec, settings, script)
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sweep()
            if replaces:
                self._plays.pop(replaces, None)
            if len(self._plays) >= MOST:
                raise ValueError(f"All {MOST} places of this server are taken; try again later.")
            self._plays[token] = play
        return token

    def find(self, token: str) -> Play | None:
        """The play of that token, unless it has ended."""
        with self._lock:
            self._sweep()
            return self._plays.get(token)

    def close(self, token: str) -> None:
        """Ends a play that no page shows any more."""
        with self._lock:
            self._plays.pop(token, None)

    def _sweep(self) -> None:
        now = time.monotonic()
        gone = [
            token
            for token, play in self._plays.items()
            if play.send is None and now - play.seen > LINGER
        ]
        for token in gone:
            del self._plays[token]


@functools.cache
def the_hub() -> Hub:
    """The one hub of this server."""
    return Hub()


def carried(old: Play, spec: Spec, fresh: Settings) -> Settings:
    """The old play's settings, as far as they fit the new one's layers; another kind of data
    begins with its own."""
    if old.spec.scene != spec.scene:
        return fresh
    if not spec.carries_activations:
        kept = replace(old.settings, activations=fresh.activations)
        return replace(kept, sample=None, sample_set="train")
    kept = old.settings.activations[: len(fresh.activations)]
    activations = (*kept, *fresh.activations[len(kept) :])
    return replace(old.settings, activations=activations, sample=None, sample_set="train")
