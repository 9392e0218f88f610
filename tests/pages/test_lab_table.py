"""The lab's own file, through Streamlit's AppTest on the router."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nn_core.live.hub import the_hub
from nn_core.live.points import Points
from nn_core.live.table import Table


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_file("../../pages/router.py", default_timeout=30)
    app.run()
    app.switch_page("lab.py").run()
    return app.selectbox(key="lab-dataset").select("own file").run()


def spec_of(app: AppTest):
    play = the_hub().find(app.session_state["lab"][1])
    assert play is not None
    assert isinstance(play.spec, Points)
    return play.spec


def upload(app: AppTest, text: bytes) -> AppTest:
    app.file_uploader(key="lab-own-file").upload("flowers.csv", text, "text/csv").run()
    assert not app.exception
    return app


def flowers(parts: str = ",") -> bytes:
    rng = np.random.default_rng(1)
    lines = [parts.join(["length", "width", "name"])]
    lines += [parts.join([f"{a:.2f}", f"{b:.2f}", n]) for n in "xyz" for a, b in rng.random((9, 2))]
    return "\n".join([*lines, parts.join(["?", "0.5", "x"])]).encode()


def test_until_there_is_a_file_the_first_data_set_plays(app: AppTest) -> None:
    assert not app.exception
    assert spec_of(app).dataset == "circle"


@pytest.mark.parametrize("parts", [",", ";", "\t"])
def test_a_file_becomes_the_data(app: AppTest, parts: str) -> None:
    upload(app, flowers(parts))
    spec = spec_of(app)
    assert isinstance(spec, Table)
    assert (spec.columns, spec.classes, spec.answer) == (
        ("length", "width"),
        ("x", "y", "z"),
        "name",
    )
    assert len(spec.table) == 27
    assert any("1 are left out" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    "text", [b"", b"a", b"a,b\n", b"a,b\nx,y\nz,w\n", b"\x00\x01\x02", b"a,b,c\n1,2,x\n3,4,y\n"]
)
def test_a_file_that_does_not_hold_is_answered_by_a_sentence(app: AppTest, text: bytes) -> None:
    upload(app, text)
    assert app.warning
    assert spec_of(app).dataset == "circle"
