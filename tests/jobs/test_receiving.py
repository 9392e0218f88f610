"""Large uploads arrive whole, in their own workspace, or leave nothing behind."""

from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from nn_core.jobs import receiving
from nn_core.jobs.home import new_workspace, workspace_folder
from nn_core.jobs.receiving import upload_routes
from nn_core.jobs.uploads import PART, remove_unopened
from nn_core.live.routes import same_host
from tests.asynchronous import waited

DATA = b"customer,product\n" + b"ada,tea\n" * 300_000
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    key = new_workspace()
    workspace_folder(key)
    return key


def app() -> Starlette:
    return Starlette(routes=upload_routes("/glassnet", same_host))


def send(
    key: str, data: bytes = DATA, name: str = "my shop.csv", **headers: str
) -> tuple[int, Any]:
    asked = HERE | {"X-Glassnet-Workspace": key} | headers
    with TestClient(app()) as client:
        answer = client.post(
            "/glassnet/uploads", params={"name": name}, content=data, headers=asked
        )
    return answer.status_code, answer.json()


def uploads(key: str) -> list[Path]:
    return sorted((workspace_folder(key) / "uploads").glob("*"))


def test_a_file_arrives_under_the_digest_of_its_content(key: str):
    status, answer = send(key)
    assert (status, [path.name for path in uploads(key)]) == (200, [answer["upload"]])
    place = uploads(key)[0]
    assert (place / "source").read_bytes() == DATA
    assert (place / "name.txt").read_text() == "my shop.csv"
    assert send(key)[1] == answer
    assert len(uploads(key)) == 1


def test_a_name_is_no_path(key: str):
    send(key, name="../../evil.csv")
    assert (uploads(key)[0] / "name.txt").read_text() == "evil.csv"


def test_strangers_and_other_pages_are_refused(key: str, tmp_path: Path):
    assert send(new_workspace())[0] == 403
    assert send("../../etc/passwd/and/so/on/and/so/on")[0] == 403
    assert send(key, Origin="http://elsewhere.example")[0] == 403
    assert len(list(tmp_path.glob("workspaces/*"))) == 1
    assert not uploads(key)


def test_what_is_too_large_is_refused_in_words(key: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GLASSNET_UPLOADS_MB", "1")
    assert "does not fit" in send(key)[1]["error"]
    monkeypatch.setattr(receiving, "LIMIT", 1_000_000)
    status, answer = send(key)
    assert (status, "The file has 2 MB and may have 1" in answer["error"]) == (413, True)
    assert send(key, b"")[0] == 413
    assert not uploads(key)


def test_a_file_that_breaks_off_leaves_nothing(key: str):
    messages = iter(
        [
            {"type": "http.request", "body": b"customer,", "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    headers = {"host": "testserver", "origin": HERE["Origin"], "x-glassnet-workspace": key,
               "content-length": "5000"}  # fmt: skip
    scope = {
        "type": "http", "method": "POST", "path": "/glassnet/uploads", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    said: list[Any] = []

    async def receive() -> Any:
        return next(messages)

    async def answer(message: Any) -> None:
        said.append(message)

    waited(app()(scope, receive, answer))
    assert not uploads(key)


def test_what_a_stopped_server_left_goes_at_the_next_start(key: str, tmp_path: Path):
    part = workspace_folder(key) / "uploads" / f"{PART}1"
    part.mkdir(parents=True)
    (part / "source").write_bytes(b"half")
    remove_unopened(tmp_path)
    assert not part.exists()
