"""Convolutions over strips: what a trace shows as columns is the windows, cut out by hand."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from nn_core import record
from nn_core.arrays import Array
from nn_core.layers import Conv1D, Conv2D, convolution
from nn_core.layers.windows import Windows
from tests.engine.layers.cases import CASES, Case

CONVOLUTIONS = [case for case in CASES if isinstance(case.layer, Conv1D | Conv2D)]


def cut(windows: Windows, x: Array) -> Array:
    """x: (N, H, W, C) -> every window: (N, H', W', K, K, C)."""
    axes = tuple(range(1, x.ndim - 1))
    wide = np.pad(x, [(0, 0), *windows.margins(x.shape[1:-1]), (0, 0)])
    found = np.moveaxis(sliding_window_view(wide, windows.size, axes), len(axes) + 1, -1)
    return found[(slice(None), *(slice(None, None, s) for s in windows.strides))]


@pytest.mark.parametrize("case", CONVOLUTIONS, ids=str)
def test_columns_are_windows_and_make_z(case: Case) -> None:
    model, (x, y) = case.network(), case.data()
    layer = model.layers[0]
    assert isinstance(layer, Conv1D | Conv2D)
    trace, own = record(model, x, y), model.weights.own[0].values
    columns, name = cut(layer.windows, x), layer.name
    assert (trace[f"{name}/columns"] == columns).all()
    axes = len(layer.windows.size) + 1
    z = np.tensordot(columns, own["kernel"], axes) + own.get("bias", 0)
    np.testing.assert_allclose(trace[f"{name}/z"], z, atol=1e-12)
    dz = trace[f"{name}/dz"]
    dkernel = np.tensordot(columns, dz, (range(axes), range(axes)))
    dkernel += trace.values.get(f"{name}/dpenalty_kernel", 0)
    np.testing.assert_allclose(trace[f"{name}/dkernel"], dkernel, atol=1e-12)


def test_a_view_of_windows_cannot_be_written_into() -> None:
    model, (x, y) = CONVOLUTIONS[0].network(), CONVOLUTIONS[0].data()
    columns = record(model, x, y)["conv2d_1/columns"]
    with pytest.raises(ValueError, match="read-only"):
        columns[...] = 0


def test_more_samples_than_fit_the_cache_are_taken_in_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = Case(Conv2D(3, 3, padding="same", bias_initializer="random_uniform"), (4, 5, 2), n=7)
    x, y = case.data()
    whole = case.network().passes(x, y)
    # Two samples at a time, and one that is left.
    monkeypatch.setattr(convolution, "IN_CACHE", 2 * 4 * 5 * 3)
    pieces = case.network().passes(x, y)
    np.testing.assert_allclose(pieces.out, whole.out, rtol=1e-12)
    np.testing.assert_allclose(pieces.gradient, whole.gradient, rtol=1e-12)
    np.testing.assert_allclose(pieces.dx, whole.dx, rtol=1e-12)
