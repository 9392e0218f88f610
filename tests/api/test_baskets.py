"""What if: the lists of a changed basket, for those who may see the run."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nn_core import jobs
from nn_core.api.baskets import basket_routes
from nn_core.live.routes import same_host
from nn_core.recommender.customer.desk import Ranked, history_of
from nn_core.recommender.customer.what_if import edited
from nn_core.recommender.runs.opened import made_at, opened_run
from tests.api.conftest import HALF, Shop

HERE = {"Origin": "http://testserver"}
MODELS = ("item-knn", "popularity")
K = 5


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=basket_routes("/glassnet", same_host))) as client:
        yield client


def ask(client: TestClient, shop: Shop, who: dict[str, str] | None = None, **said: Any) -> Any:
    """-> (status, what was answered)."""
    asked = {
        "customer": opened_run(shop.run).catalogue.customers[0],
        "task": "discover",
        "models": list(MODELS),
        "k": K,
        "made": str(made_at(shop.run)),
        "put_in": [],
        "taken_out": [],
    }
    headers = HERE | ({"X-Glassnet-Workspace": shop.workspace} if who is None else who)
    found = client.post(
        "/glassnet/what-if", params={"run": shop.run}, json=asked | said, headers=headers
    )
    return found.status_code, found.json()


def test_each_list_is_the_models_own_with_how_far_each_product_moved(
    client: TestClient, shop: Shop
):
    run = opened_run(shop.run)
    own = history_of(run.catalogue, run.catalogue.customers[0])
    out = int(own.product[-1])
    put_in = int((set(range(len(run.catalogue.products))) - set(own.product.tolist())).pop())
    status, found = ask(client, shop, put_in=[put_in], taken_out=[out])
    assert status == 200
    after = edited(own, np.array([put_in]), np.array([out]), run.now)
    assert {row["n"] for row in found["basket"]} == set(after.product.tolist())
    assert [row["n"] for row in found["basket"] if row["mark"] == "put in"] == [put_in]
    for name, rows in zip(MODELS, found["lists"], strict=True):
        was, now = (Ranked.of(run.model(name), one, "discover") for one in (own, after))
        assert [row["n"] for row in rows] == now.first(K)
        for row in rows:
            before = int(was.places[row["n"]])
            assert (row["mark"] == "") == (before == row["number"])
    assert any(row["mark"] for rows in found["lists"] for row in rows)


def test_an_empty_basket_can_be_filled(client: TestClient, shop: Shop):
    status, found = ask(client, shop, customer=None, put_in=[3])
    assert (status, [row["n"] for row in found["basket"]]) == (200, [3])


def test_a_link_shows_its_own_run_until_it_is_taken_back(client: TestClient, shop: Shop):
    link = jobs.make_share(shop.workspace, shop.run, "Ada")
    who = {"X-Glassnet-Link": link}
    assert ask(client, shop, who)[0] == 200
    jobs.revoke_share(shop.workspace, shop.run, link)
    assert ask(client, shop, who)[0] == 403


@pytest.mark.parametrize(
    "who",
    [{}, {"X-Glassnet-Workspace": "x" * 32}, {"X-Glassnet-Link": "x" * 32}],
    ids=["nobody", "another workspace", "no link"],
)
def test_nobody_else_sees_anything(client: TestClient, shop: Shop, who: dict[str, str]):
    status, found = ask(client, shop, who)
    assert (status, found["detail"]) == (
        403,
        "This run is not shown here: open the shop's page again.",
    )


def test_another_site_may_not_ask(client: TestClient, shop: Shop):
    who = {"X-Glassnet-Workspace": shop.workspace, "Origin": "https://elsewhere.example"}
    assert ask(client, shop, who)[0] == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"made": "1"}, 409),
        ({"models": ["no-such"]}, 400),
        ({"models": "item-knn"}, 400),
        ({"models": ["item-knn"] * 5}, 400),
        ({"task": "foretell"}, 400),
        ({"k": "ten"}, 400),
        ({"k": True}, 400),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    client: TestClient, shop: Shop, said: dict[str, Any], status: int
):
    found = ask(client, shop, **said)
    assert found[0] == status
    assert found[1]["detail"].endswith(".")


@pytest.mark.parametrize("body", HALF)
def test_half_a_sign_is_refused_before_it_is_looked_for(
    client: TestClient, shop: Shop, body: bytes
):
    headers = HERE | {"X-Glassnet-Workspace": shop.workspace}
    found = client.post(f"/glassnet/what-if?run={shop.run}", content=body, headers=headers)
    assert found.status_code == 400
    assert "half a sign" in found.json()["detail"]


def test_numbers_that_are_no_products_are_left_out(client: TestClient, shop: Shop):
    assert ask(client, shop, put_in=[10**9, -1, True, "3"])[1] == ask(client, shop)[1]
