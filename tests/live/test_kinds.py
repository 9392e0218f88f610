"""Pictures and sequences, played: what is shown of every layer is what the engine computes."""

from itertools import pairwise

import numpy as np
import pytest

from nn_core.digits import digits
from nn_core.live.convolution import Block, Pictures
from nn_core.live.play import Play
from nn_core.live.recurrent import CELLS, Sequences, sequence_losses
from nn_core.live.spec import Spec
from nn_core.live.walk import Walk
from nn_core.sequences import TASKS
from nn_core.trace import record
from tests.live.viewer import Viewer

TWO = (Block(3, 3, "same", "relu", "average"), Block(2, 2, "valid", "tanh", "none"))
KINDS: dict[str, Spec] = {
    "one convolution": Pictures(samples=100),
    "two convolutions": Pictures(samples=100, blocks=TWO, loss="sparse_categorical_crossentropy"),
    "28x28": Pictures(dataset="digits28", samples=60),
    "heights of digits": Pictures(samples=100, loss="mse"),
    **{cell: Sequences(cell=cell, units=3, samples=80, steps=6) for cell in CELLS},
    **{
        f"{cell}, adding": Sequences(dataset="adding", cell=cell, units=3, samples=80, loss="mse")
        for cell in CELLS
    },
}


@pytest.fixture(params=KINDS)
def viewer(request: pytest.FixtureRequest) -> Viewer:
    return Viewer(KINDS[request.param])


def test_every_number_of_the_sample_is_the_traces(viewer: Viewer) -> None:
    viewer.say(type="step", kind="batch")
    _, values = viewer.say(type="set", sample=3, sample_set="test")
    play = viewer.play
    trace = record(play.run.model, play.run.test_x[3:4], play.run.test_y[3:4])
    checked = 0
    names = {layer.name for layer in play.run.model.layers}
    for name, array in values.items():
        if name in trace.values:
            np.testing.assert_array_equal(array, trace[name][0])
            checked += 1
        elif name.endswith("/dh_norm"):
            expected = np.linalg.norm(trace[name.removesuffix("_norm")][0], axis=-1)
            np.testing.assert_allclose(array, expected, rtol=1e-6)
        else:
            # Under the name of the layer that receives it: the trace has it as dx of the one above.
            layer, _, part = name.partition("/")
            assert layer not in names or part.startswith("d"), name
    assert checked > 8
    np.testing.assert_array_equal(values["sample_gradient"], trace["update/g"])
    np.testing.assert_array_equal(values["input"], play.run.test_x[3])


def test_gradients_between_layers_are_those_that_arrive(viewer: Viewer) -> None:
    play = viewer.play
    _, values = viewer.frames[-1]
    trace = record(play.run.model, play.run.x[:1], play.run.y[:1])
    for below, above in zip(play.run.model.layers, play.run.model.layers[1:]):
        arrived = values[f"{below.name}/d{below.output_name}"]
        np.testing.assert_array_equal(arrived, trace[f"{above.name}/dx"][0])


def test_weights_lie_where_hello_says(viewer: Viewer) -> None:
    flat = viewer.frames[-1][1]["weights"]
    weights = viewer.play.run.model.named_weights
    found = 0
    for layer in viewer.frames[0][0]["layers"]:
        for name, at in layer["weights"].items():
            end = at["offset"] + int(np.prod(at["shape"]))
            own = flat[at["offset"] : end].reshape(at["shape"])
            np.testing.assert_array_equal(own, weights[f"{layer['name']}/{name}"])
            found += own.size
    assert found == len(flat)


def test_a_walk_shows_what_is_known_and_ends_in_the_update(viewer: Viewer) -> None:
    spec = viewer.play.spec
    header, values = viewer.say(type="step", kind="operation")
    count = header["operation"]["count"]
    seen = [set(values)]
    walk = viewer.play.walk
    assert isinstance(walk, Walk)
    trace = walk.sample
    for _ in range(count - 1):
        header, values = viewer.say(type="step", kind="operation")
        seen.append(set(values))
        for name in set(values) & set(trace.values):
            np.testing.assert_array_equal(values[name], trace[name][0])
    assert all(a <= b for a, b in pairwise(seen)), "what is known stays known"
    assert len(seen[-1]) > len(seen[0]) + 8
    stepped = Viewer(spec)
    _, expected = stepped.say(type="step", kind="batch")
    np.testing.assert_array_equal(values["weights"], expected["weights"])
    np.testing.assert_array_equal(values["gradient"], expected["gradient"])


