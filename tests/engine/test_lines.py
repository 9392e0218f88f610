"""The line of NumPy beside every equation computes what the engine computed.

Layers are in the conformance suite (tests/engine/layers); here are activations, losses, optimizers.
"""

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.activations import ACTIVATIONS
from nn_core.layers import LSTM, Dense
from nn_core.losses import LOSSES, Loss
from nn_core.optimizers import (
    OPTIMIZERS,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Lion,
    Nadam,
    Optimizer,
    RMSprop,
)
from nn_core.regularizers import L1, L1L2, L2, Regularizer
from tests.engine.cases import CONFIGURED, PAIRS, data, network
from tests.engine.lines import lines_hold, run

# Where the engine has a constant as Keras does, through float32, and the line has it as it is.
ROUNDED = {"leaky_relu", "gelu", "log_cosh", "nadam"}


def close(name: str) -> float:
    return 1e-6 if name in ROUNDED else 1e-9


# Numbers that float32 holds exactly: Keras has most of these settings through float32.
RULES: dict[str, Optimizer] = {
    "sgd": SGD(0.0625),
    "sgd, momentum": SGD(0.0625, momentum=0.875),
    "sgd, nesterov": SGD(0.0625, momentum=0.875, nesterov=True),
    "sgd, weight decay": SGD(0.0625, weight_decay=0.125),
    "sgd, clipvalue": SGD(0.0625, clipvalue=0.015625),
    "sgd, clipnorm": SGD(0.0625, clipnorm=0.125),
    "sgd, global_clipnorm": SGD(0.0625, momentum=0.5, global_clipnorm=0.25),
    "adam": Adam(0.0625, 0.875, 0.9375, 2**-20),
    "adam, amsgrad": Adam(0.0625, 0.875, 0.5, 2**-20, amsgrad=True),
    "adamw": AdamW(0.0625, 0.875, 0.9375, 2**-20, weight_decay=0.125),
    "adagrad": Adagrad(0.0625, 0.125, 2**-20),
    "adadelta": Adadelta(1.0, 0.875, 2**-20),
    "rmsprop": RMSprop(0.0625, 0.875, epsilon=2**-20),
    "rmsprop, centered": RMSprop(0.0625, 0.875, 0.5, 2**-20, centered=True),
    "adamax": Adamax(0.0625, 0.875, 0.9375, 2**-20),
    "nadam": Nadam(0.0625, 0.875, 0.9375, 2**-20),
    "lion": Lion(0.0625, 0.875, 0.9375),
}


def test_every_optimizer_is_tried() -> None:
    assert {OPTIMIZERS.get(name) for name in OPTIMIZERS} == {type(rule) for rule in RULES.values()}


@pytest.mark.parametrize("name", RULES)
def test_an_optimizers_lines_make_the_step(name: str) -> None:
    x, y = data("mse")
    model = network(optimizer=RULES[name])
    for _ in range(2):
        model.train_on_batch(x, y)
    trace = record(model, x, y)
    # One namespace for the whole step: a line reads what the lines before it have written.
    state = {"p" if slot == "momentum" else slot: held for slot, held in model.slots.items()}
    given = {**vars(model.optimizer), "t": model.iterations + 1, "starts": model.room.starts}
    names = {**given, **state, "w": model.weights.vector, "g": trace["update/g"]}
    lines = [op for op in trace.operations if op.phase == "update"]
    assert lines
    for operation in lines:
        assert operation.numpy, operation
        names = run(operation.numpy, names)
        own = {"clipped": "g", "decayed": "w", "momentum": "p"}.get(operation.name, operation.name)
        rtol, expected = close(name), trace[operation.output]
        np.testing.assert_allclose(names[own], expected, rtol, rtol / 10, err_msg=str(operation))
    changed = [trace[f"{key}.update"].ravel() for key in model.named_weights]
    np.testing.assert_allclose(names["w"] - model.weights.vector, np.concatenate(changed), 1e-5)


@pytest.mark.parametrize("name", ACTIVATIONS.names())
def test_an_activations_lines(name: str) -> None:
    model = network(hidden=name)
    assert len(list(lines_hold(model, *data("mse"), close(name)))) == 20


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_a_losss_lines(loss: str, output: str) -> None:
    operations = list(lines_hold(network(output=output, loss=loss), *data(loss), close(loss)))
    assert {"loss"} < {operation.name for operation in operations}


def test_every_loss_is_tried() -> None:
    assert {loss for loss, _ in PAIRS} == set(LOSSES)


@pytest.mark.parametrize(("kind", "chosen"), CONFIGURED)
def test_a_loss_with_settings(kind: str, chosen: Loss) -> None:
    assert list(lines_hold(network(loss=chosen), *data(kind)))


@pytest.mark.parametrize(
    "loss", ["binary_crossentropy", "categorical_crossentropy", "kl_divergence"]
)
def test_a_loss_whose_prediction_is_saturated(loss: str) -> None:
    """Where a probability is 0 or 1 to every digit, loss and slope are those of the clip."""
    model = network(output="relu", loss=loss)
    x, y = data(loss)
    model.weights.vector *= 3
    assert (model.predict(x) == 0).any()
    assert (model.predict(x) > 1).any()
    with np.errstate(divide="ignore", invalid="ignore"):
        assert list(lines_hold(model, x, y))


@pytest.mark.parametrize("price", [L1(0.25), L2(0.125), L1L2(0.25, 0.5)], ids=repr)
def test_a_penaltys_lines(price: Regularizer) -> None:
    model = Sequential([Dense(3, kernel_regularizer=price)], (4,), dtype="float64")
    model.compile("sgd", "mse")
    found = {operation.name: operation for operation in lines_hold(model, *data("mse"))}
    assert "dpenalty_kernel" in found
    assert found["loss"].numpy.endswith("+ penalty")


@pytest.mark.parametrize("name", ["leaky_relu", "gelu", "mish", "selu", "silu", "softplus"])
def test_gates_with_another_function(name: str) -> None:
    model = Sequential([LSTM(3, name, "hard_sigmoid")], (4, 2), dtype="float64")
    model.compile("sgd", "mse")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(5, 4, 2)), rng.normal(size=(5, 3))
    assert list(lines_hold(model, x, y, close(name)))


def test_a_wrong_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(ACTIVATIONS.get("tanh")), "backward_numpy", "{da} * (1 - {a})")
    with pytest.raises(AssertionError):
        list(lines_hold(network(), *data("mse")))
