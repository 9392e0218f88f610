"""The loss landscape: the model's own losses, the papers' directions, the path where it is."""

import numpy as np
import pytest

from nn_core.landscape import landscape, path_plane, random_plane
from nn_core.layers.parameters import views
from nn_core.optimizers import SGD
from nn_core.training import EpochEnd, fit
from tests.engine.cases import data, network
from tests.engine.layers.cases import CASES, Case


def run() -> tuple:
    """A model after 12 epochs, its data, and its weights on the way."""
    x, y = data("mse", n=20)
    model = network(optimizer=SGD(0.1))
    path = [model.weights.vector.copy()]
    for event in fit(model, x, y, epochs=12, batch_size=20):
        if isinstance(event, EpochEnd):
            path.append(model.weights.vector.copy())
    return model, x, y, path


def test_random_directions_are_as_long_as_the_filters_they_move() -> None:
    model, *_ = run()
    plane = random_plane(model, np.random.default_rng(0))
    assert abs(plane.first @ plane.second) < 0.5 * (plane.first @ plane.first)
    shapes = {name: array.shape for name, array in model.named_weights.items()}
    for direction in (plane.first, plane.second):
        for name, moved in views(direction, shapes).items():
            own = np.linalg.norm(model.named_weights[name], axis=0) * (moved.ndim > 1)
            np.testing.assert_allclose(np.linalg.norm(moved, axis=0), own, rtol=1e-9)


def test_the_middle_is_the_model_and_every_point_is_its_own_loss() -> None:
    model, x, y, _ = run()
    before = model.weights.vector.copy()
    plane = random_plane(model, np.random.default_rng(1))
    found = landscape(model, x, y, plane, side=5)
    assert (model.weights.vector == before).all()
    assert found.losses[2, 2] == pytest.approx(model.evaluate(x, y))
    assert found.losses.min() >= 0
    model.weights.vector[:] = plane.weights(found.alphas[4], found.betas[1])
    assert found.losses[1, 4] == pytest.approx(model.evaluate(x, y))


def test_the_main_directions_hold_the_path() -> None:
    model, x, y, path = run()
    plane = path_plane(path)
    assert plane.explained > 0.95
    assert abs(plane.first @ plane.second) < 1e-9
    assert np.linalg.norm(plane.first) == pytest.approx(1)
    found = landscape(model, x, y, plane, path, side=7)
    assert found.path.shape == (13, 2)
    np.testing.assert_allclose(found.path[-1], 0, atol=1e-9)
    assert found.alphas[0] < found.path[:, 0].min() < found.path[:, 0].max() < found.alphas[-1]
    assert found.path_losses[-1] == pytest.approx(model.evaluate(x, y))
    assert (np.diff(found.path_losses) < 0).all()
    # What the plane holds of the path lies near the path itself.
    spot = plane.weights(*found.path[0])
    assert np.linalg.norm(spot - path[0]) < 0.25 * np.linalg.norm(path[0] - path[-1])


def test_a_known_valley() -> None:
    """A path in a plane is held by it whole."""
    t = np.linspace(0, 1, 9)[:, None]
    path = t * np.eye(6)[0] + t**2 * np.eye(6)[3]
    plane = path_plane(path)
    assert plane.explained == pytest.approx(1)
    back = np.array([plane.weights(a, b) for a, b in plane.coordinates(path)])
    np.testing.assert_allclose(back, path, atol=1e-12)


@pytest.mark.parametrize("case", CASES[::4], ids=str)
def test_every_kind_of_network_has_one(case: Case) -> None:
    model, (x, y) = case.network(), case.data()
    found = landscape(model, x, y, random_plane(model, np.random.default_rng(0)), side=3)
    assert found.losses[1, 1] == pytest.approx(model.evaluate(x, y))
    assert np.isfinite(found.losses).all()


def test_a_path_that_does_not_do() -> None:
    with pytest.raises(ValueError, match=r"three or more points .* received \(2, 4\)"):
        path_plane(np.zeros((2, 4)))
    with pytest.raises(ValueError, match="all its points are the same"):
        path_plane(np.ones((4, 4)))
