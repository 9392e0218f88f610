"""Where runs are kept, and which of them belong together: GLASSNET_HOME and its workspaces."""

import hashlib
import os
import secrets
from pathlib import Path

import platformdirs


def home() -> Path:
    """GLASSNET_HOME, or the user's data directory."""
    chosen = os.environ.get("GLASSNET_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("glassnet", False))


def new_workspace() -> str:
    """A key that nobody guesses. The browser keeps it; here only its hash is written down."""
    return secrets.token_urlsafe(24)


def workspace_mark(key: str) -> str:
    """What a workspace is called on disk: from it nobody gets back to the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def workspace_folder(key: str) -> Path:
    """The workspace's own folder, made when it is not there; `runs/` in it lists its runs."""
    folder = workspace_of(workspace_mark(key))
    (folder / "runs").mkdir(parents=True, exist_ok=True)
    return folder


def workspace_of(mark: str) -> Path:
    """The folder of the workspace that a run's spec names; without its key nobody learns more."""
    return home() / "workspaces" / mark
