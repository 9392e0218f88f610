"""Receipts: for every layer type the products add up to the gradient and to the difference."""

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.layers import GRU, LSTM, Bidirectional, Dense, Layer, LayerNormalization, SimpleRNN
from nn_core.receipt import receipt
from nn_core.regularizers import L2
from nn_core.terms import MOST_TERMS
from tests.engine.cases import PAIRS, data, network
from tests.engine.layers.cases import CASES, Case


def check(model: Sequential, x: np.ndarray, y: np.ndarray, weight: str) -> None:
    found = receipt(model, x, y, weight)
    assert found.total == pytest.approx(found.gradient, rel=1e-9, abs=1e-12), weight
    exact = not any(layer.draws for layer in model.layers) or model.dtype == np.float64
    assert found.error <= (1e-6 if exact else 1e-2) * max(1.0, abs(found.total)), weight
    assert found.chain[-1].output.endswith("/d" + weight.split("/")[1].split("[")[0])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_layer_type(case: Case) -> None:
    model = case.network()
    x, y = case.data()
    rng = np.random.default_rng(0)
    for name, array in model.named_weights.items():
        for _ in range(2):
            index = [int(rng.integers(size)) for size in array.shape]
            check(model, x, y, f"{name}[{','.join(map(str, index))}]")


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_behind_every_loss(loss: str, output: str) -> None:
    model = network(output=output, loss=loss)
    for weight in ("dense_3/kernel[1,2]", "dense_3/bias[0]", "dense_1/kernel[3,4]"):
        check(model, *data(loss), weight)


def test_the_factors_are_those_of_the_textbook() -> None:
    x, y = data("mse")
    model = network()
    found = receipt(model, x, y, "dense_3/kernel[2,1]")
    passes = model.passes(x, y)
    da = 2 * (passes.a - y) / y.size
    hidden = passes.caches[1].a
    for n, term in enumerate(found.terms):
        names = [factor.name for factor in term.factors]
        assert names == [f"dense_3/da[{n},1]", f"linear'(dense_3/z[{n},1])", f"dense_3/x[{n},2]"]
        values = [factor.value for factor in term.factors]
        assert values == pytest.approx([da[n, 1], 1.0, hidden[n, 2]])
    assert [op.output for op in found.chain] == ["dense_3/da", "dense_3/dz", "dense_3/dkernel"]


def test_a_penalty_stands_beside_the_terms() -> None:
    model = Sequential([Dense(3, kernel_regularizer=L2(0.25))], (4,), dtype="float64")
    model.compile("sgd", "mse")
    found = receipt(model, *data("mse"), "dense_1/kernel[0,1]")
    assert found.penalty == pytest.approx(0.5 * found.value)
    assert found.total == pytest.approx(found.gradient)
    assert found.error < 1e-8


def test_in_float32_the_difference_is_still_taken_in_float64() -> None:
    x, y = data("mse")
    found = receipt(network(dtype="float32"), x, y, "dense_1/kernel[0,2]")
    assert found.error < 1e-6


def test_a_large_output_gives_one_share_a_sample() -> None:
    model = Sequential([LayerNormalization()], (30, 20), dtype="float64")
    model.compile("sgd", "mse")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 4, 30, 20))
    assert y.size > MOST_TERMS
    found = receipt(model, x, y, "layer_normalization_1/gamma[3]")
    assert [term.sample for term in found.terms] == [0, 1, 2, 3]
    assert found.total == pytest.approx(found.gradient)
    assert found.error < 1e-8


RECURRENT = [SimpleRNN(2), LSTM(2), GRU(2), GRU(2, go_backwards=True), GRU(2, reset_after=False)]
BOTH_WAYS = [Bidirectional(layer) for layer in (SimpleRNN(2), LSTM(2), GRU(2, reset_after=False))]


@pytest.mark.parametrize("layer", [*RECURRENT, *BOTH_WAYS], ids=repr)
def test_a_recurrent_weight_has_a_term_for_every_step(layer: Layer) -> None:
    model = Sequential([layer, Dense(1)], (5, 3), dtype="float64")
    model.compile("sgd", "mse")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(4, 5, 3)), rng.normal(size=(4, 1))
    trace = record(model, x, y)
    for name, array in model.named_weights.items():
        if name.startswith("dense"):
            continue
        # One column of every gate.
        for column in range(0, array.shape[-1], 2):
            index = [*(size - 1 for size in array.shape[:-1]), column]
            found = receipt(model, x, y, f"{name}[{','.join(map(str, index))}]")
            assert [(term.sample, *term.place) for term in found.terms] == list(np.ndindex(4, 5))
            assert found.total == pytest.approx(found.gradient, rel=1e-9, abs=1e-14)
            assert found.error < 1e-8
            for factor in (factor for term in found.terms for factor in term.factors):
                full, _, spot = factor.name.removesuffix("]").partition("[")
                assert trace[full][tuple(map(int, spot.split(",")))] == factor.value
