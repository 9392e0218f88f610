"""A run of the planted shop as `train --out` leaves it, made once for all tests that read it."""

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from nn_core.recommender.data.stored import store
from nn_core.recommender.job import studied_and_noted
from nn_core.recommender.runs.study import Plan
from tests.recommender.shops import planted

PLAN = Plan({"popularity": {}, "item-knn": {}, "time-ease": {}})
CUSTOMER = "K1007"


@cache
def original() -> Path:
    folder = Path(mkdtemp(prefix="glassnet-run-"))
    (folder / "spec.json").write_text(json.dumps({"kind": "shop", **PLAN.to_json()}))
    store(planted(), folder / "input")
    studied_and_noted(planted(), PLAN, folder / "result")
    return folder


def kept_run(place: Path) -> Path:
    """A copy of it, free to be changed."""
    return shutil.copytree(original(), place / "run")
