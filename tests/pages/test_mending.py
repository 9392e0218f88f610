"""What the stage asks of the page sets its controls; what does not fit changes nothing."""

from types import SimpleNamespace
from typing import Any

import pytest

from pages.ui import mending

HELD = {"lab-initializer-0": "ones", "lab-initializer-1": "zeros"}


def after(message: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {**HELD, "stage": {"page": message}}
    monkeypatch.setattr(mending, "st", SimpleNamespace(session_state=state))
    mending.take_over("stage")
    return {key: value for key, value in state.items() if key != "stage"}


def test_the_weights_of_a_layer_start_as_the_message_says(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"initializers": {"1": "he_normal"}}
    assert after(wanted, monkeypatch) == {**HELD, "lab-initializer-1": "he_normal"}


@pytest.mark.parametrize(
    "message",
    [
        None,
        "he_normal",
        {},
        {"initializers": "he_normal"},
        {"initializers": {"0": "no such"}},
        {"initializers": {"0": ["he_normal"]}},
        {"initializers": {"7": "he_normal"}},
        {"another": {"0": "he_normal"}},
    ],
)
def test_what_does_not_fit_is_left_alone(message: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert after(message, monkeypatch) == HELD
