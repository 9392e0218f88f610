"""A workspace's runs at a glance: how good each one's best model is, what settings differ."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nn_core import jobs
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.runs.opened import has_result
from nn_core.recommender.runs.runs import open_run

NOT_SETTINGS = ("workspace", "created", "title", "kind", "parent", "added")


def overview(workspace: str) -> list[dict[str, Any]]:
    """The newest first: id, title, created, state; of a judged one also task, model, k, value
    (NDCG of the best model on the run's task) and its 95% interval, low and high."""
    return [{**run, **quality(run["id"])} for run in jobs.list_runs(workspace)]


def quality(run_id: str) -> dict[str, Any]:
    unknown: dict[str, Any] = dict.fromkeys(("task", "model", "k", "value", "low", "high"))
    if not has_result(run_id):
        return unknown
    run = open_run(jobs.folder(run_id))
    try:
        study, best = run.comparison, run.best()
    except ShopDataError:  # of another version: its own page says so
        return unknown
    result = next(one for one in run.results if one["model"] == best)
    metric = f"ndcg@{study['k']}"
    known = study.get("intervals", {}).get(study["task"], {}).get(best, {})
    low, high = known.get(metric, (None, None))
    return {
        "task": study["task"],
        "model": result["label"],
        "k": study["k"],
        "value": result["metrics"][metric],
        "low": low,
        "high": high,
    }


def settings(run_id: str) -> dict[str, str]:
    """What was asked for, flat: "split/test_days" -> "31", "models/ease/largest" -> "8000"."""
    asked = jobs.spec(run_id).items()
    spec = {key: value for key, value in asked if key not in NOT_SETTINGS and value is not None}
    models: dict[str, Any] = spec.pop("models", {})
    found = dict(flat("", spec)) | {"models": ", ".join(models)}
    return found | dict(flat("models/", {name: own for name, own in models.items() if own}))


def flat(prefix: str, tree: dict[str, Any]) -> Sequence[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            rows.extend(flat(f"{prefix}{name}/", value))
        else:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            rows.append((f"{prefix}{name}", text))
    return rows


def differing(run_ids: Sequence[str]) -> dict[str, list[str]]:
    """{setting: its value in each of these runs}, of those that are not the same in all."""
    asked = [settings(run_id) for run_id in run_ids]
    names = sorted({name for one in asked for name in one})
    rows = {name: [one.get(name, "") for one in asked] for name in names}
    return {name: values for name, values in rows.items() if len(set(values)) > 1}
