"""A study as a job: submitted with its purchases, carried out by the worker."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nn_core import jobs
from nn_core.jobs.folder import RunFolder
from nn_core.recommender.forget import forget, purchases_of
from nn_core.recommender.interactions import Interactions
from nn_core.recommender.made import note_how
from nn_core.recommender.models.base import silent
from nn_core.recommender.opened import close_run
from nn_core.recommender.runs import Run, open_run
from nn_core.recommender.stored import store, stored
from nn_core.recommender.study import Plan, study


def submit_study(workspace: str, shop: Interactions, plan: Plan, title: str = "") -> str:
    """-> the run's id. ShopDataError for a plan that cannot work, before anything is written."""
    plan.recommenders()
    spec = {"kind": "shop", "title": title, **plan.to_json()}
    return jobs.submit(workspace, spec, lambda folder: store(shop, folder))


def carry_out(run: RunFolder, say: Callable[[dict[str, Any]], None]) -> None:
    """In the worker: purchases in input/ -> models, judgements, comparison.json in result/; or an
    order that was given to a run that was done."""
    plan, order = Plan.from_json(run.spec()), run.path / "order.json"

    def made(shop: Interactions, test: Interactions | None) -> None:
        studied_and_noted(shop, plan, run.result, say, test)

    if order.exists():
        forget(run.path, json.loads(order.read_text(encoding="utf-8"))["forget"], made)
    else:
        second = run.input / "test"
        made(stored(run.input), stored(second) if second.exists() else None)


def forget_customer(workspace: str, run_id: str, customer: str) -> None:
    """As a job: ShopDataError where the run has no such customer, before anything is changed."""
    purchases_of(jobs.folder(run_id), customer)
    jobs.again(workspace, run_id, {"forget": customer})
    close_run(run_id)


def studied_and_noted(
    shop: Interactions,
    plan: Plan,
    result: Path,
    say: Callable[[dict[str, Any]], None] = silent,
    test: Interactions | None = None,
) -> dict[str, Any]:
    """The study, and beside its result how it was made."""
    comparison = study(shop, plan, result, say, test)
    note_how(shop, plan, result)
    return comparison


def open_study(run_id: str) -> Run:
    """The finished result of a run, for whoever has its link."""
    return open_run(jobs.folder(run_id))


def purchases(run_id: str) -> Interactions:
    """What the run was submitted with."""
    return stored(jobs.folder(run_id) / "input")
