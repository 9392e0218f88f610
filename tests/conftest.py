"""One Chromium, and one Keras, for all tests that need them."""

import gc
import os
import shutil
import warnings
from collections.abc import Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.application import FLAGS

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture(scope="module", autouse=True)
def young_heap() -> None:
    """What stands before a module's tests is left out of their garbage collections.

    Streamlit's AppTest collects everything after each run of a script. Beside TensorFlow that is
    0.3 s a run, three quarters of the time that tests of pages took.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def keras_module() -> ModuleType:
    """Keras, the referee: imported once, quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import keras
    gc.freeze()
    return keras


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def chromium() -> str:
    """Debian's Chromium. Without one the tests are skipped at home, and fail where CI is true."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        missing = "Chromium is not installed; try `apt-get install chromium`."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return executable


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """For windows that know nothing of each other."""
    with playwright.chromium.launch(executable_path=chromium(), args=FLAGS) as browser:
        yield browser


@pytest.fixture(scope="session")
def profile(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One visitor, who keeps Streamlit's scripts as compiled: a page comes in half the time."""
    with playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=chromium(),
        args=FLAGS,
        viewport={"width": 1280, "height": 720},
    ) as profile:
        yield profile
