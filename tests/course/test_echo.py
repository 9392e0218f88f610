"""What a unit keeps of a click: the same numbers as the engine's SimpleRNN."""

import numpy as np
import pytest

from nn_core.course.echo import STEPS, echo
from nn_core.layers import SimpleRNN
from nn_core.network import Sequential


@pytest.mark.parametrize(("activation", "bounded"), [("tanh", True), ("linear", False)])
def test_an_echo_is_the_engines(activation: str, bounded: bool) -> None:
    layer = SimpleRNN(1, activation=activation, return_sequences=True)
    model = Sequential([layer], (STEPS, 1), dtype="float64")
    model.set_weights([np.array([[1.5]]), np.array([[-0.9]]), np.zeros(1)])
    h = model.predict(np.eye(STEPS)[:1, :, None])[0, :, 0]
    np.testing.assert_allclose(echo(1.5, -0.9, bounded), h, rtol=1e-9)


def test_without_tanh_it_is_a_power() -> None:
    np.testing.assert_allclose(echo(2.0, 0.9, False), 2 * 0.9 ** np.arange(STEPS))
