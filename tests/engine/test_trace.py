"""The trace: complete, equal to what the model does, and computable by hand from its own values."""

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.layers import Dense
from nn_core.losses import Loss
from nn_core.regularizers import L2
from tests.engine.cases import CONFIGURED, OPTIMIZERS, PAIRS, data, network


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_trace_foretells_the_step_exactly(name: str) -> None:
    x, y = data("mse")
    model = network(optimizer=OPTIMIZERS[name], dtype="float32")
    model.train_on_batch(x, y)
    trace = record(model, x, y)
    before = model.weights.vector.copy()
    gradients = model.gradients(x, y)
    assert model.train_on_batch(x, y) == trace["loss"]
    assert (model.weights.vector == trace["update/w"]).all()
    for slot, values in model.slots.items():
        assert (values == trace[f"update/{slot}"]).all()
    named = zip(model.named_weights, gradients)
    assert all((trace[key.replace("/", "/d")] == g).all() for key, g in named)
    updates = np.concatenate([trace[f"{key}.update"].ravel() for key in model.named_weights])
    assert (updates == model.weights.vector - before).all()


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_operation_names_values_that_are_there(loss: str, output: str) -> None:
    model = network(output=output, loss=loss)
    trace = record(model, *data(loss))
    for operation in trace.operations:
        for name in (*operation.inputs, operation.output):
            assert np.isfinite(trace[name]).all(), (operation, name)
    phases = [operation.phase for operation in trace.operations]
    assert phases == sorted(phases, key=["forward", "loss", "backward", "update"].index)


@pytest.mark.parametrize(("kind", "chosen"), CONFIGURED)
def test_a_loss_with_settings_is_traced(kind: str, chosen: Loss) -> None:
    model = network(loss=chosen)
    trace = record(model, *data(kind))
    named = {name for op in trace.operations for name in (*op.inputs, op.output)}
    assert named <= trace.values.keys()
    assert "dense_3/da" in named


def test_the_numbers_follow_from_each_other() -> None:
    x, y = data("binary_crossentropy")
    trace = record(network(output="sigmoid", loss="binary_crossentropy"), x, y)
    a = np.tanh(trace["x"] @ trace["dense_1/kernel"] + trace["dense_1/bias"])
    np.testing.assert_allclose(trace["dense_1/a"], a, rtol=1e-12)
    dz = (trace["dense_3/a"] - trace["y"]) / y.size
    np.testing.assert_allclose(trace["dense_3/dz"], dz, rtol=1e-12)
    da = dz @ trace["dense_3/kernel"].T
    np.testing.assert_allclose(trace["dense_3/dx"], da, rtol=1e-12)
    np.testing.assert_allclose(
        trace["dense_2/dz"], da * (1 - trace["dense_2/a"] ** 2), rtol=1e-12, atol=1e-15
    )
    assert "dense_3/da" not in trace.values


def test_a_penalty_is_an_operation_of_its_own() -> None:
    model = Sequential([Dense(3, kernel_regularizer=L2(0.25))], (4,), dtype="float64")
    model.compile("sgd", "mse")
    x, y = data("mse")
    trace = record(model, x, y)
    data_part = trace["dense_1/x"].T @ trace["dense_1/dz"]
    np.testing.assert_allclose(trace["dense_1/dpenalty_kernel"], 0.5 * trace["dense_1/kernel"])
    np.testing.assert_allclose(
        trace["dense_1/dkernel"], data_part + trace["dense_1/dpenalty_kernel"]
    )
    assert "dense_1/dpenalty_kernel" in [operation.output for operation in trace.operations]


def test_recording_changes_nothing() -> None:
    x, y = data("mse")
    model, other = network(), network()
    record(model, x, y)
    assert model.train_on_batch(x, y) == other.train_on_batch(x, y)
    assert (model.weights.vector == other.weights.vector).all()
    assert model.iterations == 1
