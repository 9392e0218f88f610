"""What the options of a network may be: a sentence for each that cannot work."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from nn_core.recommender.errors import ShopDataError

OPTIMIZERS = ("adam", "sgd", "rmsprop", "adamw")
LEAST = {"seed": 0, "patience": 0}
"""Of whole numbers that may be zero; all others are 1 or more."""


def check_options(network: Any, choices: Mapping[str, tuple[str, ...]]) -> None:
    """network: its dataclass; choices: {option: what it may be}."""
    for option, allowed in choices.items():
        if getattr(network, option) not in allowed:
            raise ShopDataError(
                f"The network's {option} cannot be '{getattr(network, option)}'. "
                f"Choose one of: {', '.join(allowed)}."
            )
    for field in fields(network):
        value: Any = getattr(network, field.name)
        least = LEAST.get(field.name, 1)
        if type(field.default) is int and (type(value) is not int or value < least):
            raise ShopDataError(
                f"The network's {field.name} is a whole number of {least} or more; received "
                f"{value!r}."
            )
    if not 0 <= network.validation < 1 or not network.learning_rate > 0:
        raise ShopDataError("The learning rate is above 0, the validation share from 0 to 1.")
