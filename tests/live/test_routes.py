"""The live route as a browser meets it: tokens, origins, one viewer a play, and the modules."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from nn_core.live import hub as hub_module
from nn_core.live.frames import decode
from nn_core.live.hub import Hub
from nn_core.live.points import Hidden, Points
from nn_core.live.routes import live_routes, stage_version
from nn_core.live.settings import Settings

STAGE = Path(__file__).parents[2] / "assets" / "stage"
SPEC = Points(hidden=(Hidden(2),), points=40)
SETTINGS = Settings(activations=("tanh",))
ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    hub.trainers.stop()


@pytest.fixture
def client(hub: Hub) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=live_routes(hub, STAGE, "/glassnet"))) as client:
        yield client


def test_a_viewer_plays_and_pauses(hub: Hub, client: TestClient) -> None:
    token = hub.open(SPEC, SETTINGS)
    with client.websocket_connect(f"/glassnet/live/{token}", headers=ORIGIN) as socket:
        assert decode(socket.receive_bytes())[0]["kind"] == "hello"
        assert decode(socket.receive_bytes())[0]["step"] == 0
        socket.send_json({"type": "play"})
        header = {"step": 0}
        while header["step"] < 20:
            header, _ = decode(socket.receive_bytes())
            socket.send_json({"type": "ack", "seq": header["seq"]})
        socket.send_json({"type": "pause"})
        while header["state"] == "playing":
            header, _ = decode(socket.receive_bytes())


def closed_with(client: TestClient, token: str, headers: dict[str, str]) -> int:
    with client.websocket_connect(f"/glassnet/live/{token}", headers=headers) as socket:
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
        return closed.value.code


def test_who_may_not_watch(hub: Hub, client: TestClient) -> None:
    token = hub.open(SPEC, SETTINGS)
    assert closed_with(client, "no-such-token", ORIGIN) == 4404
    assert closed_with(client, token, {"Origin": "http://elsewhere.example"}) == 4403
    assert closed_with(client, token, {}) == 4403
    with client.websocket_connect(f"/glassnet/live/{token}", headers=ORIGIN) as socket:
        socket.receive_bytes()
        assert closed_with(client, token, ORIGIN) == 4409


def test_a_message_that_is_none_closes_the_socket(hub: Hub, client: TestClient) -> None:
    token = hub.open(SPEC, SETTINGS)
    with client.websocket_connect(f"/glassnet/live/{token}", headers=ORIGIN) as socket:
        socket.receive_bytes()
        socket.receive_bytes()
        socket.send_text('{"type": "explode"}')
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
    assert closed.value.code == 4400


def test_a_lost_connection_finds_its_play_again(hub: Hub, client: TestClient) -> None:
    token = hub.open(SPEC, SETTINGS)
    for expected in (0, 1):
        with client.websocket_connect(f"/glassnet/live/{token}", headers=ORIGIN) as socket:
            assert decode(socket.receive_bytes())[0]["kind"] == "hello"
            assert decode(socket.receive_bytes())[0]["step"] == expected
            socket.send_json({"type": "step", "kind": "batch"})
            assert decode(socket.receive_bytes())[0]["step"] == expected + 1


def test_a_play_ends_when_nobody_watches(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    token = hub.open(SPEC, SETTINGS)
    assert hub.find(token) is not None
    monkeypatch.setattr(hub_module, "LINGER", -1.0)
    assert hub.find(token) is None


def test_a_new_play_takes_over_what_the_viewer_had_set(hub: Hub) -> None:
    first = hub.open(SPEC, replace(SETTINGS, learning_rate=0.3, activations=("relu",)))
    wider = Points(hidden=(Hidden(2), Hidden(5)))
    second = hub.open(wider, Settings(activations=("tanh", "sigmoid")), replaces=first)
    assert hub.find(first) is None
    play = hub.find(second)
    assert play is not None
    assert play.settings.learning_rate == 0.3
    assert play.settings.activations == ("relu", "sigmoid")


def test_a_full_server_says_so(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "MOST", 1)
    hub.open(SPEC, SETTINGS)
    with pytest.raises(ValueError, match="places of this server"):
        hub.open(SPEC, SETTINGS)


def test_modules_come_from_the_stage_folder_and_from_nowhere_else(client: TestClient) -> None:
    version = stage_version(STAGE)
    found = client.get(f"/glassnet/stage/{version}/stage.js")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/javascript")
    for name in ("..%2F..%2Fapp.py", "nothing.js", ".", "%2Fetc%2Fpasswd"):
        assert client.get(f"/glassnet/stage/{version}/{name}").status_code == 404
