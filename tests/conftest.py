"""One Chromium, and one Keras, for all tests that need them."""

import os
import shutil
import warnings
from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.application import FLAGS

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture(scope="session")
def keras_module() -> ModuleType:
    """Keras, the referee: imported once, quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import keras
    return keras


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without one the tests are skipped at home, and fail where CI is true."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        missing = "Chromium is not installed; try `apt-get install chromium`."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()
