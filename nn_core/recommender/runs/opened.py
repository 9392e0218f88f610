"""Runs that are open in this process: shared by pages and the API, opened anew when they change."""

import threading
from collections import OrderedDict

from nn_core import jobs
from nn_core.recommender.runs.runs import Run, open_run

MOST = 4
"""Runs kept open. A closed one costs some seconds to open, an open one the memory of its models."""

_open: OrderedDict[str, tuple[int, Run]] = OrderedDict()
_opening = threading.Lock()


def opened_run(run_id: str) -> Run:
    """The finished result of a run. UnknownRunError, or ShopDataError where there is none yet."""
    made, folder = made_at(run_id), jobs.folder(run_id)
    with _opening:
        if run_id not in _open or _open[run_id][0] != made:
            _open[run_id] = (made, open_run(folder))
        _open.move_to_end(run_id)
        while len(_open) > MOST:
            _open.popitem(last=False)
        return _open[run_id][1]


def made_at(run_id: str) -> int:
    """When its result was made, in ns: after a customer was forgotten, one run has another result,
    whose customers and products have other numbers."""
    result = open_run(jobs.folder(run_id)).folder
    return (result / "comparison.json").stat().st_mtime_ns


def has_result(run_id: str) -> bool:
    """Is the judgement there that was asked for? The run may go on with its small studies, or have
    been stopped in them. While an order is carried out (somebody is forgotten), there is none."""
    folder = jobs.folder(run_id)
    ordered = (folder / "order.json").exists()
    return not ordered and (folder / "result" / "comparison.json").exists()


def close_run(run_id: str) -> None:
    """Lets go of a run that is deleted or made anew."""
    with _opening:
        _open.pop(run_id, None)
