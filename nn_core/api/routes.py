"""The API's addresses. Scoring runs in threads, so that pages go on while a model works."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from nn_core.api import answers, questions
from nn_core.api.access import Gate
from nn_core.api.describe import openapi
from nn_core.api.page import PAGE_HEADERS, page
from nn_core.api.problems import HEADERS, Problem, on_fault, on_http, on_problem

AT_ONCE = 2
"""Questions that are computed at one moment; more of them wait their turn."""


def api_routes(prefix: str = "", gate: Gate | None = None) -> list[Mount]:
    """prefix: the path under which the app is served."""
    api = Api(gate or Gate(), f"{prefix}/api/v1")
    of_run = [
        Route("/runs/{run}/recommendations", api.recommendations),
        Route("/runs/{run}/similar", api.similar),
        Route("/runs/{run}/basket", api.basket_of_query),
        Route("/runs/{run}/basket", api.basket_of_body, methods=["POST"]),
    ]
    open_to_all = [
        Route("/health", api.health),
        Route("/openapi.json", api.described),
        Route("/docs", api.docs),
    ]
    app = Starlette(
        routes=[*of_run, *open_to_all],
        exception_handlers={Problem: on_problem, HTTPException: on_http, Exception: on_fault},
    )
    return [Mount(f"{prefix}/api/v1", app=app)]


class Api:
    """The endpoints: who asks, what is asked, and the answer as JSON."""

    def __init__(self, gate: Gate, base: str) -> None:
        self.gate = gate
        self.base = base
        self.turns = anyio.CapacityLimiter(AT_ONCE)

    async def recommendations(self, request: Request) -> Response:
        run = await self.let_in(request)
        given = questions.query(request)
        user = questions.required(given, "user")
        asked = questions.question(given, ("user",))
        return await self.answer(lambda: answers.recommendations(run, user, asked))

    async def similar(self, request: Request) -> Response:
        run = await self.let_in(request)
        given = questions.query(request)
        product = questions.required(given, "product")
        asked = questions.question(given, ("product",))
        return await self.answer(lambda: answers.similar(run, product, asked))

    async def basket_of_query(self, request: Request) -> Response:
        run = await self.let_in(request)
        asked = questions.question(questions.query(request), ("product",))
        products = questions.products(request.query_params.getlist("product"))
        return await self.answer(lambda: answers.basket(run, products, asked))

    async def basket_of_body(self, request: Request) -> Response:
        run = await self.let_in(request)
        given = await questions.body(request)
        asked = questions.question(given, ("products",))
        products = questions.products(given.get("products"))
        return await self.answer(lambda: answers.basket(run, products, asked))

    async def let_in(self, request: Request) -> str:
        return await anyio.to_thread.run_sync(self.gate.let_in, request)

    async def answer(self, computed: Callable[[], dict[str, Any]]) -> Response:
        found = await anyio.to_thread.run_sync(computed, limiter=self.turns)
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        return Response(text, 200, HEADERS, "application/json")

    async def health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=HEADERS)

    async def described(self, request: Request) -> Response:
        return JSONResponse(openapi(self.base), headers=HEADERS)

    async def docs(self, request: Request) -> Response:
        return HTMLResponse(page(openapi(self.base)), headers=PAGE_HEADERS)
