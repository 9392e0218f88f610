"""What can be asked of a run, read from a request: every wrong value is a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from nn_core.api.problems import Problem
from nn_core.recommender.split import TASKS

LONGEST_LIST = 100
LARGEST_BASKET = 200
LARGEST_BODY = 64_000
"""Bytes."""
LONGEST_NUMBER = 9
"""Digits."""
HALF_A_SIGN = (
    "The body has half a sign, \\ud800 to \\udfff without its other half, or lists in lists in "
    'lists. Send {"products": ["ID", ...]}.'
)


@dataclass(frozen=True)
class Question:
    """How long a list, which question it answers, and by which model; None: the run's own."""

    k: int = 10
    task: str | None = None
    model: str | None = None


def question(given: dict[str, Any], known: tuple[str, ...]) -> Question:
    """From a query or a body; `known` are the other names that may stand there."""
    for name in given:
        if name not in ("k", "task", "model", *known):
            expected = ", ".join((*known, "k", "task", "model"))
            raise Problem(400, f"There is no parameter '{name[:60]}'. Expected: {expected}.")
    task, model = (optional_text(given, name) for name in ("task", "model"))
    if task is not None and task not in TASKS:
        raise Problem(400, f"There is no task '{task[:60]}'. Choose one of: {', '.join(TASKS)}.")
    return Question(length(given.get("k", 10)), task, model)


def length(k: Any) -> int:
    number = k if type(k) is int else int(k) if isinstance(k, str) and short_number(k) else 0
    if not 1 <= number <= LONGEST_LIST:
        told = str(k)[:20] if isinstance(k, int | float | str) else "something else"
        raise Problem(400, f"k is a whole number from 1 to {LONGEST_LIST}; received {told}.")
    return number


def short_number(text: str) -> bool:
    """Of the digits 0 to 9 alone, and few: the longest that `int` reads end in an error."""
    return len(text) <= LONGEST_NUMBER and text.isascii() and text.isdecimal()


def optional_text(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise Problem(400, f"'{name}' is text.")
    return value


def required(given: dict[str, Any], name: str) -> str:
    """A parameter that must be there, once."""
    value = optional_text(given, name)
    if not value:
        raise Problem(400, f"The parameter '{name}' is missing.")
    return value


def query(request: Request) -> dict[str, Any]:
    """{name: value}; 400 where a name that stands for one value is there twice."""
    pairs = request.query_params.multi_items()
    names = [name for name, _ in pairs if name != "product"]
    for name in names:
        if names.count(name) > 1:
            raise Problem(400, f"The parameter '{name[:60]}' is there more than once.")
    return dict(pairs)


async def body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent, no more than LARGEST_BODY of it."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > LARGEST_BODY:
            raise Problem(413, f"The body is longer than {LARGEST_BODY:,} bytes.")
    try:
        sent = json.loads(read)
    except (ValueError, RecursionError) as error:
        raise Problem(400, 'The body is no JSON. Send {"products": ["ID", ...]}.') from error
    if not can_be_written(sent):
        raise Problem(400, HALF_A_SIGN)
    if not isinstance(sent, dict):
        raise Problem(400, 'The body is no JSON object. Send {"products": ["ID", ...]}.')
    return dict(sent)


def can_be_written(sent: Any) -> bool:
    """JSON can hold what no text can: the half of a pair of UTF-16. An answer tells what was asked,
    so such a half would only be found while it is written."""
    try:
        json.dumps(sent, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def products(sent: Any) -> list[str]:
    """The ids of a basket."""
    if not isinstance(sent, list) or not all(isinstance(one, str) for one in sent):
        raise Problem(400, "'products' is a list of product ids, each of them text.")
    ids: list[str] = sent
    if not 1 <= len(ids) <= LARGEST_BASKET:
        raise Problem(400, f"A basket holds 1 to {LARGEST_BASKET} products, not {len(ids)}.")
    return ids
