"""Saving and loading: a run goes on bit for bit, and nothing but such files is taken."""

import json
from pathlib import Path

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.initializers import RandomNormal
from nn_core.layers import LSTM, Dense, Dropout
from nn_core.losses import LOSSES, Huber
from nn_core.optimizers import SGD, Adam, Optimizer
from nn_core.regularizers import L1L2
from nn_core.schedules import CosineDecay
from nn_core.storage import known_classes, load, save
from nn_core.training import fit
from tests.engine.cases import OPTIMIZERS, data, network
from tests.engine.layers.cases import CASES, Case


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_run_goes_on_bit_for_bit(tmp_path: Path, name: str) -> None:
    x, y = data("mse", n=20)
    model = network(optimizer=OPTIMIZERS[name], dtype="float32")
    list(fit(model, x, y, epochs=2, batch_size=6))
    save(model, tmp_path / "net.npz")
    other = load(tmp_path / "net")
    list(fit(model, x, y, epochs=2, batch_size=6))
    list(fit(other, x, y, epochs=2, batch_size=6))
    assert other.layers == model.layers
    assert (other.weights.vector == model.weights.vector).all()
    assert other.iterations == model.iterations


@pytest.mark.parametrize("optimizer", [SGD(CosineDecay(0.1, 50)), Adam(clipnorm=1.0)])
def test_parts_with_settings_come_back(tmp_path: Path, optimizer: Optimizer) -> None:
    layers = [Dense(3, "relu", kernel_regularizer=L1L2(0.1, 0.2)), Dropout(0.3), Dense(2)]
    model = Sequential(layers, (4,), seed=3, dtype="float64")
    model.compile(optimizer, Huber(0.3))
    save(model, tmp_path / "net")
    other = load(tmp_path / "net")
    assert (other.layers, other.loss) == (model.layers, model.loss)
    assert (other.optimizer, other.dtype) == (model.optimizer, model.dtype)


def test_what_a_stateful_layer_carries_is_kept(tmp_path: Path) -> None:
    model = Sequential([LSTM(3, stateful=True)], (4, 2))
    model.compile()
    x = np.random.default_rng(0).normal(size=(2, 4, 2))
    model.train_on_batch(x, np.zeros((2, 3)))
    save(model, tmp_path / "net")
    assert (load(tmp_path / "net").predict(x) == model.predict(x)).all()


def test_every_loss_and_initialiser_can_be_named() -> None:
    assert {type(LOSSES.get(name)).__name__ for name in LOSSES} <= known_classes().keys()
    assert RandomNormal.__name__ in known_classes()


def saved(folder: Path) -> Path:
    save(network(), folder / "net")
    return folder / "net"


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path)
    objects = np.array([{"a": 1}], dtype=object)
    np.savez(path.with_suffix(".npz"), objects)
    with pytest.raises(ValueError, match="Pickled objects can run code and are never loaded"):
        load(path)
    path.with_suffix(".npz").write_bytes(b"\x80\x04not an archive")
    with pytest.raises(ValueError, match=r"not an \.npz of plain numbers"):
        load(path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "other"}, 'expects "format"'),
        ({"layers": [{"class": "os.system", "units": 3}]}, "Unknown class 'os.system'; expected"),
        ({"layers": [{"class": "Dense", "unit": 3}]}, "does not describe a network"),
        ({"layers": 3}, "does not describe a network"),
        ({"input_shape": [5]}, "describes 87 weights; net.npz holds 82"),
        ({"layers": [{"class": "Dense", "units": 10**12}]}, "describes 5,000,000,000,000 weights"),
        ({"dtype": "int8"}, "float32 or float64; received 'int8'"),
    ],
)
def test_another_description_is_refused(tmp_path: Path, change: dict, says: str) -> None:
    path = saved(tmp_path)
    text = path.with_suffix(".json")
    text.write_text(json.dumps(json.loads(text.read_text()) | change))
    with pytest.raises(ValueError, match=says):
        load(path)


def test_arrays_of_another_shape_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path).with_suffix(".npz")
    arrays = dict(np.load(path))
    arrays["weights/dense_1/kernel"] = arrays["weights/dense_1/kernel"].T
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match=r"kernel of shape \(4, 5\); received \(5, 4\)"):
        load(path)


def test_no_file_and_no_json(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read as JSON"):
        load(tmp_path / "nothing")
    saved(tmp_path).with_suffix(".json").write_text("[1, 2")
    with pytest.raises(ValueError, match="cannot be read as JSON"):
        load(tmp_path / "net")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_layer_comes_back(tmp_path: Path, case: Case) -> None:
    model, (x, y) = case.network("float32"), case.data()
    model.train_on_batch(x, y)
    save(model, tmp_path / "net")
    other = load(tmp_path / "net")
    assert other.layers == model.layers
    assert (other.predict(x) == model.predict(x)).all()
    assert other.train_on_batch(x, y) == model.train_on_batch(x, y)
