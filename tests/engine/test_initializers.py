"""Initialisers: Keras's parameters, and the distributions that they say."""

from types import ModuleType

import numpy as np
import pytest

from nn_core import Sequential, keras_code
from nn_core.initializers import INITIALIZERS, Constant, Orthogonal, RandomNormal, RandomUniform
from nn_core.layers import Dense
from tests.engine.cases import data
from tests.engine.keras_twin import twin

SHAPES = [(60, 50), (3, 3, 40, 30)]


@pytest.mark.parametrize("name", INITIALIZERS.names())
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_initializer_draws_as_keras_does(
    keras_module: ModuleType, name: str, shape: tuple[int, ...]
) -> None:
    keras_module.utils.set_random_seed(0)
    ours = INITIALIZERS.get(name)(np.random.default_rng(0), shape)
    theirs = np.asarray(keras_module.initializers.get(name)(shape))
    assert ours.shape == shape
    error = theirs.std() * np.sqrt(2 / ours.size)  # of a difference between two drawn means
    assert ours.mean() == pytest.approx(theirs.mean(), abs=4 * error)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.05)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=0.35)


@pytest.mark.parametrize("shape", [(8, 3), (3, 8), (3, 3, 2, 5)], ids=str)
def test_orthogonal_is(shape: tuple[int, ...]) -> None:
    w = Orthogonal(gain=2.0)(np.random.default_rng(0), shape).reshape(-1, shape[-1])
    small = w.T @ w if w.shape[0] >= w.shape[1] else w @ w.T
    np.testing.assert_allclose(small, 4 * np.eye(len(small)), atol=1e-12)


@pytest.mark.parametrize(
    "start", [Constant(0.25), RandomNormal(1.0, 0.01), RandomUniform(0.5, 0.6), Orthogonal(0.5)]
)
def test_one_with_parameters_of_its_own_is_used_and_exported(start) -> None:
    model = Sequential([Dense(3, kernel_initializer=start)], (4,))
    kernel = model.get_weights()[0]
    np.testing.assert_allclose(kernel, start(np.random.default_rng(0), (4, 3)), rtol=1e-6)
    assert f"keras.initializers.{type(start).__name__}(" in keras_code(model)
    x = data("mse")[0].astype("float32")
    np.testing.assert_allclose(twin(model).predict_on_batch(x), model.predict(x), rtol=1e-5)
