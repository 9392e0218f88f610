"""The optimizer's inner state for one weight: equal to the step, and to the rule by hand."""

import math

import numpy as np
import pytest

from nn_core.inner import inner
from nn_core.optimizers import SGD, Adam
from nn_core.schedules import ExponentialDecay, OneCycle
from tests.engine.cases import OPTIMIZERS, data, network


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_foretells_the_step_of_one_weight(name: str) -> None:
    x, y = data("mse")
    model = network(optimizer=OPTIMIZERS[name])
    model.train_on_batch(x, y)
    found = inner(model, "dense_2/kernel[1,3]", x, y)
    before = model.named_weights["dense_2/kernel"][1, 3]
    gradient = model.gradients(x, y)[2][1, 3]
    model.train_on_batch(x, y)
    assert found.weight == before
    assert found.gradient == gradient
    assert found.weight + found.change == pytest.approx(model.named_weights["dense_2/kernel"][1, 3])
    start = sum(array.size for array in model.get_weights()[:2])
    assert found.slots == {slot: values[start + 1 * 6 + 3] for slot, values in model.slots.items()}


def test_adam_by_hand() -> None:
    x, y = data("mse")
    model = network(optimizer=Adam(0.01))
    found = inner(model, "dense_1/bias[2]", x, y)
    g = found.gradient
    assert found.slots["m"] == pytest.approx(0.1 * g)
    assert found.slots["v"] == pytest.approx(0.001 * g * g)
    assert found.corrections["1 - beta_1^1"] == pytest.approx(0.1)
    # At the first step m / (1 - beta_1) = g and v / (1 - beta_2) = g^2: a step of learning_rate.
    assert found.change == pytest.approx(-0.01 * np.sign(g), rel=1e-3)
    assert found.effective_step == pytest.approx(0.01 / abs(g), rel=1e-3)


def test_a_schedule_and_a_clip_are_told() -> None:
    x, y = data("mse")
    model = network(optimizer=SGD(ExponentialDecay(0.5, 1, 0.5), clipvalue=1e-3))
    for _ in range(3):
        model.train_on_batch(x, y)
    found = inner(model, "dense_1/kernel[0,0]", x, y)
    assert found.learning_rate == 0.5**4
    assert found.clipped == math.copysign(1e-3, found.gradient)


def test_one_cycle_rises_and_falls() -> None:
    """Smith 2018: from a 25th of the highest rate up to it, then down to next to nothing."""
    cycle = OneCycle(max_learning_rate=1.0, total_steps=100)
    rates = [cycle(step) for step in range(101)]
    assert rates[0] == pytest.approx(0.04)
    assert rates[30] == max(rates) == 1.0
    assert rates[100] == pytest.approx(1 / 250_000)
    assert rates[:31] == sorted(rates[:31])
    assert rates[30:] == sorted(rates[30:], reverse=True)


@pytest.mark.parametrize(
    ("weight", "says"),
    [
        ("dense_9/kernel[0,0]", r"expected one of dense_1/kernel, .* as 'dense_1/kernel\[0,0\]'"),
        ("dense_1/kernel", "with an index"),
        ("dense_1/kernel[4,0]", r"shape \(4, 5\); received the index \[4, 0\]"),
        ("dense_1/kernel[1]", r"received the index \[1\]"),
    ],
)
def test_a_weight_that_is_not_there(weight: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        inner(network(), weight, *data("mse"))
