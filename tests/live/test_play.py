"""A play moved turn by turn: what it shows is what the engine computes."""

from typing import Any

import numpy as np
import pytest

from nn_core.datasets import DATASETS
from nn_core.live.asks import ASKS, Answer, Scene
from nn_core.live.play import Play
from nn_core.live.points import Hidden, Points, losses_for
from nn_core.live.settings import Settings
from nn_core.trace import record
from tests.live.viewer import Viewer

SMALL = Points(hidden=(Hidden(3),), points=60)
ONE = Settings(activations=("tanh",))


def viewer_of(spec: Points = SMALL, settings: Settings = ONE) -> Viewer:
    return Viewer(spec, settings)


def test_hello_says_what_there_is_and_a_frame_how_it_stands() -> None:
    viewer = viewer_of()
    (hello, data), (frame, values) = viewer.frames
    assert hello["kind"] == "hello"
    assert [layer["units"] for layer in hello["layers"]] == [3, 1]
    assert data["train_x"].shape == (30, 2)
    assert frame["state"] == "paused"
    assert frame["reset"]
    np.testing.assert_array_equal(values["weights"], viewer.play.run.model.weights.vector)
    assert "gradient" not in values


def test_kernel_and_bias_lie_where_hello_says() -> None:
    viewer = viewer_of()
    flat = viewer.frames[-1][1]["weights"]
    for layer in viewer.frames[0][0]["layers"]:
        start, rows, columns = layer["kernel"]
        kernel = flat[start : start + rows * columns].reshape(rows, columns)
        weights = viewer.play.run.model.named_weights
        np.testing.assert_array_equal(kernel, weights[f"{layer['name']}/kernel"])
        start, units = layer["bias"]
        np.testing.assert_array_equal(flat[start : start + units], weights[f"{layer['name']}/bias"])


def test_playing_trains_as_many_updates_as_the_speed_says() -> None:
    viewer = viewer_of()
    viewer.say(type="set", speed=30)
    viewer.say(type="play")
    for _ in range(30):
        viewer.wait(1 / 10)
    assert 85 <= viewer.play.run.step <= 91
    assert viewer.frames[-1][0]["loss"]["train"] < viewer.frames[1][0]["loss"]["train"]
    viewer.say(type="pause")
    before = viewer.play.run.step
    viewer.wait(1)
    assert viewer.play.run.step == before


def test_no_more_than_four_pictures_wait_for_an_answer() -> None:
    viewer = viewer_of()
    viewer.say(type="play")
    start = len(viewer.frames)
    for _ in range(20):
        viewer.wait(0.1, acknowledge=False)
    assert len(viewer.frames) - start <= 4
    assert viewer.play.post({"type": "ack", "seq": viewer.play.seq})
    viewer.wait(0.1)
    assert len(viewer.frames) - start == 5


def test_a_hidden_tab_costs_nothing() -> None:
    viewer = viewer_of()
    viewer.say(type="play")
    viewer.say(type="visible", value=False)
    before = viewer.play.run.step
    assert viewer.play.turn(viewer.now + 1, 1.0, 1 / 30) is None
    assert viewer.play.run.step == before


def test_the_numbers_of_the_sample_are_the_traces() -> None:
    viewer = viewer_of()
    viewer.say(type="step", kind="epoch")
    _, values = viewer.say(type="set", sample=7, sample_set="test")
    play = viewer.play
    trace = record(play.run.model, play.run.test_x[7:8], play.run.test_y[7:8])
    for name in ("dense_1/z", "dense_1/a", "dense_1/da", "dense_1/dz", "dense_2/z", "dense_2/dz"):
        np.testing.assert_array_equal(values[name], trace[name][0])
    np.testing.assert_array_equal(values["sample_gradient"], trace["update/g"])
    np.testing.assert_array_equal(values["output"], trace["dense_2/a"][0])


def test_gradient_and_update_belong_to_the_last_step() -> None:
    viewer = viewer_of()
    before = viewer.frames[-1][1]["weights"]
    _, values = viewer.say(type="step", kind="batch")
    np.testing.assert_array_equal(values["weights"], before + values["update"])
    np.testing.assert_allclose(values["update"], -0.03 * values["gradient"], rtol=1e-4, atol=1e-7)


def test_walking_through_an_update_gives_the_same_weights_as_the_update() -> None:
    walked, stepped = viewer_of(), viewer_of()
    header, values = walked.say(type="step", kind="operation")
    assert header["operation"]["name"] == "z"
    assert "dense_1/z" in values
    assert "dense_1/a" not in values
    assert np.isnan(values["sample_gradient"]).all()
    assert header["sample"]["in_batch"]
    phases = [header["operation"]["phase"]]
    while header["operation"]["index"] < header["operation"]["count"]:
        header, values = walked.say(type="step", kind="operation")
        phases.append(header["operation"]["phase"])
    assert phases == sorted(phases, key=["forward", "loss", "backward", "update"].index)
    _, expected = stepped.say(type="step", kind="batch")
    np.testing.assert_array_equal(values["weights"], expected["weights"])
    np.testing.assert_array_equal(values["gradient"], expected["gradient"])


