"""The API as a shop's programmer meets it: lists, faults, and how it is described."""

import re
from typing import Any, cast

import pytest
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nn_core import jobs
from nn_core.api.access import Gate
from nn_core.api.limits import Limiter
from nn_core.api.routes import api_routes
from nn_core.jobs.folder import RunFolder
from nn_core.recommender.runs.formats import OLDER
from nn_core.recommender.runs.runs import open_run
from tests.api.conftest import HALF, Shop, finished_run
from tests.recommender.kept import CUSTOMER, original
from tests.recommender.runs.older import make_unreadable
from tests.recommender.shops import PLANTED


def test_a_customers_list_is_the_one_of_the_run(shop: Shop):
    status, found = shop.get("recommendations", user=CUSTOMER, k=3, task="all", model="item-knn")
    expected = open_run(original()).recommend(CUSTOMER, 3, "all", "item-knn")
    assert status == 200
    assert found == {
        "user": CUSTOMER,
        "known": True,
        "model": "item-knn",
        "task": "all",
        "note": "",
        "items": expected.rows,
    }


def test_without_choices_the_runs_own_hold(shop: Shop):
    _, found = shop.get("recommendations", user=CUSTOMER)
    assert (found["model"], found["task"]) == (open_run(original()).best(), "discover")
    assert len(cast(list[Any], found["items"])) == 10


def test_an_unknown_customer_gets_popular_products_and_is_told(shop: Shop):
    status, found = shop.get("recommendations", user="<b>nobody</b>")
    assert (status, found["known"], found["model"]) == (200, False, "popularity")
    assert "<b>nobody</b>" in str(found["note"])  # JSON: text is text


def of_one_group(count: int) -> list[str]:
    group = PLANTED.product_group
    return [product for product in sorted(group) if group[product] == 0][:count]


def test_a_basket_by_query_and_by_body_is_the_same(shop: Shop):
    basket = of_one_group(3)
    _, by_query = shop.get("basket", product=[*basket, "nothing"], k=8)
    address = f"/base/api/v1/runs/{shop.run}/basket"
    sent = {"products": [*basket, "nothing"], "k": 8}
    by_body = shop.client.post(address, json=sent, headers=shop.bearer).json()
    assert by_query == by_body
    assert by_body["note"] == "Not ranked here: nothing."
    listed = [item["product"] for item in by_body["items"]]
    assert not set(listed) & set(basket)
    assert [PLANTED.product_group[product] for product in listed] == [0] * 8


def test_similar_products_are_of_the_same_group(shop: Shop):
    [product] = of_one_group(1)
    status, found = shop.get("similar", product=product, k=5)
    assert status == 200
    assert {PLANTED.product_group[item["product"]] for item in cast(Any, found["items"])} == {0}
    assert found["meaning"]


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        ("recommendations", {}, 400, "'user' is missing"),
        ("recommendations", {"user": "a", "k": 0}, 400, "from 1 to 100"),
        ("recommendations", {"user": "a", "k": "²"}, 400, "from 1 to 100"),
        ("recommendations", {"user": "a", "k": "9" * 5_000}, 400, "from 1 to 100"),
        ("recommendations", {"user": "a", "k": "٣"}, 400, "from 1 to 100"),
        ("recommendations", {"user": ["a", "b"]}, 400, "more than once"),
        ("recommendations", {"user": "a", "task": "guess"}, 400, "discover"),
        ("recommendations", {"user": "a", "model": "../x"}, 400, "It has: popularity"),
        ("recommendations", {"user": "a", "users": "b"}, 400, "no parameter 'users'"),
        ("similar", {"product": "nothing"}, 404, "not ranked"),
        ("similar", {"product": of_one_group(1)[0], "model": "popularity"}, 400, "alike"),
        ("basket", {}, 400, "1 to 200"),
        ("elsewhere", {}, 404, "nothing at this address"),
    ],
)
def test_a_fault_is_a_problem_in_a_sentence(
    shop: Shop, path: str, query: dict[str, object], status: int, words: str
):
    found, problem = shop.get(path, **query)
    assert found == problem["status"] == status
    assert words in str(problem["detail"])
    assert set(problem) == {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    "body",
    [
        b"[",
        b"[1]",
        b'{"products": "P1"}',
        b'{"products": [1]}',
        b"",
        b'{"products": ["P1"], "k": ' + b"9" * 4_000 + b"}",
        b'{"products": ["P1"], "k": ' + b"[" * 900 + b"]" * 900 + b"}",
        *HALF,
    ],
)
def test_a_wrong_body_is_a_problem(shop: Shop, body: bytes):
    found = shop.client.post(
        f"/base/api/v1/runs/{shop.run}/basket", content=body, headers=shop.bearer
    )
    assert found.status_code == 400
    assert found.headers["content-type"] == "application/problem+json"


def test_a_large_body_is_refused_before_it_is_read(shop: Shop):
    body = b'{"products": ["' + b"x" * 70_000 + b'"]}'
    address = f"/base/api/v1/runs/{shop.run}/basket"
    assert shop.client.post(address, content=body, headers=shop.bearer).status_code == 413


