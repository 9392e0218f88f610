"""The engine against Keras 3 itself: outputs, losses, gradients, and weights after training."""

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from nn_core import Sequential, keras_code
from nn_core.activations import ACTIVATIONS
from nn_core.arrays import Array
from nn_core.export import save_weights
from nn_core.layers import Dense
from nn_core.losses import LOSSES, Loss
from nn_core.optimizers import OPTIMIZERS as RULES
from nn_core.optimizers import SGD
from nn_core.regularizers import L1, L1L2, L2
from nn_core.schedules import SCHEDULES, OneCycle, Schedule
from tests.engine.cases import CONFIGURED, OPTIMIZERS, OUTPUTS, PAIRS, SCHEDULED, data, network
from tests.engine.keras_twin import assert_close, gradients, loss, traced, twin

pytestmark = pytest.mark.usefixtures("keras")


def compare(model: Sequential, x: Array, y: Array, dtype: str) -> None:
    """Outputs, gradients, then ten updates in float32 or fifty in float64, from equal weights."""
    x, y = x.astype(dtype), y if y.dtype.kind == "i" else y.astype(dtype)
    theirs = twin(model)
    assert_close([model.predict(x)], [theirs.predict_on_batch(x)], dtype)
    assert_close(model.gradients(x, y), gradients(theirs, x, y), dtype)
    steps = 50 if dtype == "float64" else 10
    if steps > 10:
        traced(theirs)
    for _ in range(steps):
        assert_close([np.array(model.train_on_batch(x, y))], [loss(theirs, x, y)], dtype)  # type: ignore[list-item]
    assert_close(model.get_weights(), theirs.get_weights(), dtype)


@pytest.mark.parametrize("name", ACTIVATIONS.names())
def test_every_activation(dtype: str, name: str) -> None:
    compare(network(hidden=name, dtype=dtype), *data("mse"), dtype)


# Behind another activation than their own, Keras 3.15 takes the cached logits of whatever came last
# (`_get_logits`), so that binary cross-entropy of a softmax is computed as if it were a sigmoid.
# We compute what the formula says; the referee is asked without the cache.
MIXED = [
    ("binary_crossentropy", "softmax"),
    ("categorical_crossentropy", "sigmoid"),
    ("sparse_categorical_crossentropy", "sigmoid"),
]


@pytest.mark.parametrize(("loss_name", "output"), MIXED)
def test_cross_entropy_behind_another_activation(dtype: str, loss_name: str, output: str) -> None:
    model = network(output=output, loss=loss_name, dtype=dtype)
    x, y = data(loss_name)
    x, y = x.astype(dtype), y if y.dtype.kind == "i" else y.astype(dtype)
    assert_close(model.gradients(x, y), gradients(twin(model), x, y, cached_logits=False), dtype)


@pytest.mark.parametrize(("loss_name", "output"), [pair for pair in PAIRS if pair not in MIXED])
def test_every_loss_behind_every_output(dtype: str, loss_name: str, output: str) -> None:
    model = network(output=output, loss=loss_name, dtype=dtype)
    compare(model, *data(loss_name), dtype)


@pytest.mark.parametrize(("kind", "chosen"), CONFIGURED)
def test_every_loss_with_settings(dtype: str, kind: str, chosen: Loss) -> None:
    compare(network(loss=chosen, dtype=dtype), *data(kind), dtype)


@pytest.mark.parametrize(
    ("loss_name", "output"),
    [
        ("mse", "tanh"),
        ("binary_crossentropy", "sigmoid"),
        ("sparse_categorical_crossentropy", "softmax"),
    ],
)
def test_weighted_samples(dtype: str, loss_name: str, output: str) -> None:
    model = network(output=output, loss=loss_name, dtype=dtype)
    x, y = data(loss_name)
    weight = np.linspace(0, 2, len(x)).astype(dtype)
    theirs = twin(model)
    for _ in range(5):
        ours = model.train_on_batch(x, y, weight)
        expected = np.ravel(theirs.train_on_batch(x.astype(dtype), y, weight))[0]
        theirs.reset_metrics()
        # What Keras reports is divided by the weights' sum; what it trains is not.
        assert ours * len(x) / weight.sum() == pytest.approx(float(expected), rel=1e-4)
    assert_close(model.get_weights(), theirs.get_weights(), dtype)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer(dtype: str, name: str) -> None:
    model = network(optimizer=OPTIMIZERS[name], dtype=dtype)
    compare(model, *data("mse"), dtype)