def test_slow_motion_shows_an_operation_at_a_time() -> None:
    viewer = viewer_of()
    viewer.say(type="set", speed="slow")
    viewer.say(type="play")
    seen = [viewer.frames[-1][0]["operation"]["index"]]
    for _ in range(3):
        viewer.wait(1.3)
        seen.append(viewer.frames[-1][0]["operation"]["index"])
    assert seen == [1, 2, 3, 4]


def test_rate_optimizer_batch_size_and_activation_keep_the_weights() -> None:
    viewer = viewer_of()
    _, values = viewer.say(type="step", kind="epoch")
    for change in (
        {"learning_rate": 0.5},
        {"optimizer": "adam"},
        {"optimizer_options": {"beta_1": 0.5}},
        {"batch_size": 3},
        {"activations": ["relu"]},
    ):
        header, after = viewer.say(type="set", **change)
        np.testing.assert_array_equal(after["weights"], values["weights"])
        assert header["flush"]
    settings = header["settings"]
    assert (settings["optimizer"], settings["optimizer_options"]["beta_1"]) == ("adam", 0.5)
    assert settings["optimizer_options"]["beta_2"] == 0.999
    assert settings["activations"] == ["relu"]
    _, after = viewer.say(type="step", kind="batch")
    assert (after["weights"] != values["weights"]).any()


def test_reset_begins_with_the_same_weights_and_repeats_the_run() -> None:
    viewer = viewer_of()
    start = viewer.frames[-1][1]["weights"]
    _, first = viewer.say(type="step", kind="epoch")
    header, again = viewer.say(type="reset")
    assert (header["step"], header["epoch"], header["reset"]) == (0, 0, True)
    np.testing.assert_array_equal(again["weights"], start)
    _, second = viewer.say(type="step", kind="epoch")
    np.testing.assert_array_equal(first["weights"], second["weights"])


def test_a_run_that_explodes_stops_and_names_the_number() -> None:
    viewer = viewer_of(
        Points(dataset="plane", loss="mse", hidden=(Hidden(3, "relu"),), points=60),
        Settings(activations=("relu",), learning_rate=1e12),
    )
    viewer.say(type="play")
    for _ in range(20):
        viewer.wait(0.1)
    header, _ = viewer.frames[-1]
    assert header["state"] == "paused"
    assert "dense_" in header["stopped"]
    assert "[" in header["stopped"]
    assert "Reset and try 1e+11" in header["stopped"]
    before = viewer.play.run.step
    viewer.say(type="play")
    viewer.wait(1)
    assert viewer.play.run.step == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"learning_rate": -1}, "learning_rate"),
        ({"learning_rate": "fast"}, "learning_rate"),
        ({"batch_size": 0}, "batch_size"),
        ({"optimizer": "sdg"}, "Unknown optimizer"),
        ({"optimizer_options": {"momentum": 2}}, "momentum"),
        ({"optimizer_options": {"mass": 2}}, "options"),
        ({"activations": ["tanh", "tanh"]}, "Expected 1 activations"),
        ({"speed": "warp"}, "speed"),
        ({"sample": -1}, "sample"),
    ],
)
def test_a_bad_setting_is_answered_and_changes_nothing(change: dict[str, Any], says: str) -> None:
    viewer = viewer_of()
    header, _ = viewer.say(type="set", **change)
    assert says in header["load"]["note"]
    assert viewer.play.settings == ONE


@pytest.mark.parametrize("dataset", DATASETS.names())
def test_every_data_set_is_learnt_with_every_loss_that_fits(dataset: str) -> None:
    for loss in losses_for(dataset):
        viewer = viewer_of(
            Points(
                dataset=dataset,
                loss=loss,
                features=("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"),
                hidden=(Hidden(8),),
                points=200,
            ),
            Settings(activations=("tanh",), optimizer="adam", learning_rate=0.02),
        )
        first = viewer.frames[-1][0]["loss"]["train"]
        for _ in range(30):
            viewer.say(type="step", kind="epoch")
        last = viewer.frames[-1][0]["loss"]["train"]
        assert last < 0.7 * first, (dataset, loss)


def test_a_spec_that_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="heights, not classes"):
        Play(Points(dataset="plane", loss="binary_crossentropy"), Settings())
    with pytest.raises(ValueError, match="no input"):
        Play(Points(features=()), Settings())


