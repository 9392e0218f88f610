"""A viewer without a browser, in a time of its own."""

import time
from typing import Any

from nn_core.arrays import Array
from nn_core.live.frames import decode
from nn_core.live.play import Play
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec


class Viewer:
    """Sends messages and keeps the frames, as a browser would."""

    def __init__(self, spec: Spec, settings: Settings | None = None) -> None:
        self.play = Play(spec, settings or spec.start)
        self.frames: list[tuple[dict[str, Any], dict[str, Array]]] = []
        self.play.send = lambda data: self.frames.append(decode(data))
        self.now = 100.0
        self.say(type="hello")

    def say(self, **message: Any) -> tuple[dict[str, Any], dict[str, Array]]:
        self.play.post(message)
        self.wait(0)
        return self.frames[-1]

    def ask(self, what: str, **fields: Any) -> tuple[dict[str, Any], dict[str, Array]]:
        """Asks, and waits for the answer."""
        self.say(type="ask", what=what, id=7, **fields)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for header, tensors in self.frames:
                if header["kind"] == "answer" and header["id"] == 7:
                    self.frames = [f for f in self.frames if f[0]["kind"] != "answer"]
                    return header, tensors
            time.sleep(0.005)
        raise TimeoutError(what)

    def wait(self, seconds: float, acknowledge: bool = True) -> None:
        self.now += seconds
        self.play.turn(self.now, 1.0, 1 / 30)
        if acknowledge:
            self.play.post({"type": "ack", "seq": self.play.seq})
