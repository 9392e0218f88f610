"""The route behind the shop's what-if: a changed basket goes in, every list comes back at once.

    POST {prefix}/what-if?run=ID
    X-Glassnet-Workspace: KEY   or   X-Glassnet-Link: LINK      who may see this run

A rerun of the page would take longer than all models together, so the browser asks here. The body
is {"customer", "task", "models", "k", "made", "put_in", "taken_out"}, products by their numbers;
the answer is what `moving` gives. Faults are those of the API.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import anyio
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from nn_core import jobs
from nn_core.api.problems import HEADERS, Problem, answer
from nn_core.api.questions import LONGEST_LIST, body, optional_text
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.runs.moving import Changed, moving
from nn_core.recommender.runs.opened import has_result, made_at, opened_run
from nn_core.recommender.runs.runs import Run

MOST_MODELS = 4
MOST_CHANGES = 200
"""Products put in, or taken out."""
AT_ONCE = 2
NOT_YOURS = Problem(403, "This run is not shown here: open the shop's page again.")
ANEW = Problem(409, "The run was made anew meanwhile: open the page again.")


def basket_routes(prefix: str, allowed: Callable[[HTTPConnection], bool]) -> list[BaseRoute]:
    """allowed: whether the page that asks may."""
    turns = anyio.CapacityLimiter(AT_ONCE)

    async def what_if(request: Request) -> Response:
        try:
            if not allowed(request):
                raise NOT_YOURS
            given = await body(request)
            asked = request.query_params.get("run", ""), request.headers, given
            found = await anyio.to_thread.run_sync(moved_lists, *asked, limiter=turns)
        except Problem as problem:
            return answer(problem)
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        return Response(text, 200, HEADERS, "application/json")

    return [Route(f"{prefix}/what-if", what_if, methods=["POST"])]


def moved_lists(run_id: str, headers: Mapping[str, str], given: dict[str, Any]) -> dict[str, Any]:
    """The answer, or the Problem that says why there is none."""
    if not may_see(run_id, headers):
        raise NOT_YOURS
    if not has_result(run_id) or str(made_at(run_id)) != given.get("made"):
        raise ANEW
    run = opened_run(run_id)
    try:
        task = run.question(optional_text(given, "task") or "")
        names = [name for name in several(given, "models", MOST_MODELS) if isinstance(name, str)]
        k = min(max(whole(given, "k"), 1), LONGEST_LIST)
        return moving(run, changed(run, given), names, task, k)
    except ShopDataError as error:
        raise Problem(400, str(error)) from error


def may_see(run_id: str, headers: Mapping[str, str]) -> bool:
    """Its owner may, by the workspace's key; and whoever has a link to it."""
    try:
        if link := headers.get("x-glassnet-link"):
            return jobs.shared_run(link) == run_id
        return jobs.is_own(headers.get("x-glassnet-workspace", ""), run_id)
    except jobs.UnknownRunError:
        return False


def changed(run: Run, given: dict[str, Any]) -> Changed:
    count = len(run.catalogue.products)
    put_in, taken_out = (
        tuple(n for n in several(given, side, MOST_CHANGES) if type(n) is int and 0 <= n < count)
        for side in ("put_in", "taken_out")
    )
    return Changed(optional_text(given, "customer"), put_in, taken_out)


def several(given: dict[str, Any], name: str, most: int) -> list[Any]:
    found: Any = given.get(name)
    if not isinstance(found, list) or len(found) > most:  # pyright: ignore[reportUnknownArgumentType]
        raise Problem(400, f"'{name}' is a list of at most {most}.")
    return list(found)  # pyright: ignore[reportUnknownArgumentType]


def whole(given: dict[str, Any], name: str) -> int:
    found = given.get(name)
    if type(found) is not int:  # true is an int to Python
        raise Problem(400, f"'{name}' is a whole number.")
    return found
