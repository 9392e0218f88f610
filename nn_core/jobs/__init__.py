"""Long work in a process of its own, kept in a folder that a page can follow."""

from nn_core.jobs.api import (
    again,
    can_go_on,
    cancel,
    delete,
    events,
    folder,
    list_runs,
    rename,
    resume,
    spec,
    start,
    status,
    stop,
    submit,
)
from nn_core.jobs.folder import UnknownRunError
from nn_core.jobs.home import new_workspace, workspace_folder, workspace_of
from nn_core.jobs.owned import is_own
from nn_core.jobs.shares import make_share, revoke_share, shared_run, shares
from nn_core.jobs.tokens import TooManyTokensError, make_token, revoke_token, tokens
from nn_core.jobs.uploads import UploadsFullError, check_room, mark_opened

__all__ = [
    "TooManyTokensError",
    "UnknownRunError",
    "UploadsFullError",
    "again",
    "can_go_on",
    "cancel",
    "check_room",
    "delete",
    "events",
    "folder",
    "is_own",
    "list_runs",
    "make_share",
    "make_token",
    "mark_opened",
    "new_workspace",
    "rename",
    "resume",
    "revoke_share",
    "revoke_token",
    "shared_run",
    "shares",
    "spec",
    "start",
    "status",
    "stop",
    "submit",
    "tokens",
    "workspace_folder",
    "workspace_of",
]
