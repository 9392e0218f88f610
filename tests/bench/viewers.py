"""Viewers of the live benchmark: sockets that acknowledge every picture, and a Chromium."""

import asyncio
import json
import time
from dataclasses import dataclass, field

from playwright.async_api import Page
from websockets.asyncio.client import ClientConnection, connect

from nn_core.live.frames import decode

RATES = [0.01, 0.03]

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
    """What a viewer has seen since `begin`."""

    pictures: int = 0
    received: int = 0
    effects: list[float] = field(default_factory=list[float])
    counting: bool = False


async def client(address: str, token: str, counts: Counts, stop: asyncio.Event) -> None:
    """Plays until told to stop, changing the learning rate every two seconds."""
    host = address.partition("://")[2]
    url = f"ws://{host}/glassnet/live/{token}"
    async with connect(url, origin=address, compression=None, max_size=None) as socket:  # type: ignore[arg-type]
        await socket.send(json.dumps({"type": "play"}))
        changer = asyncio.create_task(change_now_and_then(socket, counts, stop))
        while not stop.is_set():
            data = await socket.recv()
            assert isinstance(data, bytes)
            header, _ = decode(data)
            if counts.counting:
                counts.received += len(data)
            if header["kind"] != "frame":
                continue
            counts.pictures += counts.counting
            await socket.send(json.dumps({"type": "ack", "seq": header["seq"]}))
            asked = getattr(changer, "asked", None)
            rate = header.get("settings", {}).get("learning_rate")
            if asked and rate == asked[0] and counts.counting:
                counts.effects.append(time.perf_counter() - asked[1])
                changer.asked = None  # type: ignore[attr-defined]
        changer.cancel()


async def change_now_and_then(
    socket: ClientConnection, counts: Counts, stop: asyncio.Event
) -> None:
    """Every two seconds another learning rate; when it was asked for is kept on the task."""
    task = asyncio.current_task()
    turn = 0
    while not stop.is_set():
        await asyncio.sleep(2)
        rate = RATES[turn % 2]
        task.asked = (rate, time.perf_counter())  # type: ignore[union-attr]
        await socket.send(json.dumps({"type": "set", "learning_rate": rate}))
        turn += 1


async def frames_drawn(page: Page) -> int:
    """data-frames of the stage."""
    return int(await page.get_by_test_id("stage").get_attribute("data-frames") or 0)
