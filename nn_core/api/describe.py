"""The API described in OpenAPI 3.1, from the same tables and numbers that answer."""

from __future__ import annotations

from typing import Any

from nn_core.api.limits import BURST, RATE
from nn_core.api.questions import LARGEST_BASKET, LONGEST_LIST
from nn_core.recommender.models import MODELS
from nn_core.recommender.split import TASKS

TEXT = {"type": "string"}
ITEM = {
    "type": "object",
    "required": ["rank", "product", "name", "score"],
    "properties": {
        "rank": {"type": "integer", "minimum": 1},
        "product": TEXT,
        "name": {**TEXT, "description": "empty where the purchases had no names"},
        "score": {"type": "number", "description": "higher is better; of this model only"},
    },
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": {**TEXT, "description": "what is wrong, and what to do"},
    },
}
FAULTS = {
    "400": "A parameter is missing or wrong",
    "401": "No token, a wrong one, or no such run: the answer does not tell which",
    "429": f"More than {RATE:g} requests a second, or {BURST} at once; see Retry-After",
    "409": "This version of the server cannot read the run's result: train it again",
    "503": "The run trains, or was stopped; see Retry-After",
}
LISTS = {
    "model": {**TEXT, "description": "who made the list"},
    "task": {"type": "string", "enum": list(TASKS)},
    "note": {**TEXT, "description": "what to say with the list; often empty"},
    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
}


def openapi(base: str) -> dict[str, Any]:
    """base: the path under which the API stands."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Glassnet recommendations",
            "version": "1",
            "description": "Lists from a finished run of the shop. A run's owner makes tokens for "
            f"it. A token may ask {RATE:g} times a second, and {BURST} times at once after a rest.",
        },
        "servers": [{"url": base}],
        "security": [{"token": []}],
        "paths": {
            "/runs/{run}/recommendations": {"get": recommendations()},
            "/runs/{run}/similar": {"get": similar()},
            "/runs/{run}/basket": {"get": basket_of_query(), "post": basket_of_body()},
            "/health": {"get": health()},
        },
        "components": {
            "schemas": {"Item": ITEM, "Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def recommendations() -> dict[str, Any]:
    known = {"type": "boolean", "description": "false: the list is of popular products"}
    return operation(
        "recommendations",
        "What to show a customer next",
        [parameter("user", "the customer's id, as it was uploaded", required=True), *CHOICES],
        {"user": TEXT, "known": known, **LISTS},
    )


def similar() -> dict[str, Any]:
    listed = {name: LISTS[name] for name in ("model", "items")}
    meaning = {**TEXT, "description": "what a score says of two products"}
    found = operation(
        "similar",
        "Products like a product",
        [parameter("product", "the product's id", required=True), LENGTH, MODEL],
        {"product": TEXT, "meaning": meaning, **listed},
    )
    found["responses"]["404"] = fault("The product is not ranked in this run")
    return found


def basket_of_query() -> dict[str, Any]:
    products = parameter("product", "a product's id; once for each product", required=True)
    products["schema"] = {"type": "array", "items": TEXT, "maxItems": LARGEST_BASKET}
    return operation("basketByQuery", "What goes with a basket", [products, *CHOICES], BASKET)


def basket_of_body() -> dict[str, Any]:
    properties = {choice["name"]: choice["schema"] for choice in CHOICES}
    products = {"type": "array", "items": TEXT, "minItems": 1, "maxItems": LARGEST_BASKET}
    schema = {
        "type": "object",
        "required": ["products"],
        "properties": {"products": products, **properties},
        "additionalProperties": False,
    }
    found = operation("basket", "What goes with a basket", [], BASKET)
    found["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return found


def health() -> dict[str, Any]:
    good = {"description": "The server answers", "content": content({"status": TEXT})}
    return {
        "operationId": "health",
        "summary": "Is the server there?",
        "security": [],
        "responses": {"200": good},
    }


def operation(
    name: str, summary: str, parameters: list[dict[str, Any]], answer: dict[str, Any]
) -> dict[str, Any]:
    """An operation on a run: the run's id, the token, the answer, and all that can be wrong."""
    run = {"name": "run", "in": "path", "required": True, "schema": TEXT}
    good = {"description": summary, "content": content(answer)}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [run, *parameters],
        "responses": {"200": good, **{status: fault(words) for status, words in FAULTS.items()}},
    }


def content(properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"application/json": {"schema": schema}}


def fault(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def parameter(name: str, description: str, required: bool = False, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": {**TEXT, **schema},
    }


LENGTH = parameter(
    "k", "places on the list", type="integer", minimum=1, maximum=LONGEST_LIST, default=10
)
MODEL = parameter("model", "a model of the run; its best where none is named", enum=list(MODELS))
TASK = parameter("task", "which question; the run's own where none is named", enum=list(TASKS))
CHOICES = [LENGTH, TASK, MODEL]
BASKET = {"products": {"type": "array", "items": TEXT}, **LISTS}
