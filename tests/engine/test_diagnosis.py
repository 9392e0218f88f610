"""Diagnosis on real training runs: found, mended by the change it names, silent when healthy."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest

from nn_core import Sequential, record
from nn_core.arrays import Array
from nn_core.datasets import make
from nn_core.diagnosis import CHECKS, Finding, diagnose, mended
from nn_core.initializers import Constant, RandomNormal
from nn_core.layers import LSTM, Dense, Layer, SimpleRNN
from nn_core.optimizers import SGD, Adam, Optimizer
from nn_core.training import EpochEnd, fit
from tests.engine.layers.cases import CASES, Case

SEEDS = (0, 1, 2)


class Lesson(NamedTuple):
    """A run: data, network, and how long it is trained."""

    x: Array
    y: Array
    model: Sequential
    arguments: dict[str, Any]


def run(lesson: Lesson) -> tuple[list[Finding], list[EpochEnd]]:
    x, y, model, arguments = lesson
    events = list(fit(model, x, y, **arguments))
    found = diagnose(model, events, record(model, x[:64], y[:64]))
    return found, [event for event in events if isinstance(event, EpochEnd)]


def applied(lesson: Lesson, finding: Finding) -> Lesson:
    """The same run with the change that the finding names."""
    x, arguments, change = lesson.x, dict(lesson.arguments), finding.change
    if change.target == "inputs":
        assert change.fields == {"standardise": True}
        x = (x - x.mean(axis=0)) / x.std(axis=0)
    if change.target == "fit":
        arguments |= change.fields
    return lesson._replace(x=x, arguments=arguments, model=mended(lesson.model, change))


def points(
    layers: Sequence[Layer],
    seed: int,
    optimizer: Optimizer | None = None,
    loss: str = "binary_crossentropy",
    scale: tuple[float, float] = (0.3, 0.3),
    epochs: int = 15,
    noise: float = 0.1,
    dataset: str = "circle",
) -> Lesson:
    """Points in the plane: 150 to learn from."""
    data = make(dataset, 300, noise, 0.5, seed)
    x, held = data.train_x * scale, data.test_x * scale
    model = Sequential(layers, (2,), seed)
    model.compile(optimizer or Adam(0.02), loss)
    rest = {"validation_data": (held, data.test_y[:, None]), "batch_size": 16, "epochs": epochs}
    return Lesson(x, data.train_y[:, None], model, rest)


def sequences(layer: Layer, seed: int, steps: int) -> Lesson:
    """Remember the first symbol."""
    x = np.random.default_rng(seed).choice([-1.0, 1.0], size=(200, steps, 1))
    model = Sequential([layer, Dense(1, "sigmoid")], (steps, 1), seed)
    model.compile(Adam(0.01), "binary_crossentropy")
    return Lesson(x, (x[:, 0] > 0).astype(float), model, {"epochs": 8, "batch_size": 20})


def few_noisy_points(seed: int) -> Lesson:
    lesson = points([Dense(64, "relu"), Dense(32, "relu"), Dense(1, "sigmoid")], seed, noise=0.4)
    return lesson._replace(
        x=lesson.x[:40], y=lesson.y[:40], arguments=lesson.arguments | {"epochs": 120}
    )


OUT = Dense(1, "sigmoid")
TANH = [Dense(8, "tanh"), Dense(4, "tanh"), OUT]
HEALTHY: dict[str, Callable[[int], Lesson]] = {
    "tanh": lambda seed: points(TANH, seed),
    "relu": lambda seed: points([Dense(16, "relu", kernel_initializer="he_normal"), OUT], seed),
    "sgd": lambda seed: points(TANH, seed, SGD(0.1, momentum=0.9)),
    "regression": lambda seed: points(
        [Dense(8, "tanh"), Dense(1)], seed, loss="mse", dataset="plane"
    ),
    "lstm": lambda seed: sequences(LSTM(8), seed, 8),
    "rnn": lambda seed: sequences(SimpleRNN(8), seed, 8),
}
ILL: dict[str, tuple[str, Callable[[int], Lesson]]] = {
    "saturated": (
        "saturated units",
        lambda s: points([Dense(8, "tanh", kernel_initializer=RandomNormal(stddev=30.0)), OUT], s),
    ),
    "dead": (
        "dead ReLUs",
        lambda s: points(
            [Dense(8, "relu", bias_initializer=Constant(-3.0)), OUT], s, dataset="gaussians"
        ),
    ),
    "vanishing": (
        "vanishing gradients",
        lambda s: points([*[Dense(8, "sigmoid") for _ in range(9)], OUT], s),
    ),
    "exploding": (
        "exploding gradients",
        lambda s: points(
            [*[Dense(16, kernel_initializer=RandomNormal(stddev=1.0)) for _ in range(8)], OUT],
            s,
            SGD(1e-9),
        ),
    ),
    "vanishing in time": (
        "vanishing gradients through time",
        lambda s: sequences(SimpleRNN(8, recurrent_initializer=RandomNormal(stddev=0.001)), s, 24),
    ),
    "exploding in time": (
        "exploding gradients through time",
        lambda s: sequences(
            SimpleRNN(8, "linear", recurrent_initializer=RandomNormal(stddev=1.0)), s, 12
        ),
    ),
    "symmetric": (
        "symmetric weights",
        lambda s: points(
            [
                Dense(8, "tanh", kernel_initializer=Constant(0.2)),
                Dense(1, "sigmoid", kernel_initializer="zeros"),
            ],
            s,
        ),
    ),
    "not finite": (
        "loss not finite",
        lambda s: points([Dense(8, "relu"), Dense(1)], s, SGD(1e4), "mse"),
    ),
    "too high": ("learning rate too high", lambda s: points(TANH, s, Adam(2.0))),
    "too low": ("learning rate too low", lambda s: points(TANH, s, SGD(1e-6), dataset="gaussians")),
    "overfitting": ("overfitting", few_noisy_points),
    "unscaled": ("unscaled inputs", lambda s: points(TANH, s, scale=(100.0, 0.01))),
    "no probabilities": (
        "loss does not fit output",
        lambda s: points([Dense(8, "tanh"), Dense(1)], s),
    ),
    "out of reach": (
        "loss does not fit output",
        lambda s: points([Dense(8, "tanh"), Dense(1, "relu")], s, loss="mse", dataset="plane"),
    ),
}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_raises_nothing(name: str, seed: int) -> None:
    found, ends = run(HEALTHY[name](seed))
    assert found == []
    assert ends[-1].loss < ends[0].loss


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ILL)
def test_it_is_found_and_its_change_mends_it(name: str, seed: int) -> None:
    kind, make_lesson = ILL[name]
    lesson = make_lesson(seed)
    found, ends = run(lesson)
    finding = next((finding for finding in found if finding.kind == kind), None)
    assert finding is not None, [finding.kind for finding in found]
    assert any(character.isdigit() for character in finding.sentence)
    after, mended_ends = run(applied(lesson, finding))
    assert kind not in [finding.kind for finding in after], finding
    # It now learns better than before, or well.
    last = mended_ends[-1].loss
    assert kind == "overfitting" or not last >= ends[-1].loss or last < 0.9 * mended_ends[0].loss


def test_every_check_is_tried() -> None:
    assert len({kind for kind, _ in ILL.values()}) == len(CHECKS.names()) + 2


def test_looking_changes_nothing() -> None:
    lesson = ILL["too low"][1](0)
    list(fit(lesson.model, lesson.x, lesson.y, **lesson.arguments))
    before = lesson.model.weights.vector.copy()
    run(lesson._replace(arguments={"epochs": 0}))
    assert (lesson.model.weights.vector == before).all()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_kind_of_network_can_be_looked_at(case: Case) -> None:
    model, (x, y) = case.network(), case.data()
    events = list(fit(model, x, y, epochs=6, batch_size=5))
    assert isinstance(diagnose(model, events, record(model, x, y)), list)
