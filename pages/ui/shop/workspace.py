"""Whose uploads and runs these are: an unguessable key in the address, and nothing else."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from nn_core.jobs import check_room, new_workspace, workspace_folder
from nn_core.jobs.receiving import KEY
from nn_core.jobs.uploads import PART


@dataclass(frozen=True)
class Workspace:
    """A folder that only its key leads to."""

    key: str

    @property
    def folder(self) -> Path:
        return workspace_folder(self.key)

    def keep(self, name: str, data: bytes) -> str:
        """Stores an upload under the digest of its content; the same file again is the same.

        UploadsFullError if the workspace has no room for it.
        """
        upload = hashlib.sha256(data).hexdigest()[:16]
        place = self.upload(upload)
        if not place.exists():
            check_room(self.folder / "uploads", len(data))
        place.mkdir(parents=True, exist_ok=True)
        (place / "source").write_bytes(data)
        (place / "name.txt").write_text(name, encoding="utf-8")
        return upload

    def add(self, upload: str, kind: str, file: tuple[str, bytes] | None) -> None:
        """Stores a second file (name, content) beside an upload; None takes it away.

        UploadsFullError if the workspace has no room for it.
        """
        place = self.upload(upload) / kind
        shutil.rmtree(place, ignore_errors=True)
        if file is None:
            return
        name, data = file
        check_room(self.folder / "uploads", len(data))
        place.mkdir(parents=True)
        (place / "source").write_bytes(data)
        (place / "name.txt").write_text(name, encoding="utf-8")

    def second(self, upload: str, kind: str) -> str | None:
        """The name of the second file that lies beside an upload."""
        named = self.upload(upload) / kind / "name.txt"
        return named.read_text(encoding="utf-8") if named.exists() else None

    def forget(self, upload: str) -> None:
        """Deletes an upload and all that was read from it; runs keep their copy."""
        shutil.rmtree(self.upload(upload), ignore_errors=True)

    def upload(self, upload: str) -> Path:
        return self.folder / "uploads" / upload

    def uploads(self) -> dict[str, str]:
        """{upload: file name}, the latest first."""
        found = sorted(
            self.folder.glob("uploads/*/name.txt"), key=lambda path: -path.stat().st_mtime
        )
        return {
            path.parent.name: path.read_text(encoding="utf-8")
            for path in found
            if not path.parent.name.startswith(PART)
        }


def current() -> Workspace:
    """The address's workspace, else this session's, else a new one; the address is told."""
    asked = st.query_params.get("workspace", "")
    key = asked if KEY.fullmatch(asked) else st.session_state.get("workspace")
    key = key or new_workspace()
    st.session_state["workspace"] = key
    st.query_params["workspace"] = key
    return Workspace(key)
