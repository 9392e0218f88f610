"""Read-only links: an id that shows one run to whoever has it, until its owner takes it back.

It is not the run's id, nor the workspace's key, and leads to neither: HOME/shares/ID holds the name
of the run, and RUN/shares/ID.json what the owner called the link.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from pathlib import Path
from typing import Any

from nn_core.jobs.folder import RunFolder, UnknownRunError, write_atomically
from nn_core.jobs.home import home
from nn_core.jobs.owned import own_run

SHARE_ID = re.compile(r"[A-Za-z0-9_-]{32}")
LONGEST_NAME = 60


def make_share(workspace: str, run_id: str, name: str) -> str:
    """A new link to this run -> its id."""
    run, share = own_run(workspace, run_id), secrets.token_urlsafe(24)
    about = {"name": " ".join(name.split())[:LONGEST_NAME] or "unnamed", "created": time.time()}
    (run.path / "shares").mkdir(exist_ok=True)
    write_atomically(run.path / "shares" / f"{share}.json", about)
    (home() / "shares").mkdir(exist_ok=True)
    (home() / "shares" / share).write_text(run.id)
    return share


def shares(workspace: str, run_id: str) -> list[dict[str, Any]]:
    """The links to a run, the oldest first: `id`, `name`, `created`. Its owner's to see."""
    found = [
        {"id": path.stem, **json.loads(path.read_text(encoding="utf-8"))}
        for path in kept(own_run(workspace, run_id))
    ]
    return sorted(found, key=lambda share: share["created"])


def shared_run(share: str) -> str:
    """The id of the run that a link shows. UnknownRunError for a wrong or revoked one."""
    place = home() / "shares" / share
    if not SHARE_ID.fullmatch(share) or not place.is_file():
        raise UnknownRunError("This link shows nothing: it is incomplete, or was taken back.")
    return RunFolder.find(place.read_text()).id


def revoke_share(workspace: str, run_id: str, share: str) -> None:
    """From now on the link shows nothing."""
    run = own_run(workspace, run_id)
    if SHARE_ID.fullmatch(share) and (run.path / "shares" / f"{share}.json").exists():
        forget_share(run, share)


def forget_shares(run: RunFolder) -> None:
    """All links to a run that is deleted."""
    for path in kept(run):
        forget_share(run, path.stem)


def forget_share(run: RunFolder, share: str) -> None:
    (home() / "shares" / share).unlink(missing_ok=True)
    (run.path / "shares" / f"{share}.json").unlink(missing_ok=True)


def kept(run: RunFolder) -> list[Path]:
    # A temporary file of a link that is being written starts with a dot.
    return [path for path in (run.path / "shares").glob("*.json") if path.name[0] != "."]
