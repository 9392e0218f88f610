"""Gates set by hand: the same numbers as the engine's LSTM and GRU, and the four things asked."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pytest

from nn_core.arrays import Array
from nn_core.course.gates import CHALLENGES, DAYS, gru, lstm, takings
from nn_core.layers import GRU, LSTM, Layer
from nn_core.network import Sequential

Opened = tuple[Collection[int], Collection[int], Collection[int]]
EVERY = range(1, DAYS + 1)
# What solves each challenge: the days on which i, f, o are open.
SOLUTIONS = (((1,), EVERY, EVERY), ((1,), EVERY, (8,)), ((1, 5), (1, 2, 3, 4, 6, 7, 8), EVERY))


def run(layer: Layer, weights: list[Any], gates: Sequence[Collection[int]]) -> Array:
    """The layer over the eight days; each gate has a column of its own that forces it."""
    forced = [[5.0 if t in opened else -5.0 for t in EVERY] for opened in gates]
    x = np.stack([takings(), *map(np.array, forced)], axis=1)[None]
    model = Sequential([layer], x.shape[1:], dtype="float64")
    model.set_weights([np.array(each, float) for each in weights])
    return model.predict(x)[0, :, 0]


@pytest.mark.parametrize(("i", "f", "o"), SOLUTIONS)
def test_an_lstm_by_hand_is_the_engines(
    i: Collection[int], f: Collection[int], o: Collection[int]
) -> None:
    # Columns of the kernel are i, f, c, o; its rows the day's number and the three gates.
    kernel = [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
    layer = LSTM(1, return_sequences=True)
    h = run(layer, [kernel, [[0, 0, 0, 0]], [0, 0, 0, 0]], [i, f, o])
    np.testing.assert_allclose(lstm(i, f, o, 5.0).h, h, rtol=1e-9)


def test_a_gru_by_hand_is_the_engines() -> None:
    # Columns of the kernel are z, r, h.
    kernel, recurrent = [[0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, 0, 1]]
    layer = GRU(1, return_sequences=True)
    h = run(layer, [kernel, recurrent, [[0, 0, 0], [0, 0, 0]]], [(2, 3, 4), (1, 5, 7)])
    np.testing.assert_allclose(gru((2, 3, 4), (1, 5, 7), 5.0).states[1], h, rtol=1e-9)


@pytest.mark.parametrize(
    ("place", "gates"), list(enumerate((*SOLUTIONS, ((1, 7), EVERY, ())))), ids=str
)
def test_each_challenge_can_be_met_and_is_not_met_at_the_start(place: int, gates: Opened) -> None:
    assert CHALLENGES[place](lstm(*gates, 5.0)).reached
    assert not CHALLENGES[place](lstm(EVERY, (), EVERY, 5.0)).reached
    assert not CHALLENGES[place](lstm(EVERY, EVERY, EVERY, 5.0)).reached


def test_a_gate_that_is_half_open_forgets() -> None:
    firm, soft = (CHALLENGES[0](lstm((1,), EVERY, EVERY, by)) for by in (5.0, 3.0))
    assert firm.reached
    assert not soft.reached
