"""Adding a layer is one class: here one is added, and the suite's checks find what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
import pytest

from nn_core.arrays import Array, Shape
from nn_core.layers import LAYERS, Layer
from nn_core.layers.base import Grads, State, Step, Weight
from nn_core.layers.parameters import Parameters
from tests.engine.layers.cases import CASES, Case
from tests.engine.layers.checks import CHECKS


class StretchCache(NamedTuple):
    """x, y: (N, D)."""

    x: Array
    y: Array


@dataclass(frozen=True)
class Stretch(Layer):
    """y = x * s, one factor a feature. x: (N, D) -> y: (N, D)."""

    mistake: float = 0.0

    keras_class: ClassVar[str] = "Stretch"

    def weights(self, input_shape: Shape) -> list[Weight]:
        """s (D,)."""
        return [Weight("s", input_shape, "random_uniform")]

    def output_shape(self, input_shape: Shape) -> Shape:
        return input_shape

    def forward(
        self,
        params: Parameters,
        state: State,
        x: Array,
        training: bool,
        rng: np.random.Generator | None,
    ) -> tuple[Array, State, StretchCache]:
        # y = x * s
        y = np.multiply(x, params["s"], params.array("y", x.shape))
        return y, state, StretchCache(x, y)

    def backward(self, params: Parameters, dy: Array, cache: StretchCache) -> tuple[Array, Grads]:
        # ds = sum_n dy * x, dx = dy * s
        params.gradients["s"][:] = (dy * cache.x).sum(axis=0) + self.mistake
        return dy * params["s"], params.gradients

    def forward_steps(self) -> tuple[Step, ...]:
        return (Step("y", "y = x * s", "y = x s", ("x", "s"), "y = x * s"),)

    def backward_steps(self) -> tuple[Step, ...]:
        return (
            Step("ds", "ds = sum_n dy * x", "ds", ("dy", "x"), "ds = (dy * x).sum(axis=0)"),
            Step("dx", "dx = dy * s", "dx", ("dy", "s"), "dx = dy * s"),
        )


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LAYERS, "_members", {name: LAYERS.get(name) for name in LAYERS})
    LAYERS.add("Stretch", Stretch)


@pytest.mark.usefixtures("_registered")
def test_the_guard_misses_a_case_for_it() -> None:
    missing = {LAYERS.get(name) for name in LAYERS} - {type(case.layer) for case in CASES}
    assert missing == {Stretch}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_takes_it(check: Callable[[Case], None]) -> None:
    check(Case(Stretch(), (4,)))


def test_a_wrong_gradient_is_found() -> None:
    found: list[str] = []
    for check in CHECKS:
        try:
            check(Case(Stretch(mistake=0.01), (4,)))
        except AssertionError:
            found.append(check.__name__)
    assert found == ["gradients_along_random_directions", "numpy_lines_compute_the_trace"]
