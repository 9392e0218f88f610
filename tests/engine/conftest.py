"""Keras, the referee, in either precision."""

from collections.abc import Iterator
from types import ModuleType

import pytest


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
