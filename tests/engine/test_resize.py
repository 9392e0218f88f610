"""Wider, deeper, smaller in mid-run: the function stays, the slots come along, training goes on."""

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.layers import Activation, Conv2D, Dense, Dropout, Flatten
from nn_core.layers.parameters import views
from nn_core.optimizers import SGD, Adam
from nn_core.resize import deepen, prune, widen
from nn_core.training import fit
from tests.engine.cases import OPTIMIZERS, data, network


def trained(name: str = "adam", hidden: str = "tanh") -> tuple[Sequential, np.ndarray, np.ndarray]:
    x, y = data("mse", n=20)
    model = network(hidden=hidden, optimizer=OPTIMIZERS[name])
    list(fit(model, x, y, epochs=3, batch_size=7))
    return model, x, y


def slot(model: Sequential, name: str, array: str) -> np.ndarray:
    shapes = {key: weight.shape for key, weight in model.named_weights.items()}
    return views(model.slots[name], shapes)[array]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_wider_network_says_the_same_and_learns_on(name: str) -> None:
    model, x, y = trained(name)
    wider = widen(model, "dense_1", 9, np.random.default_rng(0))
    np.testing.assert_allclose(wider.predict(x), model.predict(x), rtol=1e-12)
    assert wider.layers[0].units == 9  # type: ignore[attr-defined]
    assert (wider.iterations, wider.optimizer) == (model.iterations, model.optimizer)
    list(fit(wider, x, y, epochs=3, batch_size=7))
    kernel = wider.named_weights["dense_1/kernel"]
    columns = {tuple(column) for column in np.round(kernel.T, 9)}
    assert len(columns) == 9 or name == "lion", "the copies must part ways"


def test_slots_are_those_that_the_wider_network_would_have_gathered() -> None:
    """One SGD step with momentum: the velocity carried equals the velocity gathered."""
    x, y = data("mse")
    model = network(optimizer=SGD(1e-9, momentum=0.9))
    rng = np.random.default_rng
    before = widen(model, "dense_1", 8, rng(3))
    model.train_on_batch(x, y)
    before.train_on_batch(x, y)
    after = widen(model, "dense_1", 8, rng(3))
    np.testing.assert_allclose(after.slots["velocity"], before.slots["velocity"], rtol=1e-6)


def test_adams_slots_grow_as_their_powers_say() -> None:
    x, y = data("mse")
    model = network(optimizer=Adam(1e-12))
    before = widen(model, "dense_2", 10, np.random.default_rng(3))
    model.train_on_batch(x, y)
    before.train_on_batch(x, y)
    after = widen(model, "dense_2", 10, np.random.default_rng(3))
    for name in ("m", "v"):
        np.testing.assert_allclose(after.slots[name], before.slots[name], rtol=1e-6)


def test_layers_between_that_keep_units_apart_are_no_hindrance() -> None:
    x, y = data("mse")
    layers = [Dense(5), Activation("relu"), Dropout(0.2), Dense(3)]
    model = Sequential(layers, (4,), dtype="float64")
    model.compile("adam", "mse")
    model.train_on_batch(x, y)
    wider = widen(model, "dense_1", 8, np.random.default_rng(0))
    np.testing.assert_allclose(wider.predict(x), model.predict(x), rtol=1e-12)


@pytest.mark.parametrize(
    ("hidden", "activation"), [("tanh", "linear"), ("relu", "relu"), ("linear", "linear")]
)
def test_a_deeper_network_says_the_same_and_learns_on(hidden: str, activation: str) -> None:
    model, x, y = trained(hidden=hidden)
    deeper = deepen(model, "dense_2", activation)
    np.testing.assert_allclose(deeper.predict(x), model.predict(x), rtol=1e-12)
    assert [layer.name for layer in deeper.layers] == ["dense_1", "dense_2", "dense_4", "dense_3"]
    assert (slot(deeper, "m", "dense_3/kernel") == slot(model, "m", "dense_3/kernel")).all()
    assert not slot(deeper, "m", "dense_4/kernel").any()
    before = deeper.evaluate(x, y)
    list(fit(deeper, x, y, epochs=20))
    assert deeper.evaluate(x, y) < before


def test_pruning_takes_a_unit_with_all_its_weights_and_slots() -> None:
    model, x, _ = trained()
    model.named_weights["dense_2/kernel"][[1, 3]] = 0
    smaller = prune(model, "dense_1", [3, 1])
    np.testing.assert_allclose(smaller.predict(x), model.predict(x), rtol=1e-12)
    kept = [0, 2, 4]
    for part in ("kernel", "bias"):
        expected = slot(model, "v", f"dense_1/{part}")[..., kept]
        assert (slot(smaller, "v", f"dense_1/{part}") == expected).all()
    assert smaller.named_weights["dense_2/kernel"].shape == (3, 6)


def images() -> Sequential:
    return Sequential([Conv2D(2, 2), Flatten(), Dense(3), Dense(1)], (4, 4, 1))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda m, r: widen(m, "dense_9", 9, r), "Unknown layer 'dense_9'; expected one of: den"),
        (lambda m, r: widen(m, "dense_1", 5, r), "more than the 5 units of 'dense_1'; received 5"),
        (lambda m, r: widen(m, "dense_3", 5, r), "is the output layer"),
        (lambda m, r: widen(images(), "conv2d_1", 5, r), "it is Conv2D over"),
        (lambda m, r: prune(m, "dense_1", [7]), r"units 0 to 4 of 'dense_1', and not all"),
        (lambda m, r: prune(m, "dense_1", range(5)), "and not all"),
        (lambda m, r: deepen(m, "dense_1", "tanh"), "no identity with tanh behind tanh"),
        (lambda m, r: deepen(m, "dense_1", "relu"), "no identity with relu behind tanh"),
        (lambda m, r: deepen(m, "dense_3"), "is the last one"),
        (lambda m, r: deepen(images(), "conv2d_1"), r"puts out \(N, \(3, 3, 2\)\)"),
    ],
)
def test_a_refusal_says_why(call, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call(network(), np.random.default_rng(0))
