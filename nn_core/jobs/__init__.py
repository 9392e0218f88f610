"""Long work in a process of its own, kept in a folder that a page can follow."""

from nn_core.jobs.api import (
    cancel,
    delete,
    events,
    folder,
    is_own,
    list_runs,
    resume,
    spec,
    start,
    status,
    stop,
    submit,
)
from nn_core.jobs.folder import UnknownRunError
from nn_core.jobs.home import new_workspace, workspace_folder
from nn_core.jobs.uploads import UploadsFullError, check_room, mark_opened

__all__ = [
    "UnknownRunError",
    "UploadsFullError",
    "cancel",
    "check_room",
    "delete",
    "events",
    "folder",
    "is_own",
    "list_runs",
    "mark_opened",
    "new_workspace",
    "resume",
    "spec",
    "start",
    "status",
    "stop",
    "submit",
    "workspace_folder",
]
