"""Activations by themselves: into memory that is given, far from zero, and the error function."""

import math

import numpy as np
import pytest

from nn_core.activations import ACTIVATIONS
from nn_core.activations.smooth import erfc

Z = np.linspace(-6, 6, 60).reshape(12, 5)


@pytest.mark.parametrize("name", ACTIVATIONS.names())
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_memory_that_is_given_is_used_and_nothing_else_is_written(name: str, dtype: str) -> None:
    f, z = ACTIVATIONS.get(name), Z.astype(dtype)
    da = np.cos(3 * z)
    a = f.forward(z, np.full_like(z, np.nan))
    dz = f.backward(da, z, a, np.full_like(z, np.nan))
    assert (z == Z.astype(dtype)).all()
    assert a.dtype == dz.dtype == z.dtype
    assert (a == f.forward(z)).all()
    assert (dz == f.backward(da, z, a)).all()
    if name != "linear":
        room = np.empty_like(z)
        assert f.forward(z, room) is room
        assert f.backward(da, z, a, room) is room


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "exponential"])
def test_far_from_zero_nothing_overflows(name: str) -> None:
    f = ACTIVATIONS.get(name)
    z = np.array([[-1e4, -200.0, -90.0, 0.0, 90.0, 200.0, 1e4]], np.float32)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        a = f.forward(z)
        assert np.isfinite(f.backward(np.ones_like(z), z, a)).all()
    assert np.isfinite(a).all()


def test_the_error_function_is_exact() -> None:
    z = np.random.default_rng(0).normal(size=(40, 7)) * 3
    expected = [[math.erfc(value) for value in row] for row in z]
    assert (erfc(z) == np.array(expected)).all()


def test_the_published_constants_of_selu_keep_mean_and_variance() -> None:
    """Klambauer et al. 2017: z of mean 0 and variance 1 comes out so."""
    z = np.random.default_rng(1).standard_normal(1_000_000)
    a = ACTIVATIONS.get("selu").forward(z)
    assert a.mean() == pytest.approx(0, abs=5e-3)
    assert a.std() == pytest.approx(1, abs=5e-3)
