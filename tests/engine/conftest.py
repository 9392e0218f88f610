"""Keras, the referee: imported once, quiet, in either precision."""

import os
import warnings
from collections.abc import Iterator
from types import ModuleType

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture(scope="session")
def keras_module() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import keras
    return keras


@pytest.fixture(params=["float32", "float64"])
def dtype(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def keras(keras_module: ModuleType, dtype: str) -> Iterator[ModuleType]:
    """Keras with its floatx set to the test's dtype."""
    before = keras_module.config.floatx()
    keras_module.config.set_floatx(dtype)
    yield keras_module
    keras_module.config.set_floatx(before)
    keras_module.backend.clear_session()