def test_samples_add_up_to_the_batchs_gradient_and_end_in_the_update() -> None:
    walked, stepped = viewer_of(), viewer_of()
    settings = {"batch_size": 4}
    walked.say(type="set", **settings)
    stepped.say(type="set", **settings)
    shown: list[int] = []
    gathered = np.zeros(0)
    for number in range(1, 5):
        header, values = walked.say(type="step", kind="sample")
        gathered = values["gradient"]
        shown.append(header["sample"]["index"])
        assert (header["operation"]["index"], header["operation"]["count"]) == (number, 5)
        assert header["step"] == 0
        at = header["sample"]["index"]
        run = walked.play.run
        own = record(run.model, run.x[at : at + 1], run.y[at : at + 1])
        np.testing.assert_array_equal(values["sample_gradient"], own["update/g"])
    assert len({*shown}) == 4
    header, values = walked.say(type="step", kind="sample")
    assert (header["step"], header["operation"]["phase"]) == (1, "update")
    np.testing.assert_allclose(gathered, values["gradient"], rtol=1e-5, atol=1e-7)
    _, expected = stepped.say(type="step", kind="batch")
    np.testing.assert_array_equal(values["weights"], expected["weights"])


def test_a_weight_is_edited_and_the_edit_taken_back() -> None:
    viewer = viewer_of()
    _, before = viewer.say(type="step", kind="batch")
    header, after = viewer.say(type="edit", weight="dense_1/kernel[1,2]", value=0.75)
    at = 1 * 3 + 2
    assert after["weights"][at] == 0.75
    assert header["past"]["undo"]
    assert header["loss"]["step"] == 1
    fresh = viewer.play.run.model.judge(viewer.play.run.x, viewer.play.run.y)[0]
    assert header["loss"]["train"] == fresh
    header, again = viewer.say(type="undo")
    np.testing.assert_array_equal(again["weights"], before["weights"])
    header, _ = viewer.say(type="edit", weight="dense_1/kernel[9,9]", value=0.75)
    assert "shape" in header["load"]["note"]
    header, _ = viewer.say(type="edit", weight="dense_1/kernel[0,0]", value="much")
    assert "number" in header["load"]["note"]


def test_a_play_goes_back_and_trains_on_from_there() -> None:
    viewer = viewer_of()
    for _ in range(3):
        viewer.say(type="step", kind="epoch")
    last = viewer.frames[-1][1]
    header, _ = viewer.say(type="go", step=4)
    assert (header["step"], header["state"]) == (4, "paused")
    assert header["past"] == {"last": 9, "cuts": 0, "every": 1, "undo": True, "changes": 0}
    for _ in range(5):
        viewer.say(type="step", kind="batch")
    np.testing.assert_array_equal(viewer.frames[-1][1]["weights"], last["weights"])
    viewer.say(type="go", step=4)
    header, _ = viewer.say(type="set", learning_rate=1.0)
    assert (header["past"]["last"], header["past"]["cuts"]) == (4, 1)


def twice(scene: Scene, message: dict[str, Any]) -> Answer:
    """A question that only these tests ask."""
    if not message["factor"]:
        raise ValueError("A factor must not be 0.")
    scaled = message["factor"] * scene.model.weights.vector
    return {"said": message["factor"]}, {"twice": scaled.astype(np.float32)}


def test_a_question_is_answered_from_a_copy_and_a_bad_one_by_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ASKS, "_members", {"twice": twice})
    viewer = viewer_of()
    viewer.say(type="step", kind="batch")
    header, values = viewer.ask("twice", factor=2.0)
    assert (header["what"], header["step"], header["said"]) == ("twice", 1, 2.0)
    np.testing.assert_array_equal(values["twice"], 2 * viewer.play.run.model.weights.vector)
    header, _ = viewer.ask("twice", factor=0)
    assert header["error"] == "A factor must not be 0."
    header, _ = viewer.say(type="ask", what="nothing", id=3)
    assert "Unknown question" in header["load"]["note"]


def test_a_moving_picture_carries_only_the_long_vector_that_is_looked_at() -> None:
    viewer = viewer_of()
    viewer.say(type="want", only="update")
    viewer.say(type="play")
    viewer.wait(0.1)
    assert {"weights", "update"} <= set(viewer.frames[-1][1])
    assert not {"gradient", "sample_gradient"} & set(viewer.frames[-1][1])
    _, values = viewer.say(type="pause")
    assert {"weights", "update", "gradient", "sample_gradient"} <= set(values)
    viewer.say(type="want", only=None)
    viewer.say(type="play")
    viewer.wait(0.1)
    assert {"update", "gradient", "sample_gradient"} <= set(viewer.frames[-1][1])
