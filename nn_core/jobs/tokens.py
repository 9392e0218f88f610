"""Tokens of a run: who sends one may ask its models through the API, and nothing else.

A token is shown once, when it is made. RUN/tokens/ keeps a file for each, with its name and the
SHA-256 of the token: from that nobody gets back to 256 random bits.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import RunFolder, UnknownRunError, write_atomically
from nn_core.jobs.owned import own_run

PREFIX = "gn_"
"""So that a scanner of source code can tell a token that leaked into it."""
TOKEN_ID = re.compile(r"[0-9a-f]{12}")
MOST = 50
LONGEST_NAME = 60


class TooManyTokensError(ValueError):
    """A run has as many tokens as it may have."""


def make_token(workspace: str, run_id: str, name: str) -> str:
    """A new token of this run -> its text, which is nowhere else from now on."""
    run = own_run(workspace, run_id)
    if len(tokens(run_id)) >= MOST:
        raise TooManyTokensError(f"A run has {MOST} tokens at most: revoke one that is not needed.")
    token = PREFIX + secrets.token_urlsafe(32)
    about = {
        "name": " ".join(name.split())[:LONGEST_NAME] or "unnamed",
        "created": round(time.time(), 3),
        "sha256": digest(token),
    }
    folder(run).mkdir(exist_ok=True)
    write_atomically(folder(run) / f"{secrets.token_hex(6)}.json", about)
    return token


def tokens(run_id: str) -> list[dict[str, Any]]:
    """Of this run, the oldest first: `id`, `name`, `created`, `sha256`."""
    found = [
        {"id": path.stem, **json.loads(path.read_text(encoding="utf-8"))}
        for path in folder(RunFolder.find(run_id)).glob("[0-9a-f]*.json")
    ]
    return sorted(found, key=lambda token: token["created"])


def revoke_token(workspace: str, run_id: str, token_id: str) -> None:
    """From now on this token opens nothing; revoking what is gone is no fault."""
    run = own_run(workspace, run_id)
    if TOKEN_ID.fullmatch(token_id):
        (folder(run) / f"{token_id}.json").unlink(missing_ok=True)


def admitted(run_id: str, token: str) -> str | None:
    """The id of the run's token that this is; None where it is none, or there is no such run.

    Every token is compared, in a time that does not tell how much of it was right.
    """
    try:
        known = tokens(run_id)
    except UnknownRunError:
        known = []
    given, right = digest(token), None
    for one in known:
        if hmac.compare_digest(one["sha256"], given):
            right = str(one["id"])
    return right


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def folder(run: RunFolder) -> Path:
    return run.path / "tokens"
