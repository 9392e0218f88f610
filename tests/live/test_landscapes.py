"""The loss landscape of a play: every point of it is this network's loss at those weights."""

from dataclasses import replace

import numpy as np
import pytest

from nn_core.landscape import path_plane, random_plane
from nn_core.live import landscapes
from nn_core.live.convolution import Pictures
from nn_core.live.landscapes import PLANES
from nn_core.live.points import Hidden, Points
from nn_core.live.settings import Settings
from tests.live.viewer import Viewer

SMALL = Points(hidden=(Hidden(3),), points=80)
SETTINGS = Settings(("tanh",), optimizer="adam", learning_rate=0.05)


def trained(updates: int) -> Viewer:
    viewer = Viewer(SMALL, SETTINGS)
    for _ in range(updates):
        viewer.play.train()
    return viewer


@pytest.mark.parametrize("plane", PLANES.names())
def test_the_map_is_the_loss_at_its_weights(plane: str) -> None:
    viewer = trained(40)
    run = viewer.play.run
    header, found = viewer.ask("landscape", plane=plane)
    assert header["samples"] == header["of"] == len(run.x)
    assert found["losses"].shape == (header["side"],) * 2
    weights = run.model.weights.vector.copy()
    path = np.array([moment.weights for moment in run.past.moments])
    expected = (
        path_plane(path)
        if plane == "path"
        else random_plane(run.model, np.random.default_rng(SMALL.seed))
    )
    assert found["here"] == pytest.approx([0, 0, run.model.evaluate(run.x, run.y)], abs=1e-6)
    for row, column in ((0, 0), (3, 8), (header["side"] - 1, 5)):
        alpha, beta = found["alphas"][column], found["betas"][row]
        run.model.weights.vector[...] = expected.weights(alpha, beta)
        assert found["losses"][row, column] == pytest.approx(run.model.evaluate(run.x, run.y))
    run.model.weights.vector[...] = weights


def test_the_path_goes_from_the_start_to_the_present_with_its_own_losses() -> None:
    viewer = trained(40)
    run = viewer.play.run
    header, found = viewer.ask("landscape", plane="path")
    assert found["steps"].tolist() == list(range(41))
    assert 0.5 < header["explained"] <= 1
    run.go(20)
    assert found["path_losses"][20] == pytest.approx(run.model.evaluate(run.x, run.y))
    _, earlier = viewer.ask("landscape", plane="path")
    assert earlier["steps"].tolist() == list(range(21))


def test_a_long_path_is_thinned_and_keeps_its_ends() -> None:
    viewer = trained(900)
    _, found = viewer.ask("landscape", plane="path")
    assert len(found["steps"]) == landscapes.MOST_POINTS
    assert found["steps"][0] == 0
    assert found["steps"][-1] == 900


def test_a_costly_network_gets_a_coarser_map_of_fewer_samples(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(landscapes, "SECONDS", 0.05)
    viewer = Viewer(Pictures(samples=300))
    header, found = viewer.ask("landscape", plane="random")
    assert landscapes.FEWEST_SAMPLES <= header["samples"] < header["of"]
    assert header["side"] < landscapes.FINE
    assert np.isfinite(found["losses"]).all()


def test_no_path_and_no_numbers_are_answered_by_a_sentence() -> None:
    viewer = trained(1)
    assert "Train a little" in viewer.ask("landscape", plane="path")[0]["error"]
    spec = replace(SMALL, dataset="plane", loss="mse")
    broken = Viewer(spec, replace(SETTINGS, optimizer="sgd", learning_rate=1e25))
    with np.errstate(all="ignore"):
        while not broken.play.run.stopped:
            broken.play.train()
        broken.play.train()
    assert "no numbers" in broken.ask("landscape", plane="random")[0]["error"]
