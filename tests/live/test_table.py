"""Somebody's own file in the lab: scaled as said, learnt, and answered in its own classes."""

import base64
import json
import zlib

import numpy as np
import pytest

from nn_core.live import carried
from nn_core.live.points import Hidden
from nn_core.live.table import Table, losses_of
from nn_core.trace import record
from tests.live.viewer import Viewer


def table(classes: int, loss: str = "") -> Table:
    """90 rows of three columns, on scales far apart; the answer follows from two of them."""
    rng = np.random.default_rng(0)
    x = rng.normal([100, 0, -3], [20, 1, 0.01], (90, 3))
    height = (x[:, 0] - 100) / 20 + x[:, 1]
    y = height if not classes else np.digitize(height, np.linspace(-1, 1, classes + 1)[1:-1])
    return Table(
        columns=("size", "age", "tilt"),
        answer="kind",
        classes=tuple("abcdefghij"[:classes]),
        rows=np.column_stack([x, y]).tobytes(),
        plane=(1, 0),
        hidden=(Hidden(5),),
        loss=loss or losses_of(classes)[0],
    )


@pytest.mark.parametrize("classes", [0, 3])
def test_a_run_and_its_table_come_back_from_their_file_number_for_number(classes: int) -> None:
    first = Viewer(table(classes))
    first.say(type="set", optimizer="adam")
    first.say(type="step", kind="epoch")
    first.say(type="edit", weight="dense_1/kernel[2,1]", value=0.3)
    header, _ = first.ask("link")
    centre, spread = first.play.spec.about["scaling"].values()
    assert header["table"]["mean and deviation"]["tilt"] == [centre[2], spread[2]]
    assert header["table"]["rows"] == 90
    fields = carried.unpacked(header["table"]["text"])
    other = Viewer(Table(**fields, hidden=(Hidden(5),), loss=losses_of(classes)[0]))
    assert other.play.spec == first.play.spec
    other.say(type="open", run=header["run"])
    other.say(type="step", kind="epoch")
    for viewer in (first, other):
        viewer.say(type="step", kind="epoch")
    expected = first.play.run.model.weights.vector
    np.testing.assert_array_equal(other.play.run.model.weights.vector, expected)


def damaged(**parts: object) -> str:
    """The text of a table of which some parts are others."""
    plain = json.loads(zlib.decompress(base64.urlsafe_b64decode(carried.packed(table(2)))))
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(plain | parts).encode())).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%%%",
        damaged(rows="AAAA"),
        damaged(rows=base64.b64encode(np.full((20, 4), np.nan).tobytes()).decode()),
        damaged(classes=["a"]),
        damaged(columns="abc"),
        damaged(plane=[0, 9]),
        damaged(told=2),
        damaged(cut=90),
        damaged(cut=-1),
        damaged(
            classes=["a", "b", "c"], rows=base64.b64encode(np.full((20, 4), 7.0).tobytes()).decode()
        ),
    ],
)
def test_a_damaged_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        carried.unpacked(text)


@pytest.mark.parametrize("classes", [0, 2, 3, 10])
def test_a_file_is_learnt(classes: int) -> None:
    for loss in losses_of(classes):
        viewer = Viewer(table(classes, loss))
        hello = viewer.frames[0][0]
        assert hello["features"] == ["size", "age", "tilt"]
        assert hello["layers"][-1]["units"] == (
            2 if classes == 2 and loss.startswith("cat") else max(1, classes if classes > 2 else 1)
        )
        first = viewer.frames[-1][0]["loss"]["train"]
        viewer.say(type="set", optimizer="adam", learning_rate=0.03)
        for _ in range(25):
            viewer.say(type="step", kind="epoch")
        assert viewer.frames[-1][0]["loss"]["train"] < 0.7 * first, loss


def test_the_scaling_is_that_of_the_train_rows_and_stands_in_the_hello() -> None:
    spec = table(2)
    viewer = Viewer(spec)
    hello, data = viewer.frames[0]
    raw = spec.unscaled()
    centre, spread = (np.array(hello["scaling"][name]) for name in ("mean", "deviation"))
    np.testing.assert_allclose(centre[:3], raw.train_x.mean(axis=0))
    np.testing.assert_allclose(spread[:3], raw.train_x.std(axis=0))
    assert (centre[3], spread[3]) == (0, 1)
    run = viewer.play.run
    np.testing.assert_allclose(run.x * spread[:3] + centre[:3], raw.train_x, rtol=1e-5)
    np.testing.assert_allclose(data["train_x"], np.clip(run.x[:, [1, 0]], -3, 3), rtol=1e-6)
    np.testing.assert_array_equal(data["train_y"], raw.train_y)


def test_the_shown_row_is_the_engines() -> None:
    viewer = Viewer(table(3))
    _, values = viewer.say(type="set", sample=4, sample_set="test")
    run = viewer.play.run
    trace = record(run.model, run.test_x[4:5], run.test_y[4:5])
    np.testing.assert_array_equal(values["dense_2/dz"], trace["dense_2/dz"][0])


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (table(1, "mse"), "1 classes"),
        (table(3, "mse"), "does not go"),
        (Table(columns=("a",), rows=np.zeros((20, 2)).tobytes(), loss="mse"), "2 to 8"),
        (Table(columns=("a", "b"), rows=np.zeros((3, 3)).tobytes(), loss="mse"), "3 whole rows"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(spec: Table, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        spec.check()
