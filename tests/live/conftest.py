"""One warm Keras for all tests that ask it."""

from collections.abc import Iterator

import pytest

from nn_core.live.warm_keras import the_keras


@pytest.fixture(scope="session", autouse=True)
def _keras_ends() -> Iterator[None]:
    yield
    the_keras().stop()
    the_keras.cache_clear()
