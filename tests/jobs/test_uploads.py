"""The room that uploads take, and the uploads that nobody opens any more."""

import os
import time
from pathlib import Path

import pytest

from nn_core import jobs
from nn_core.jobs import UploadsFullError, check_room, mark_opened
from nn_core.jobs.home import home, workspace_folder
from nn_core.jobs.receiving import LIMIT
from nn_core.jobs.uploads import UNDECIDED, remove_unopened

DAY = 86_400


def kept(workspace: str, name: str, days_ago: float, opened: float | None = None) -> Path:
    """An upload that was made and last opened so many days ago."""
    folder = workspace_folder(workspace) / "uploads" / name
    folder.mkdir(parents=True)
    (folder / "source").write_bytes(b"x" * 600_000)
    if opened is not None:
        mark_opened(folder)
        set_back(folder / "opened", opened)
    set_back(folder, days_ago)
    return folder


def set_back(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def test_what_nobody_opened_is_removed(workspace: str):
    forgotten, never_opened = kept(workspace, "a", 300, opened=91), kept(workspace, "b", 91)
    in_use, new = kept(workspace, "c", 300, opened=89), kept(workspace, "d", 1)
    assert remove_unopened(home()) == 2
    assert [path.exists() for path in (forgotten, never_opened, in_use, new)] == [
        False, False, True, True,
    ]  # fmt: skip


def test_the_days_are_a_setting(workspace: str, monkeypatch: pytest.MonkeyPatch):
    kept(workspace, "a", 8)
    monkeypatch.setenv("GLASSNET_UPLOADS_DAYS", "0")
    assert remove_unopened(home()) == 0
    monkeypatch.setenv("GLASSNET_UPLOADS_DAYS", "7")
    assert remove_unopened(home()) == 1


def test_a_server_that_starts_removes_them(workspace: str):
    forgotten = kept(workspace, "a", 365)
    jobs.start()
    patience = time.monotonic() + 20
    while forgotten.exists() and time.monotonic() < patience:
        time.sleep(0.02)
    assert not forgotten.exists()


def test_a_workspace_has_so_much_room(workspace: str, monkeypatch: pytest.MonkeyPatch):
    uploads = kept(workspace, "a", 0).parent
    monkeypatch.setenv("GLASSNET_UPLOADS_MB", "1")
    check_room(uploads, 400_000)
    with pytest.raises(UploadsFullError, match=r"take 1 MB and may take 1 MB.*0\.5 MB"):
        check_room(uploads, 500_000)
    check_room(workspace_folder(jobs.new_workspace()) / "uploads", 500_000)


def test_usually_there_is_room_for_a_file_of_the_largest_size_and_what_is_read_from_it(
    workspace: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("GLASSNET_UPLOADS_MB", raising=False)
    folder = kept(workspace, "a", 0)
    check_room(folder.parent, LIMIT)
    for name, size in (("source", LIMIT), ("purchases.parquet", LIMIT // 2)):
        (folder / name).touch()
        os.truncate(folder / name, size)  # holes take no room on the disk
    check_room(folder.parent, LIMIT // 5)
    with pytest.raises(UploadsFullError, match="may take 2,000 MB"):
        check_room(folder.parent, LIMIT)


def test_personal_data_that_nobody_decided_about_goes_after_a_day(workspace: str):
    old, new = kept(workspace, "a", 2, opened=2), kept(workspace, "b", 2, opened=2)
    for folder, days in ((old, 1.1), (new, 0.9)):
        (folder / UNDECIDED).touch()
        set_back(folder / UNDECIDED, days)
    remove_unopened(home())
    assert (old.exists(), new.exists()) == (False, True)
