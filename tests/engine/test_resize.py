"""Wider, deeper, smaller in mid-run: the function stays, the slots come along, training goes on."""

import numpy as np
import pytest

from nn_core import Sequential
from nn_core.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    LayerNormalization,
    MaxPooling2D,
)
from nn_core.layers.parameters import views
from nn_core.optimizers import SGD, Adam, Optimizer
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


def normalised() -> dict[str, list[Layer]]:
    """Behind the first convolution each: what may stand between it and the layer that reads it."""
    first = Conv2D(3, 2, activation="tanh", bias_initializer="random_uniform")
    norm = BatchNormalization(gamma_initializer="random_uniform", momentum=0.5)
    second = [Conv2D(2, 2), Flatten(), Dense(1)]
    return {
        "conv": [first, *second],
        "pool": [
            first,
            norm,
            Activation("relu"),
            MaxPooling2D(2),
            Conv2D(2, 2),
            Flatten(),
            Dense(1),
        ],
        "flatten": [first, AveragePooling2D(2), Flatten(), norm, Dense(1)],
        "mean": [first, norm, GlobalAveragePooling2D(), Dense(1)],
    }


def pictures(name: str, optimizer: Optimizer) -> tuple[Sequential, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    model = Sequential(normalised()[name], (6, 7, 2), seed=4, dtype="float64")
    model.compile(optimizer, "mse")
    return model, rng.normal(size=(5, 6, 7, 2)), rng.normal(size=(5, 1))


@pytest.mark.parametrize("name", normalised())
def test_a_convolution_gets_more_filters(name: str) -> None:
    model, x, y = pictures(name, Adam(0.01))
    for _ in range(3):
        model.train_on_batch(x, y)
    wider = widen(model, "conv2d_1", 5, np.random.default_rng(0))
    np.testing.assert_allclose(wider.predict(x), model.predict(x), rtol=1e-10)
    np.testing.assert_allclose(wider.evaluate(x, y), model.evaluate(x, y), rtol=1e-10)
    before = wider.passes(x, y).loss
    assert before == pytest.approx(model.passes(x, y).loss)
    for _ in range(20):
        wider.train_on_batch(x, y)
    assert wider.passes(x, y).loss < before
    filters = wider.named_weights["conv2d_1/kernel"].reshape(-1, 5).T
    assert len({tuple(row) for row in np.round(filters, 9)}) == 5, "the copies must part ways"


@pytest.mark.parametrize("name", normalised())
def test_slots_of_filters_are_those_that_it_would_have_gathered(name: str) -> None:
    model, x, y = pictures(name, SGD(1e-9, momentum=0.9))
    before = widen(model, "conv2d_1", 7, np.random.default_rng(3))
    model.train_on_batch(x, y)
    before.train_on_batch(x, y)
    after = widen(model, "conv2d_1", 7, np.random.default_rng(3))
    np.testing.assert_allclose(
        after.slots["velocity"], before.slots["velocity"], rtol=1e-6, atol=1e-20
    )


@pytest.mark.parametrize("name", normalised())
def test_pruning_takes_a_filter_with_all_that_reads_it(name: str) -> None:
    model, x, y = pictures(name, Adam(0.01))
    model.train_on_batch(x, y)
    reader = "conv2d_2" if name in ("conv", "pool") else "dense_1"
    kernel = model.named_weights[f"{reader}/kernel"]
    kernel.reshape(-1, 3, kernel.shape[-1])[:, 1] = 0
    smaller = prune(model, "conv2d_1", [1])
    np.testing.assert_allclose(smaller.predict(x), model.predict(x), rtol=1e-10)
    expected = slot(model, "v", "conv2d_1/kernel")[..., [0, 2]]
    assert (slot(smaller, "v", "conv2d_1/kernel") == expected).all()
    smaller.train_on_batch(x, y)


def images() -> Sequential:
    layers = [Conv2D(2, 2), LayerNormalization(), Flatten(), Dense(3, "softmax"), Dense(1)]
    return Sequential(layers, (4, 4, 1))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda m, r: widen(m, "dense_9", 9, r), "Unknown layer 'dense_9'; expected one of: den"),
        (lambda m, r: widen(m, "dense_1", 5, r), "more than the 5 units of 'dense_1'; received 5"),
        (lambda m, r: widen(m, "dense_3", 5, r), "is the output layer"),
        (lambda m, r: widen(images(), "conv2d_1", 5, r), r"'layer_normalization_1' .* mixes them"),
        (lambda m, r: widen(images(), "dense_1", 5, r), "it is Dense with softmax"),
        (lambda m, r: prune(images(), "flatten_1", [0]), "without softmax .* it is Flatten"),
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