@pytest.mark.parametrize("schedule", SCHEDULED, ids=lambda s: type(s).__name__)
@pytest.mark.parametrize("dtype", ["float32"])
def test_every_schedule(keras: ModuleType, dtype: str, schedule: Schedule) -> None:
    model = network(optimizer=SGD(schedule), dtype=dtype)
    theirs = twin(model).optimizer._learning_rate
    for step in range(12):
        assert schedule(step) == pytest.approx(float(theirs(step)), rel=1e-5)
    compare(model, *data("mse"), dtype)


@pytest.mark.parametrize("price", [L1(0.02), L2(0.03), L1L2(0.01, 0.02)])
def test_every_regularizer(dtype: str, price: L1 | L2 | L1L2) -> None:
    layers = [
        replace(layer, kernel_regularizer=price, name="")  # type: ignore[call-arg]
        for layer in network().layers
    ]
    model = Sequential(layers, (4,), seed=3, dtype=dtype)
    model.compile(SGD(0.05), "mse")
    compare(model, *data("mse"), dtype)


@pytest.mark.parametrize("dtype", ["float32"])
def test_without_bias_and_with_one_unit(dtype: str) -> None:
    model = Sequential([Dense(3, "tanh", use_bias=False), Dense(1, "sigmoid")], (4,))
    model.compile("adam", "binary_crossentropy")
    x, y = data("binary_crossentropy", outputs=1)
    compare(model, x, y, dtype)


def test_saturated_cross_entropy_keeps_its_gradient(dtype: str) -> None:
    """z = 40, y = 0: the loss is 40 and dz is 1; clipped probabilities would give 15.9 and 0."""
    model = Sequential([Dense(1, "sigmoid", kernel_initializer="zeros")], (1,), dtype=dtype)
    model.compile(SGD(1.0), "binary_crossentropy")
    model.set_weights([np.array([[40.0]]), np.zeros(1)])
    x, y = np.ones((1, 1), dtype), np.zeros((1, 1), dtype)
    assert model.evaluate(x, y) == pytest.approx(40)
    assert model.gradients(x, y)[1] == pytest.approx(1)
    assert_close(model.gradients(x, y), gradients(twin(model), x, y), dtype)


@pytest.mark.parametrize("dtype", ["float32"])
def test_more_weights_than_a_script_should_hold_go_beside_it(dtype: str, tmp_path) -> None:
    model = Sequential([Dense(60, "relu"), Dense(40, "softmax")], (4,))
    model.compile("adam", "categorical_crossentropy")
    script = tmp_path / "network.py"
    script.write_text(keras_code(model))
    save_weights(model, tmp_path / "weights.npz")
    scope = {"__file__": str(script)}
    code = script.read_text().replace("model.summary()", "")
    exec(compile(code, str(script), "exec"), scope)  # noqa: S102  our own script
    x = data("mse")[0].astype(dtype)
    assert_close([model.predict(x)], [scope["model"].predict_on_batch(x)], dtype)  # type: ignore[attr-defined]


def test_the_cases_cover_every_registered_member() -> None:
    assert set(LOSSES.names()) == set(OUTPUTS)
    assert {type(rule) for rule in SCHEDULED} | {OneCycle} == {SCHEDULES.get(n) for n in SCHEDULES}
    assert {type(rule) for rule in OPTIMIZERS.values()} == {RULES.get(name) for name in RULES}
