"""The NumPy script: made for a covering set of networks, run without the engine, compared."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.activations import ACTIVATIONS
from nn_core.export_numpy import numpy_code, save_numpy_weights
from nn_core.layers import LAYERS, Dense
from nn_core.losses import BinaryCrossentropy
from nn_core.training import fit
from tests.engine.cases import data, network
from tests.engine.layers.cases import CASES, Case


def predict(model: Sequential, x: np.ndarray, folder: Path | None = None) -> np.ndarray:
    code = numpy_code(model)
    assert "nn_core" not in code
    assert "Array" not in code
    scope: dict[str, Any] = {"__file__": str(folder / "network.py") if folder else ""}
    exec(compile(code, "network.py", "exec"), scope)  # noqa: S102  our own script
    return scope["predict"](x)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_layer(case: Case, dtype: str) -> None:
    model = case.network(dtype)
    x, y = case.data()
    for _ in range(2):
        model.train_on_batch(x, y)
    bound = 1e-9 if dtype == "float64" else 1e-4
    found = predict(model, x)
    assert found.dtype == model.dtype
    np.testing.assert_allclose(found, model.predict(x), rtol=bound, atol=bound)


@pytest.mark.parametrize("name", ACTIVATIONS.names())
def test_every_activation(name: str) -> None:
    x, _ = data("mse")
    model = network(hidden=name, dtype="float32")
    np.testing.assert_allclose(predict(model, x), model.predict(x), rtol=1e-4, atol=1e-6)


def test_a_loss_that_takes_the_activation_over_changes_nothing() -> None:
    x, _ = data("binary_crossentropy")
    fused = network(output="sigmoid", loss="binary_crossentropy")
    logits = network(loss=BinaryCrossentropy(from_logits=True))
    for model in (fused, logits):
        np.testing.assert_allclose(predict(model, x), model.predict(x), rtol=1e-9)


def test_many_weights_go_beside_the_script(tmp_path: Path) -> None:
    x, y = data("mse", n=20)
    model = Sequential([Dense(60, "relu"), Dense(40, "relu"), Dense(3)], (4,))
    model.compile()
    list(fit(model, x, y))
    save_numpy_weights(model, tmp_path / "weights.npz")
    np.testing.assert_allclose(predict(model, x, tmp_path), model.predict(x), rtol=1e-5, atol=1e-6)


def test_a_script_holds_only_what_it_needs() -> None:
    code = numpy_code(network())
    assert "def dense" in code
    assert "def tanh" in code
    assert "def lstm" not in code
    assert "def relu" not in code


def test_every_registered_layer_is_tried() -> None:
    assert {type(case.layer) for case in CASES} >= {LAYERS.get(name) for name in LAYERS}
