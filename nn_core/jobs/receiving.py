"""The route that takes large uploads: a file streams from the browser to the disk, never to memory.

    POST {prefix}/uploads?name=orders.csv     the file itself as the body
    X-Glassnet-Workspace: KEY                 whose upload it is

answers {"upload": ID}, or {"error": SENTENCE} with 403, 413 or 507. A part of a file that does not
arrive whole is removed: at once, or where the server itself was stopped, at its next start.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from nn_core.jobs.home import home, workspace_mark
from nn_core.jobs.uploads import PART, UploadsFullError, check_room

KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
LIMIT = 1_000_000_000  # bytes


def upload_routes(prefix: str, allowed: Callable[[HTTPConnection], bool]) -> list[BaseRoute]:
    """allowed: whether the page that sends the file may."""

    async def take(request: Request) -> Response:
        if not allowed(request):
            return refused(403, "This page may not upload here.")
        uploads = uploads_of(request.headers.get("x-glassnet-workspace", ""))
        if uploads is None:
            return refused(403, "There is no such workspace: open the shop's page again.")
        size = int(request.headers.get("content-length", "0") or 0)
        try:
            check_size(size)
            check_room(uploads, size)
            name = Path(request.query_params.get("name", "")).name or "purchases"
            return JSONResponse({"upload": await received(request, uploads, name)})
        except UploadsFullError as error:
            return refused(507, str(error))
        except ValueError as error:
            return refused(413, str(error))
        except ClientDisconnect:
            return refused(400, "The file did not arrive whole.")

    return [Route(f"{prefix}/uploads", take, methods=["POST"])]


def refused(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status)


def uploads_of(key: str) -> Path | None:
    """Where a workspace keeps its uploads; None for a key that opens none."""
    place = home() / "workspaces" / workspace_mark(key)
    return place / "uploads" if KEY.fullmatch(key) and place.is_dir() else None


def check_size(size: int) -> None:
    """ValueError, in words, for a file that is too large or empty."""
    if size > LIMIT:
        raise ValueError(
            f"The file has {size / 1e6:,.0f} MB and may have {LIMIT / 1e6:,.0f}: compress it "
            "(.csv.gz), or leave out columns and years that are not needed."
        )
    if not size:
        raise ValueError("The file is empty, or its size was not told: choose another one.")


async def received(request: Request, uploads: Path, name: str) -> str:
    """The upload's id, which is the digest of its content: the same file again is the same."""
    folder = uploads / f"{PART}{secrets.token_hex(8)}"
    folder.mkdir(parents=True)
    try:
        digest, size = hashlib.sha256(), 0
        with (folder / "source").open("wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                check_size(size + 1)
                digest.update(chunk)
                file.write(chunk)
        if size != int(request.headers["content-length"]):
            raise ClientDisconnect
        (folder / "name.txt").write_text(name, encoding="utf-8")
        upload = digest.hexdigest()[:16]
        if not (uploads / upload).exists():
            os.replace(folder, uploads / upload)
        return upload
    finally:
        shutil.rmtree(folder, ignore_errors=True)
