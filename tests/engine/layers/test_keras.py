"""Every layer against Keras 3: shape, config, output, gradients, and weights after training."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from nn_core.arrays import Array
from tests.engine.keras_twin import assert_close, gradients, loss, traced, twin
from tests.engine.layers.cases import CASES, Case, SameDraws

pytestmark = pytest.mark.usefixtures("keras", "same_draws")
STEPS = {"float32": 10, "float64": 50}


@pytest.fixture
def same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keras draws what `SameDraws` draws: its own generator is another one."""
    from keras.src.backend.tensorflow import random

    def dropout(inputs: Any, rate: float, *_: Any, **__: Any) -> Any:
        stays = SameDraws().random(inputs.shape, np.float32) >= rate
        return inputs * stays.astype(inputs.dtype.as_numpy_dtype) / (1 - rate)

    def normal(shape: Any, dtype: Any, **_: Any) -> Any:
        kind = getattr(dtype, "as_numpy_dtype", dtype)
        return SameDraws().standard_normal(tuple(map(int, shape))).astype(kind)

    monkeypatch.setattr(random, "dropout", dropout)
    monkeypatch.setattr(random, "normal", normal)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_layer(case: Case, dtype: str) -> None:
    model = case.network(dtype)
    model.rng = SameDraws()  # type: ignore[assignment]
    x, y = (array.astype(dtype) for array in case.data())
    theirs = twin(model)
    assert model.shapes[1:] == [layer.output.shape[1:] for layer in theirs.layers]
    same_config(case, theirs.layers[0].get_config())
    assert [w.shape for w in model.get_weights()] == [w.shape for w in theirs.get_weights()]
    assert_close([model.predict(x)], [theirs.predict_on_batch(x)], dtype)
    assert_close(model.gradients(x, y), gradients(theirs, x, y), dtype)
    if not case.layer.reads_indices:
        assert_close([model.passes(x, y).dx], [input_gradient(theirs, x, y)], dtype)
    # A forward pass in training has moved Keras's moving averages.
    theirs.set_weights(model.get_weights())
    traced(theirs)
    for _ in range(STEPS[dtype]):
        step = np.array(model.train_on_batch(x, y)), np.array(loss(theirs, x, y))
        assert_close(step[:1], step[1:], dtype)
    assert_close(model.get_weights(), theirs.get_weights(), dtype)
    assert_close([model.predict(x)], [theirs.predict_on_batch(x)], dtype)


def same_config(case: Case, theirs: dict[str, Any]) -> None:
    """Every field of ours is a field of Keras's, with the same value."""
    for field in fields(case.layer):
        value, found = getattr(case.layer, field.name), theirs[field.name]
        if field.name == "name":
            continue
        if isinstance(found, list | tuple):
            value = value if isinstance(value, tuple) else (value,) * len(found)
            assert (field.name == "strides" and value[0] is None) or tuple(found) == value
        elif isinstance(found, str | int | float | bool | None):
            assert found == value, field.name


def input_gradient(model: Any, x: Array, y: Array) -> Array:
    """Keras's gradient of its loss with respect to x."""
    import tensorflow as tf

    data = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(data)
        value = model.compute_loss(x=data, y=y, y_pred=model(data, training=True))
    return np.asarray(tape.gradient(value, data))
