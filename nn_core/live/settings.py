"""Settings: what of a play can change while it runs, and what the stage's controls offer."""

import math
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from nn_core.activations import ACTIVATIONS
from nn_core.optimizers import OPTIMIZERS, Optimizer

# The activations of hidden layers: all that go number by number. The stage draws maps with them.
DRAWN = tuple(name for name in ACTIVATIONS if name != "softmax")
# Fields of an optimizer that have a control of their own, or none.
NOT_OFFERED = ("learning_rate", "epsilon", "initial_accumulator_value")
Speed = float | Literal["slow", "max"]
SPEEDS: list[dict[str, Any]] = [
    {"value": "slow", "label": "slow motion"},
    {"value": 1, "label": "1 update/s"},
    {"value": 5, "label": "5 updates/s"},
    {"value": 30, "label": "30 updates/s"},
    {"value": 150, "label": "150 updates/s"},
    {"value": 600, "label": "600 updates/s"},
    {"value": "max", "label": "as fast as it can"},
]
LEARNING_RATES = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
BATCH_SIZES = [1, 2, 5, 10, 20, 32, 64, 128, 500]


@dataclass(frozen=True)
class Settings:
    """What changes in mid-run and keeps the weights."""

    activations: tuple[str, ...] = ("tanh", "tanh")
    learning_rate: float = 0.03
    optimizer: str = "sgd"
    optimizer_options: dict[str, Any] = field(default_factory=dict[str, Any])
    batch_size: int = 10
    speed: Speed = 150
    sample: int | None = None
    sample_set: Literal["train", "test", "own"] = "train"

    @property
    def rule(self) -> Optimizer:
        """The optimizer with its numbers. Raises ValueError or TypeError if they do not fit it."""
        kind: Any = OPTIMIZERS.get(self.optimizer)
        return kind(learning_rate=self.learning_rate, **self.optimizer_options)

    def changed(self, message: dict[str, Any]) -> "Settings":
        """With the fields that a message from a browser names. Raises ValueError on a bad one."""
        known = {f.name for f in fields(self)}
        news = {key: value for key, value in message.items() if key in known}
        if "activations" in news:
            news["activations"] = tuple(news["activations"])
            if len(news["activations"]) != len(self.activations):
                raise ValueError(f"Expected {len(self.activations)} activations.")
        same = news.get("optimizer", self.optimizer) == self.optimizer
        kept = self.optimizer_options if same else {}
        news["optimizer_options"] = {**kept, **news.get("optimizer_options", {})}
        after = replace(self, **news)
        after.check()
        return after

    def check(self) -> None:
        """Raises ValueError with the number that is out of range; browsers send what they like."""
        numbers: dict[str, Any] = asdict(self)
        for name in ("learning_rate", "batch_size"):
            if not is_number(numbers[name]) or numbers[name] < 0:
                raise ValueError(f"{name} must be a number of 0 or more; got {numbers[name]!r}.")
        if self.batch_size < 1 or self.batch_size != int(self.batch_size):
            raise ValueError(f"batch_size must be a whole number; received {self.batch_size}.")
        speed = numbers["speed"]
        if speed not in ("slow", "max") and not (is_number(speed) and 0 < speed <= 100_000):
            raise ValueError(f"speed must be slow, max or updates a second; got {speed!r}.")
        for name in self.activations:
            if name not in DRAWN:
                raise ValueError(f"activation must be one of {', '.join(DRAWN)}; got {name!r}.")
        sample = numbers["sample"]
        if sample is not None and not (is_number(sample) and sample >= 0 and sample == int(sample)):
            raise ValueError(f"sample must be the number of a point; received {sample!r}.")
        if self.sample_set not in ("train", "test", "own"):
            raise ValueError(f"sample_set must be train, test or own; got {self.sample_set!r}.")
        try:
            _ = self.rule
        except TypeError as error:
            raise ValueError(f"{self.optimizer} does not know one of its options.") from error


def is_number(value: Any) -> bool:
    """Whether it is a finite number, and not a bool."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def as_json(settings: Settings) -> dict[str, Any]:
    """The settings as the browser shows them, with every option of the optimizer."""
    rule: Any = settings.rule
    own = {name: getattr(rule, name) for name in offered(type(rule))}
    return asdict(settings) | {"optimizer_options": own}


def offered(rule: Any) -> dict[str, float | bool]:
    """An optimizer's own numbers and switches, with their defaults."""
    return {
        f.name: f.default
        for f in fields(rule)
        if f.name not in NOT_OFFERED and isinstance(f.default, int | float)
    }


def options() -> dict[str, Any]:
    """What the controls of the stage offer: read off the registries."""
    optimizers: dict[str, Any] = {}
    for name in OPTIMIZERS:
        config: Any = OPTIMIZERS.get(name)
        optimizers[name] = offered(config)
    return {
        "optimizers": optimizers,
        "activations": DRAWN,
        "learning_rates": LEARNING_RATES,
        "batch_sizes": BATCH_SIZES,
        "speeds": SPEEDS,
    }
