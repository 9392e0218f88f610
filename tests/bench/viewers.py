"""Viewers of the live benchmark: sockets that acknowledge pictures, and a Chromium.

Real viewers sit on other machines, and these on the server's own cores: a socket here speaks the
WebSocket's bare frames (RFC 6455) and reads of a picture no more than its number and its step.
"""

import asyncio
import json
import os
import re
import struct
import time
from base64 import b64encode
from dataclasses import dataclass, field

from playwright.async_api import Page

RATES = [0.01, 0.03]
# How often a viewer asks for another learning rate, in seconds.
CHANGES = 2.0
PICTURE = re.compile(rb'"kind":"frame","seq":(\d+),.*?"step":(\d+),')
TEXT, PING, PONG = 1, 9, 10

# Changes the learning rate on the page; resolves once a picture drawn from the answer is painted.
CHANGE = """async (rate) => {
  const stage = document.querySelector('.gn-stage');
  const select = [...stage.querySelectorAll('label')]
    .find((label) => label.textContent.includes('Learning rate'));
  const control = select.control ?? select.querySelector('select');
  const start = performance.now();
  control.value = [...control.options].find((o) => Number(o.textContent) === rate).value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  return await new Promise((done) => {
    const look = () => stage.glassnet.settings?.learning_rate === rate
      ? done(performance.now() - start) : requestAnimationFrame(look);
    look();
  });
}"""


@dataclass
class Counts:
    """What a viewer has seen while it was counting."""

    pictures: int = 0
    updates: int = 0
    received: int = 0
    effects: list[float] = field(default_factory=list[float])
    counting: bool = False


class Viewer(asyncio.Protocol):
    """Plays until it is closed, with another learning rate now and then."""

    def __init__(self, host: str, token: str, counts: Counts) -> None:
        self.counts = counts
        self._hello = (
            f"GET /glassnet/live/{token} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}\r\n\r\n"
        )
        self._buffer = bytearray()
        self._open = False
        self._step = self._turn = 0
        self._asked: tuple[bytes, float] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._line = transport
        transport.write(self._hello.encode())

    def close(self) -> None:
        """The viewer goes."""
        self._line.close()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._open:
            self._begin()
        while self._open and self._message():
            pass

    def _begin(self) -> None:
        """Once the server has agreed, plays."""
        answer, mark, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if not mark:
            return
        if not answer.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(f"The server refused a viewer: {answer!r}")
        self._open, self._buffer = True, bytearray(rest)
        self._say(TEXT, b'{"type":"play"}')
        self._change()

    def _message(self) -> bool:
        """Takes the next message -> whether there was a whole one. A server masks nothing."""
        buffer = self._buffer
        if len(buffer) < 10:
            return False
        size, start = buffer[1], 2
        if size >= 126:
            form, start = ("!H", 4) if size == 126 else ("!Q", 10)
            (size,) = struct.unpack_from(form, buffer, 2)
        if len(buffer) < start + size:
            return False
        if buffer[0] & 15 == PING:
            self._say(PONG, bytes(buffer[start : start + size]))
        elif found := PICTURE.search(buffer, start, min(start + size, start + 400)):
            self._picture(found, start + size)
        del buffer[: start + size]
        return True

    def _picture(self, found: re.Match[bytes], stop: int) -> None:
        """Counts a picture, and whether it shows what was asked for."""
        seq, step = found.groups()
        if int(seq) % 2 == 0:
            # As the stage does it: every second one, and with it the one before.
            self._say(TEXT, b'{"type":"ack","seq":%b}' % seq)
        counts, before, self._step = self.counts, self._step, int(step)
        if counts.counting:
            counts.pictures += 1
            counts.updates += self._step - before
            counts.received += stop
        if self._asked and self._buffer.find(self._asked[0], found.end(), stop) >= 0:
            if counts.counting:
                counts.effects.append(time.perf_counter() - self._asked[1])
            self._asked = None

    def _change(self) -> None:
        """Asks for the other learning rate, and does so again after a while."""
        if self._line.is_closing():
            return
        said = json.dumps({"type": "set", "learning_rate": RATES[self._turn % 2]})
        self._asked = (b'"learning_rate":%g,' % RATES[self._turn % 2], time.perf_counter())
        self._turn += 1
        self._say(TEXT, said.encode())
        asyncio.get_running_loop().call_later(CHANGES, self._change)

    def _say(self, opcode: int, payload: bytes) -> None:
        """A short message; the mask that a client owes is of zeros."""
        self._line.write(bytes((0x80 | opcode, 0x80 | len(payload), 0, 0, 0, 0)) + payload)


async def watching(address: str, token: str, counts: Counts) -> Viewer:
    """A viewer of the play of that token."""
    host = address.partition("://")[2]
    name, _, port = host.partition(":")
    loop = asyncio.get_running_loop()
    _, viewer = await loop.create_connection(lambda: Viewer(host, token, counts), name, int(port))
    return viewer


async def frames_drawn(page: Page) -> int:
    """data-frames of the stage."""
    return int(await page.get_by_test_id("stage").get_attribute("data-frames") or 0)
