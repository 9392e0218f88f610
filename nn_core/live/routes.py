"""The routes of the live view: one WebSocket a play, and the browser's modules."""

import asyncio
import contextlib
import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from nn_core.live.hub import Hub
from nn_core.live.orders import ORDERS
from nn_core.live.play import Play

ENDED, TAKEN, FORBIDDEN, BAD = 4404, 4409, 4403, 4400
KINDS = {"ack", *ORDERS}
MIME = {".js": "text/javascript", ".css": "text/css"}


def same_host(connection: HTTPConnection) -> bool:
    """Whether the page that opens the socket comes from this very server."""
    origin = connection.headers.get("origin", "")
    return origin.partition("://")[2] == connection.headers.get("host", "-")


def stage_version(folder: Path) -> str:
    """A digest of all modules: it is part of their address, so that a browser may keep them."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def live_routes(
    hub: Hub,
    stage: Path,
    prefix: str = "",
    allowed: Callable[[HTTPConnection], bool] = same_host,
) -> list[BaseRoute]:
    """prefix: the path under which the app is served; allowed: whether an Origin may connect."""

    async def live(socket: WebSocket) -> None:
        await socket.accept()
        if not allowed(socket):
            await socket.close(FORBIDDEN, "This page may not open a live view here.")
            return
        play = hub.find(socket.path_params["token"])
        if play is None:
            await socket.close(ENDED, "This play has ended.")
        elif play.send is not None:
            await socket.close(TAKEN, "This play is open elsewhere.")
        else:
            await converse(hub, play, socket)

    async def module(request: Any) -> Response:
        path = stage / request.path_params["name"]
        if path.parent != stage or path.suffix not in MIME or not path.is_file():
            return PlainTextResponse("There is no such module.", 404)
        keep = {"Cache-Control": "public, max-age=31536000, immutable"}
        return FileResponse(path, media_type=MIME[path.suffix], headers=keep)

    return [
        WebSocketRoute(f"{prefix}/live/{{token}}", live),
        Route(f"{prefix}/stage/{{version}}/{{name}}", module),
    ]


async def converse(hub: Hub, play: Play, socket: WebSocket) -> None:
    """Carries frames to the browser and messages from it until it goes."""
    loop = asyncio.get_running_loop()
    frames: asyncio.Queue[bytes] = asyncio.Queue()

    here = threading.get_ident()

    def send(data: bytes) -> None:
        if threading.get_ident() == here:
            frames.put_nowait(data)
            return
        with contextlib.suppress(RuntimeError):  # the loop has closed: the server stops
            loop.call_soon_threadsafe(frames.put_nowait, data)

    play.send = send
    play.post({"type": "hello"})
    hub.trainers.wake(play)
    writer = asyncio.create_task(write(socket, frames))
    try:
        await read(hub, play, socket)
    except WebSocketDisconnect:
        pass
    except (ValueError, KeyError, TypeError) as error:
        await socket.close(BAD, str(error)[:120])
    finally:
        writer.cancel()
        play.send = None
        play.post({"type": "pause"})
        hub.trainers.forget(play)


async def write(socket: WebSocket, frames: asyncio.Queue[bytes]) -> None:
    """Sends frames in order; a browser that has gone is noticed by `read`."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_bytes(await frames.get())


async def read(hub: Hub, play: Play, socket: WebSocket) -> None:
    """Hands messages to the play. Raises ValueError on one that is not of the protocol."""
    while True:
        message: dict[str, Any] = json.loads(await socket.receive_text())
        if message["type"] not in KINDS:
            raise ValueError(f"Expected a message of type {', '.join(sorted(KINDS))}.")
        if play.post(message):
            hub.trainers.wake(play)
