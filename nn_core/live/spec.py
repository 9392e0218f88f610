"""What a play is made from (its spec) and what can change while it runs (its settings)."""

import math
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from nn_core.datasets import DATASETS, FEATURES
from nn_core.layers import Dense
from nn_core.losses import LOSSES
from nn_core.network import Sequential
from nn_core.optimizers import OPTIMIZERS, Optimizer
from nn_core.regularizers import L1, L2, Regularizer

# The activations of hidden layers that the stage's own drawing of the map knows.
DRAWN = ("linear", "sigmoid", "tanh", "relu")
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
class Hidden:
    """A hidden layer: units and how its kernel starts."""

    units: int = 4
    activation: str = "tanh"
    initializer: str = "glorot_uniform"


@dataclass(frozen=True)
class Spec:
    """Structure, data and seed: to change one of them is to begin anew."""

    dataset: str = "circle"
    points: int = 500
    noise: float = 0.0
    train_share: float = 0.5
    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[Hidden, ...] = (Hidden(4), Hidden(2))
    loss: str = "binary_crossentropy"
    penalty: Literal["none", "l1", "l2"] = "none"
    penalty_rate: float = 0.001
    seed: int = 1

    @property
    def task(self) -> str:
        return DATASETS.get(self.dataset).task

    @property
    def output(self) -> Dense:
        """The last layer that loss and task ask for."""
        if self.loss == "categorical_crossentropy":
            return Dense(2, activation="softmax", kernel_regularizer=self.regularizer)
        logistic = self.task == "classification"
        activation = "sigmoid" if logistic else "linear"
        return Dense(1, activation=activation, kernel_regularizer=self.regularizer)

    @property
    def regularizer(self) -> Regularizer | None:
        if self.penalty == "none":
            return None
        return L1(self.penalty_rate) if self.penalty == "l1" else L2(self.penalty_rate)

    def layer(self, index: int, activation: str) -> Dense:
        """The hidden layer of that index with an activation."""
        hidden = self.hidden[index]
        return Dense(
            hidden.units,
            activation=activation,
            kernel_initializer=hidden.initializer,
            kernel_regularizer=self.regularizer,
        )

    def model(self, activations: tuple[str, ...]) -> Sequential:
        """The network as it starts. activations: one a hidden layer."""
        layers = [self.layer(index, name) for index, name in enumerate(activations)]
        return Sequential([*layers, self.output], (len(self.features),), seed=self.seed)

    def check(self) -> None:
        """Raises ValueError if the parts do not fit together."""
        for name in self.features:
            FEATURES.get(name)
        if not self.features:
            raise ValueError("The network has no input; choose one feature or more.")
        if self.task == "regression" and self.loss != "mse":
            raise ValueError(f"{self.dataset} has heights, not classes; choose the loss mse.")
        LOSSES.get(self.loss)


def losses_for(dataset: str) -> list[str]:
    """The losses that fit a data set, the usual one first."""
    if DATASETS.get(dataset).task == "regression":
        return ["mse"]
    return ["binary_crossentropy", "mse", "categorical_crossentropy"]


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
    sample_set: Literal["train", "test"] = "train"

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
        if self.sample_set not in ("train", "test"):
            raise ValueError(f"sample_set must be train or test; received {self.sample_set!r}.")
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
