"""The cells and weights behind a cell: their products add up to the traced numbers, both ways."""

import numpy as np
import pytest

from nn_core import record
from nn_core.layers import AveragePooling2D, Conv1D, Conv2D, Dense, MaxPooling2D
from nn_core.origins import felt_by, made_of
from tests.engine.layers.cases import CASES, Case

WINDOWED = (Conv1D, Conv2D, MaxPooling2D, AveragePooling2D)


@pytest.mark.parametrize("case", [c for c in CASES if isinstance(c.layer, WINDOWED)], ids=str)
def test_parts_add_up(case: Case) -> None:
    model = case.network()
    trace, layer = record(model, *case.data()), model.layers[0]
    z = trace[f"{layer.name}/{'z' if layer.ends_in_activation else 'y'}"]
    bias = model.weights.own[0].values.get("bias", np.zeros(z.shape[-1]))
    rng = np.random.default_rng(0)
    for cell in rng.permutation(list(np.ndindex(z.shape)))[:20]:
        total = sum(part.product for part in made_of(layer, trace, tuple(cell)))
        assert total + bias[cell[-1]] == pytest.approx(z[tuple(cell)])
    dx = trace[f"{layer.name}/dx"]
    for cell in rng.permutation(list(np.ndindex(dx.shape)))[:20]:
        total = sum(part.product for part in felt_by(layer, trace, tuple(cell)))
        assert total == pytest.approx(dx[tuple(cell)], abs=1e-12)


def test_a_pool_is_made_of_the_cell_that_won() -> None:
    model = Case(MaxPooling2D(), (4, 4, 1), n=1).network()
    x = np.arange(16.0).reshape(1, 4, 4, 1)
    trace = record(model, x, [[0, 0]])
    (part,) = made_of(model.layers[0], trace, (0, 1, 0, 0))
    assert part.cell == (0, 3, 1, 0)
    assert part.value == 13
    assert felt_by(model.layers[0], trace, (0, 0, 0, 0)) == []


def test_a_layer_without_windows_is_refused() -> None:
    model = Case(Dense(3), (4,), n=1).network()
    trace = record(model, np.zeros((1, 4)), [[0, 0]])
    with pytest.raises(ValueError, match="a convolution or a pool; received Dense 'dense_1'"):
        made_of(model.layers[0], trace, (0, 1))
