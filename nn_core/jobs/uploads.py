"""Uploads of workspaces: how much room they may take, and which of them nobody needs any more.

GLASSNET_UPLOADS_MB (2,000) is what one workspace may keep: a file of the largest size that is taken
(1,000), and what is read from it. GLASSNET_UPLOADS_DAYS (90) is after how many days without being
opened an upload is removed at the next start; 0 keeps all for ever. Runs have a copy of their
purchases, so a removed upload takes no result with it.
"""

import os
import shutil
import time
from pathlib import Path

OPENED = "opened"
"""A file in an upload's folder, touched whenever the upload is opened."""


UNDECIDED = "undecided"
"""A file in the folder of an upload with personal data that nobody has decided about yet."""

PART = "incoming-"
"""How the folder of a file begins that has not arrived yet."""


class UploadsFullError(ValueError):
    """A workspace's uploads leave no room for one more; says how much there is and what to do."""


def check_room(uploads: Path, more: int) -> None:
    """UploadsFullError if a file of `more` bytes does not fit beside what a workspace keeps."""
    allowed = int(os.environ.get("GLASSNET_UPLOADS_MB", "2000"))
    used = sum(path.stat().st_size for path in uploads.rglob("*") if path.is_file())
    if used + more > allowed * 1_000_000:
        raise UploadsFullError(
            f"Your uploads take {used / 1e6:,.0f} MB and may take {allowed:,} MB, so this file of "
            f"{more / 1e6:,.1f} MB does not fit: choose an earlier upload and delete it first, or "
            "leave out columns and years that are not needed."
        )


def mark_opened(upload: Path) -> None:
    """Somebody looks at it now."""
    (upload / OPENED).touch()


def remove_unopened(home: Path, now: float | None = None) -> int:
    """Removes the uploads of all workspaces that nobody opened for so many days -> how many; and
    parts of files that never arrived whole, and after a day what holds personal data undecided."""
    for part in home.glob(f"workspaces/*/uploads/{PART}*"):  # the server was stopped meanwhile
        shutil.rmtree(part, ignore_errors=True)
    for mark in home.glob(f"workspaces/*/uploads/*/{UNDECIDED}"):
        if mark.stat().st_mtime < (time.time() if now is None else now) - 86_400:
            shutil.rmtree(mark.parent, ignore_errors=True)
    days = float(os.environ.get("GLASSNET_UPLOADS_DAYS", "90"))
    if not days:
        return 0
    limit = (time.time() if now is None else now) - days * 86_400
    old = [upload for upload in home.glob("workspaces/*/uploads/*") if last_opened(upload) < limit]
    for upload in old:
        shutil.rmtree(upload, ignore_errors=True)
    return len(old)


def last_opened(upload: Path) -> float:
    """Seconds since 1970: the mark, or where there is none yet, the folder itself."""
    mark = upload / OPENED
    return (mark if mark.exists() else upload).stat().st_mtime
