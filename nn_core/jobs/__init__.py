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

__all__ = [
    "UnknownRunError",
    "cancel",
    "delete",
    "events",
    "folder",
    "is_own",
    "list_runs",
    "new_workspace",
    "resume",
    "spec",
    "start",
    "status",
    "stop",
    "submit",
    "workspace_folder",
]