def test_no_answer_tells_whether_a_run_or_a_token_is_there(shop: Shop):
    other = jobs.submit(shop.workspace, {"kind": "shop"})
    asked = "recommendations?user=a"
    answers = [
        shop.client.get(f"/base/api/v1/runs/{run}/{asked}", headers=headers)
        for run, headers in [
            (shop.run, {}),
            (shop.run, {"Authorization": "Bearer gn_wrong"}),
            (shop.run, {"Authorization": f"Basic {shop.token}"}),
            (other, shop.bearer),
            ("A" * 22, shop.bearer),
            ("%2e%2e", shop.bearer),
        ]
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"] == "Bearer"


def test_a_revoked_token_is_no_token(shop: Shop):
    token = jobs.make_token(shop.workspace, shop.run, "short")
    address = f"/base/api/v1/runs/{shop.run}/recommendations?user=a"
    bearer = {"Authorization": f"Bearer {token}"}
    assert shop.client.get(address, headers=bearer).status_code == 200
    newest = jobs.tokens(shop.run)[-1]["id"]
    jobs.revoke_token(shop.workspace, shop.run, newest)
    assert shop.client.get(address, headers=bearer).status_code == 401


def test_a_run_that_trains_again_says_when_to_come_back(shop: Shop):
    run = RunFolder.find(shop.run)
    run.set_status("running")
    order = run.path / "order.json"
    order.write_text("{}")
    address = f"/base/api/v1/runs/{shop.run}/recommendations?user=a"
    found = shop.client.get(address, headers=shop.bearer)
    order.unlink()
    assert (found.status_code, found.headers["retry-after"]) == (503, "30")
    # What is left are small studies: the models are there, so they answer.
    assert shop.client.get(address, headers=shop.bearer).status_code == 200
    run.set_status("done")


def test_a_run_of_a_version_that_cannot_be_read_says_so(home: str):
    run = finished_run(home)
    make_unreadable(jobs.folder(run) / "result")
    bearer = {"Authorization": f"Bearer {jobs.make_token(home, run, 'a')}"}
    client = TestClient(Starlette(routes=api_routes()))
    found = client.get(f"/api/v1/runs/{run}/recommendations?user=a", headers=bearer)
    assert (found.status_code, found.json()["detail"]) == (409, OLDER)


def test_no_page_of_another_site_may_ask(shop: Shop):
    address = f"/base/api/v1/runs/{shop.run}/recommendations?user=a"
    found = shop.client.get(address, headers=shop.bearer | {"Origin": "https://elsewhere.example"})
    assert not [name for name in found.headers if name.startswith("access-control")]
    preflight = shop.client.options(address, headers={"Origin": "https://elsewhere.example"})
    assert preflight.status_code == 405


def test_the_description_is_valid_and_names_every_route(shop: Shop):
    described = shop.client.get("/base/api/v1/openapi.json").json()
    validate(described)
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": "/base/api/v1"}]
    for path, operations in described["paths"].items():
        for method in operations:
            found = shop.client.request(method, f"/base/api/v1{path.replace('{run}', shop.run)}")
            assert found.status_code in (200, 401), (method, path)


def test_an_answer_is_as_the_description_says(shop: Shop):
    described = shop.client.get("/base/api/v1/openapi.json").json()
    for path, query in [
        ("recommendations", {"user": CUSTOMER}),
        ("similar", {"product": of_one_group(1)[0]}),
        ("basket", {"product": of_one_group(2)}),
    ]:
        _, found = shop.get(path, **query)
        answers = described["paths"][f"/runs/{{run}}/{path}"]["get"]["responses"]
        schema = answers["200"]["content"]["application/json"]["schema"]
        assert set(found) == set(schema["required"]) == set(schema["properties"])
        item = described["components"]["schemas"]["Item"]
        assert set(cast(Any, found["items"])[0]) == set(item["required"])


def test_the_page_for_people_runs_nothing(shop: Shop):
    found = shop.client.get("/base/api/v1/docs")
    assert "default-src 'none'" in found.headers["content-security-policy"]
    assert "<script" not in found.text
    assert "/base/api/v1/runs/{run}/recommendations" in found.text
    assert not re.search(r"https?://", found.text)


def test_a_bucket_fills_again_and_says_how_long_it_takes():
    now = [0.0]
    limiter = Limiter(rate=0.5, burst=2, now=lambda: now[0])
    assert [limiter.wait("a") for _ in range(3)] == [0, 0, 2]
    assert limiter.wait("b") == 0
    now[0] = 2.0
    assert [limiter.wait("a") for _ in range(2)] == [0, 2]


def test_too_many_requests_are_told_to_wait(home: str):
    run = finished_run(home)
    bearer = {"Authorization": f"Bearer {jobs.make_token(home, run, 'a')}"}
    gate = Gate(Limiter(1e-3, 1), Limiter(1e-3, 1))
    client = TestClient(Starlette(routes=api_routes("", gate)))
    address = f"/api/v1/runs/{run}/recommendations?user=a"
    wrong = [client.get(address) for _ in range(2)]
    assert [found.status_code for found in wrong] == [401, 429]
    right = [client.get(address, headers=bearer) for _ in range(2)]
    assert [found.status_code for found in right] == [200, 429]
    assert int(right[1].headers["retry-after"]) > 100
    assert right[1].headers["content-type"] == "application/problem+json"
