"""Models as tests train them: small and quick, yet able to find what is planted."""

from typing import Any

QUICK: dict[str, dict[str, Any]] = {
    "two-tower": {"units": 16, "learning_rate": 0.01, "patience": 0},
    "gru": {"units": 16, "length": 12, "learning_rate": 0.02, "epochs": 6},
    "lstm": {"units": 16, "length": 12, "learning_rate": 0.02, "epochs": 6},
    "auto": {"candidates": ("popularity", "repeats", "item-knn", "ease", "time-ease")},
}
"""{name: options} of the models whose usual size would make the tests slow."""
