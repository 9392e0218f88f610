"""Questions put to an open run -> what the API answers, as plain data."""

from __future__ import annotations

from typing import Any

from nn_core import jobs
from nn_core.api.problems import Problem
from nn_core.api.questions import Question
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.runs.opened import has_result, opened_run
from nn_core.recommender.runs.runs import Run


def ready(run_id: str) -> Run:
    """The run, open; 503 while it trains, 404 if it was deleted since its token was checked,
    409 if this version cannot read it."""
    try:
        if not has_result(run_id):
            state = jobs.status(run_id)["state"]
            later = {"Retry-After": "30"} if state in ("queued", "running") else {}
            raise Problem(503, f"This run has no result now: it is {state}.", later)
        run = opened_run(run_id)
    except (jobs.UnknownRunError, ShopDataError, FileNotFoundError) as error:
        raise Problem(404, "This run is gone.") from error
    try:
        _ = run.comparison
    except ShopDataError as error:  # of another version
        raise Problem(409, str(error)) from error
    return run


def recommendations(run_id: str, customer: str, asked: Question) -> dict[str, Any]:
    run = checked(ready(run_id), asked)
    found = run.recommend(customer, asked.k, asked.task, asked.model)
    return {
        "user": customer,
        "known": customer in run.catalogue.number,
        "model": found.model,
        "task": found.task,
        "note": found.note,
        "items": found.rows,
    }


def basket(run_id: str, products: list[str], asked: Question) -> dict[str, Any]:
    found = checked(ready(run_id), asked).basket(products, asked.k, asked.task, asked.model)
    return {
        "products": products,
        "model": found.model,
        "task": found.task,
        "note": found.note,
        "items": found.rows,
    }


def similar(run_id: str, product: str, asked: Question) -> dict[str, Any]:
    run = checked(ready(run_id), asked)
    if product not in run.catalogue.place:
        raise Problem(404, f"The product '{product[:60]}' is not ranked in this run.")
    found = run.similar(product, asked.k, asked.model)
    if found is None:
        raise Problem(400, "This model treats all products alike. Choose another with model=NAME.")
    return {
        "product": product,
        "model": found.model,
        "meaning": found.meaning,
        "items": found.rows,
    }


def checked(run: Run, asked: Question) -> Run:
    """The run, which has the model that is asked for."""
    if asked.model is not None and asked.model not in run.models():
        known = ", ".join(run.models())
        raise Problem(400, f"This run has no model '{asked.model[:60]}'. It has: {known}.")
    return run
