"""Who may change a run: whoever holds the key of its workspace."""

from nn_core.jobs.folder import RunFolder
from nn_core.jobs.home import workspace_mark


def is_own(workspace: str, run_id: str) -> bool:
    """May the holder of this key change the run?"""
    return RunFolder.find(run_id).spec().get("workspace") == workspace_mark(workspace)


def own_run(workspace: str, run_id: str) -> RunFolder:
    """The run, to be changed. PermissionError for a key of another workspace."""
    run = RunFolder.find(run_id)
    if not is_own(workspace, run_id):
        raise PermissionError("This run is of another workspace: it can be seen, not changed.")
    return run
