"""A finished run of the planted shop in a home of its own, and a client of the API."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nn_core import jobs
from nn_core.api.access import Gate
from nn_core.api.limits import Limiter
from nn_core.api.routes import api_routes
from nn_core.jobs import api
from nn_core.jobs.folder import RunFolder
from tests.recommender.kept import PLAN, original

HALF = [
    rb'{"products": ["\ud800"]}',
    rb'{"task": "\udfff"}',
    rb'{"\ud800": ["P1"]}',
    b'{"products": ["\xed\xa0\x80"]}',
]
"""Bodies with the half of a sign, which JSON can hold and no answer can tell."""


@dataclass(frozen=True)
class Shop:
    """A workspace with one run, a token of it, and whom to ask."""

    workspace: str
    run: str
    token: str
    client: TestClient

    def get(self, path: str, **query: object) -> tuple[int, dict[str, object]]:
        address = f"/base/api/v1/runs/{self.run}/{path}"
        found = self.client.get(address, params=query, headers=self.bearer)  # pyright: ignore[reportArgumentType]
        return found.status_code, found.json()

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def finished_run(workspace: str) -> str:
    """A run that is done, with all that the worker leaves."""
    run = jobs.submit(
        workspace,
        {"kind": "shop", "title": "Planted", **PLAN.to_json()},
        lambda folder: shutil.copytree(original() / "input", folder, dirs_exist_ok=True),  # pyright: ignore[reportArgumentType]
    )
    api.leave(api.home(), run)
    shutil.copytree(original() / "result", jobs.folder(run) / "result", dirs_exist_ok=True)
    RunFolder.find(run).set_status("done")
    return run


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLASSNET_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(api, "start", lambda: None)
        workspace = jobs.new_workspace()
        run = finished_run(workspace)
        gate = Gate(Limiter(1e6, 10**6), Limiter(1e6, 10**6))
        client = TestClient(
            Starlette(routes=api_routes("/base", gate)), raise_server_exceptions=False
        )
        yield Shop(workspace, run, jobs.make_token(workspace, run, "tests"), client)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A home of one test's own -> the key of a workspace in it."""
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(api, "start", lambda: None)
    return jobs.new_workspace()
