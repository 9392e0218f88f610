"""The neurons of a shop's network: each number is the trace's, each sum's terms add up to it."""

from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest

from nn_core.activations import ACTIVATIONS
from nn_core.recommender.customer.inside import Inside, look_inside
from nn_core.recommender.customer.neurons import Column, neurons
from nn_core.recommender.customer.neurons_shown import CELLS
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.models.base import Fitted
from nn_core.recommender.models.keras_training import Trainer
from nn_core.recommender.models.network import Network
from tests.recommender.customer.test_inside import ONE, TRAIN
from tests.recommender.networks import QUICK

NETWORKS = [name for name, model in MODELS.items() if model.network]


def opened(name: str, **options: Any) -> tuple[Inside, list[Column]]:
    """The weights that Keras would begin with, on one customer."""
    found = look_inside(begun(name, **options), ONE)
    assert found is not None
    return found, neurons(found)


def begun(name: str, **options: Any) -> Fitted:
    model = cast(Network, make_model(name, **QUICK.get(name, {}) | options))
    return Fitted(model, model.known(TRAIN) | Trainer(model, TRAIN).weights())


def of(column: Column, part: str) -> np.ndarray[Any, Any]:
    return np.array(column.values[part])


def close(one: Any, other: Any) -> None:
    np.testing.assert_allclose(one, other, rtol=2e-4, atol=2e-6)


def out(column: Column) -> np.ndarray[Any, Any]:
    return of(column, next(part for part in ("x", "a", "y") if part in column.values))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_number_is_the_traces(name: str) -> None:
    found, columns = opened(name)
    trace = found.trace
    assert [column.layer for column in columns[1:]] == [each.name for each in found.model.layers]
    for below, column in pairwise(columns):
        assert 0 < len(column.cells) <= CELLS
        assert len(column.names) == len(column.cells) == len(set(column.cells))
        for part in ("z", "a", "da", "dz", "y", "dy", "mean", "noise"):
            array = trace.values.get(f"{column.layer}/{part}")
            if part not in column.values or array is None:
                continue
            whole = array[0] if array[0].ndim == 1 else array[0][-1]
            assert of(column, part).tolist() == whole[column.cells].tolist()
        if column.kind == "Dense":
            at = np.ix_(below.cells, column.cells)
            assert column.weights == trace[f"{column.layer}/kernel"][at].tolist()
            assert column.gradients == trace[f"{column.layer}/dkernel"][at].tolist()


@pytest.mark.parametrize("name", NETWORKS)
def test_the_terms_of_every_sum_add_up(name: str) -> None:
    """Forward: the shown terms, the rest and the bias are z. Backward: so for da, or dx."""
    _, columns = opened(name)
    for below, column in pairwise(columns):
        if column.kind != "Dense":
            continue
        weights, dz = np.array(column.weights), of(column, "dz")
        bias = np.array(column.values.get("bias", 0))
        close(out(below) @ weights + of(column, "rest") + bias, of(column, "z"))
        close(np.outer(out(below), dz), column.gradients)
        back = next(part for part in ("dx", "da", "dy") if part in below.values)
        close(weights @ dz + of(below, "rest back"), of(below, back))
        hidden = column.activation != "softmax"
        if hidden:
            f = ACTIVATIONS.get(column.activation)
            close(f.forward(of(column, "z")), of(column, "a"))
            close(f.backward(of(column, "da"), of(column, "z"), of(column, "a")), dz)


@pytest.mark.parametrize("name", NETWORKS)
def test_an_output_is_its_share_and_its_gradient_what_it_missed(name: str) -> None:
    found, columns = opened(name)
    last = columns[-1]
    close(np.exp(of(last, "z")) / last.facts["sum of exp"], of(last, "a"))
    close(of(last, "a") - of(last, "y"), of(last, "dz"))
    hits = [n for n, y in zip(last.cells, last.values["y"]) if y]
    assert set(hits) <= set(found.wanted)
    if name == "course":  # the loss of a variational autoencoder has a price on its code
        assert len(hits) == len(found.wanted)
        assert sum(last.values["loss"]) == pytest.approx(found.loss, rel=1e-4)
    assert hits
    assert last.values["a"] == sorted(last.values["a"], reverse=True)
    assert last.names == last.cells


def test_a_loss_behind_the_softmax_goes_back_through_it() -> None:
    last = opened("course", loss="mean_squared_error")[1][-1]
    a, da = of(last, "a"), of(last, "da")
    close(a * (da - last.facts["sum of da·a"]), of(last, "dz"))


def test_what_was_bought_goes_in_and_what_says_most_stands_on_top() -> None:
    found, columns = opened("course")
    first = columns[0]
    assert set(first.cells) <= set(found.read)
    assert first.facts["read"] == len(found.read)
    says = np.linalg.norm(found.trace["dense_1/kernel"][found.read], axis=1)
    assert first.cells[0] == found.read[int(says.argmax())]


def test_of_one_basket_nothing_is_said_to_have_come_before_it() -> None:
    assert opened("course")[1][0].told == "bought before the last basket"
    assert ONE.basket is not None
    once = ONE.keep(ONE.basket == ONE.basket[-1])
    found = look_inside(begun("course"), once)
    assert found is not None
    assert neurons(found)[0].told == "bought"


def test_a_draw_is_its_mean_and_its_noise_and_hands_back_to_both() -> None:
    columns = {column.layer: column for column in opened("mult-vae")[1]}
    code, before = columns["gaussian_sampling_1"], columns["dense_2"]
    variance = np.exp(of(code, "log_variance") / 2)
    close(of(code, "mean") + variance * of(code, "noise"), of(code, "y"))
    half, price = len(code.cells), before.facts["price"]
    assert before.names[0] == f"mean {code.cells[0] + 1}"
    close(of(before, "a")[:half], of(code, "mean"))
    close(of(before, "a")[half:], of(code, "log_variance"))
    dy, noise, a = (of(before, part) for part in ("dy", "noise", "a"))
    close((dy + price * a)[:half], of(before, "da")[:half])
    log = dy * noise * np.exp(a / 2) / 2 + price / 2 * (np.exp(a) - 1)
    close(log[half:], of(before, "da")[half:])


def test_a_recurrent_neuron_is_its_last_step() -> None:
    """GRU: h = z h_before + (1 - z) g. LSTM: c = f c_before + i g, h = o tanh(c)."""
    gru = opened("gru")[1][2]
    z = of(gru, "z")
    close(z * of(gru, "before") + (1 - z) * of(gru, "g"), of(gru, "y"))
    lstm = opened("lstm")[1][2]
    close(of(lstm, "f") * of(lstm, "before") + of(lstm, "i") * of(lstm, "g"), of(lstm, "c"))
    close(of(lstm, "o") * np.tanh(of(lstm, "c")), of(lstm, "y"))


def test_a_sequence_goes_in_by_its_last_purchases_and_is_looked_up() -> None:
    found, columns = opened("gru")
    first, table = columns[:2]
    assert first.names == [int(x) - 1 for x in first.values["x"]]
    assert "dx" not in first.values
    row = int(table.facts["row"])
    assert row == first.values["x"][-1]
    looked_up = found.trace["embedding_1/embeddings"][row, table.cells]
    assert of(table, "y").tolist() == looked_up.tolist()