def test_at_rest_loss_and_outcome_belong_to_the_weights(viewer: Viewer) -> None:
    viewer.say(type="set", speed="max")
    viewer.say(type="play")
    for _ in range(4):
        viewer.wait(0.1)
    header, values = viewer.say(type="pause")
    play = viewer.play
    loss, _ = play.run.model.judge(play.run.x, play.run.y)
    _, a = play.run.model.judge(play.run.test_x, play.run.test_y)
    assert header["loss"]["step"] == header["step"] > 0
    assert header["loss"]["train"] == loss
    if "confusion" in values:
        labels = play.run.data.test_y.astype(int)
        expected = np.zeros_like(values["confusion"])
        np.add.at(expected, (labels, a.argmax(axis=1)), 1)
        np.testing.assert_array_equal(values["confusion"], expected)
    else:
        np.testing.assert_array_equal(values["predicted"], a[:, 0])


@pytest.mark.parametrize("dataset", TASKS.names())
@pytest.mark.parametrize("cell", CELLS)
def test_every_task_is_learnt_by_every_cell(dataset: str, cell: str) -> None:
    for loss in sequence_losses(dataset):
        viewer = Viewer(Sequences(dataset=dataset, cell=cell, loss=loss, steps=6, samples=300))
        first = viewer.frames[-1][0]["loss"]["train"]
        for _ in range(20):
            viewer.say(type="step", kind="epoch")
        assert viewer.frames[-1][0]["loss"]["train"] < 0.8 * first, loss


def test_digits_are_learnt_and_told_apart() -> None:
    viewer = Viewer(Pictures())
    for _ in range(15):
        viewer.say(type="step", kind="epoch")
    assert viewer.frames[-1][0]["metric"]["test"] > 0.85


def test_a_convolutions_activation_changes_in_mid_run() -> None:
    viewer = Viewer(Pictures(samples=100, blocks=TWO))
    _, before = viewer.say(type="step", kind="batch")
    header, after = viewer.say(type="set", activations=["tanh", "relu"])
    assert header["settings"]["activations"] == ["tanh", "relu"]
    np.testing.assert_array_equal(after["weights"], before["weights"])
    np.testing.assert_allclose(after["conv2d_1/a"], np.tanh(after["conv2d_1/z"]), rtol=1e-5)
    np.testing.assert_array_equal(after["conv2d_2/a"], np.maximum(after["conv2d_2/z"], 0))


def test_the_digits_are_all_there() -> None:
    small, large = digits("digits8"), digits("digits28")
    assert small.x.shape == (1797, 8, 8, 1)
    assert large.x.shape == (1000, 28, 28, 1)
    assert np.bincount(large.y).tolist() == [100] * 10
    for x, _ in (small, large):
        assert (x.min(), x.max()) == (0, 1)


def test_the_answers_of_the_tasks_follow_from_their_sequences() -> None:
    rng = np.random.default_rng(0)
    for steps in (5, 50):
        x, y = TASKS.get("remember").draw(50, steps, rng)
        np.testing.assert_array_equal(x[:, 0].argmax(axis=1), y)
        x, y = TASKS.get("adding").draw(50, steps, rng)
        np.testing.assert_array_equal(x[..., 1].sum(axis=1), 2)
        np.testing.assert_allclose((x[..., 0] * x[..., 1]).sum(axis=1), y)
        x, y = TASKS.get("sales").draw(1000, steps, rng)
        assert x.shape == (365 - steps, steps, 1)
        np.testing.assert_array_equal(x[1:, -1, 0], y[:-1])
    x, y = TASKS.get("sine").draw(50, 20, rng)
    # A wave of constant turn: x_{t+1} + x_{t-1} = 2 cos(w) x_t at every t.
    turn = (x[:, 2, 0] + x[:, 0, 0]) / x[:, 1, 0]
    np.testing.assert_allclose(y, turn * x[:, -1, 0] - x[:, -2, 0], atol=1e-6)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        (Pictures(loss="binary_crossentropy"), "Digits are classes"),
        (Pictures(blocks=()), "1 to 12 filters"),
        (Pictures(blocks=(Block(4, 5), Block(4, 5))), "at least as large as its window"),
        (Sequences(loss="mse", cell="RNN"), "Unknown cell"),
        (Sequences(steps=51), "5 to 50 steps"),
        (Sequences(dataset="sine"), "sine can be learnt with: mse"),
        (Sequences(dataset="sin", loss="mse"), "Unknown sequence task"),
    ],
)
def test_a_spec_that_does_not_hold_is_refused(spec: Spec, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Play(spec, spec.start)
