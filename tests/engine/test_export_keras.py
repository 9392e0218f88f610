"""The .keras file: written by a worker, opened by Keras, equal in its numbers."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from nn_core import Sequential, keras_code
from nn_core.export_keras import keras_file, write
from nn_core.layers import LSTM, BatchNormalization, Bidirectional, Conv2D, Dense, Flatten
from nn_core.optimizers import SGD, Adam, RMSprop
from nn_core.schedules import CosineDecay, OneCycle
from nn_core.storage import save
from tests.engine.keras_twin import assert_close, twin

# Keras's own conversion of its variables.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def images() -> Sequential:
    layers = [Conv2D(3, 3, activation="relu"), BatchNormalization(), Flatten(), Dense(70), Dense(2)]
    model = Sequential(layers, (6, 6, 2))
    model.compile(Adam(CosineDecay(0.1, 10)), "huber")
    return model


def sequences() -> Sequential:
    model = Sequential([Bidirectional(LSTM(3)), Dense(4, "softmax")], (5, 2))
    model.compile(RMSprop(momentum=0.5, clipnorm=1.0), "sparse_categorical_crossentropy")
    return model


def test_a_worker_writes_it_and_keras_opens_it(keras_module: ModuleType, tmp_path: Path) -> None:
    model = images()
    x = np.random.default_rng(0).normal(size=(3, 6, 6, 2)).astype("float32")
    keras_file(model, tmp_path / "network.keras")
    opened = keras_module.saving.load_model(tmp_path / "network.keras")
    assert_close([model.predict(x)], [opened.predict_on_batch(x)], "float32")
    assert type(opened.optimizer).__name__ == "Adam"


def test_the_workers_own_work(keras_module: ModuleType, tmp_path: Path) -> None:
    model = sequences()
    x = np.random.default_rng(0).normal(size=(3, 5, 2)).astype("float32")
    save(model, tmp_path / "saved")
    write(tmp_path / "saved", tmp_path / "network.keras")
    opened = keras_module.saving.load_model(tmp_path / "network.keras")
    assert_close([model.predict(x)], [opened.predict_on_batch(x)], "float32")


def test_a_schedule_that_keras_does_not_have_comes_along(keras_module: ModuleType) -> None:
    cycle = OneCycle(0.1, 10)
    model = Sequential([Dense(2)], (3,))
    model.compile(SGD(cycle), "mse")
    assert "class OneCycle" in keras_code(model)
    theirs = twin(model)
    for step in range(12):
        assert float(theirs.optimizer._learning_rate(step)) == pytest.approx(cycle(step), abs=1e-7)
    x = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
    y = np.zeros((4, 2), "float32")
    for _ in range(10):
        model.train_on_batch(x, y)
        theirs.train_on_batch(x, y)
    assert_close(model.get_weights(), theirs.get_weights(), "float32")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"ends in \.keras; received network\.h5"):
        keras_file(images(), tmp_path / "network.h5")


def test_a_worker_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"could not write network\.keras: "):
        keras_file(images(), tmp_path / "no such folder" / "network.keras")
