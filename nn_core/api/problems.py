"""Faults as the API tells them: JSON of RFC 9457 (application/problem+json)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of every answer: personal data stays out of caches, and JSON is taken for nothing else."""


@dataclass
class Problem(Exception):
    """A status and a sentence: what is wrong, and what to do."""

    status: int
    detail: str
    headers: dict[str, str] = field(default_factory=lambda: {})


def not_admitted() -> Problem:
    """The same answer for no token, a wrong one, and a run that does not exist."""
    return Problem(
        401,
        "Send a token of this run: Authorization: Bearer TOKEN. Its owner makes one in the shop, "
        "under Use it.",
        {"WWW-Authenticate": "Bearer"},
    )


def answer(problem: Problem) -> Response:
    about = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    return Response(
        json.dumps(about, ensure_ascii=False),
        problem.status,
        HEADERS | problem.headers,
        "application/problem+json",
    )


async def on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  it is registered for these alone
    return answer(error)


async def on_http(request: Request, error: Exception) -> Response:
    """What starlette itself refuses: an unknown path, a wrong method."""
    status = int(getattr(error, "status_code", 500))
    detail = {404: "There is nothing at this address.", 405: "This address has no such method."}
    headers = dict(getattr(error, "headers", None) or {})
    return answer(Problem(status, detail.get(status, "The request was refused."), headers))


async def on_fault(request: Request, error: Exception) -> Response:
    """A fault of ours: the server's log has it, the answer tells nothing of it."""
    return answer(Problem(500, "The server could not answer. Its log says why."))
