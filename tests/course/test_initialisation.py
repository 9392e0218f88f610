"""What the lesson on initialisation says beside its experiments: sizes layer by layer, draws."""

from typing import Any, cast

import numpy as np
import pytest

from nn_core.course.depth import ACTIVATIONS, STARTS, spread, through
from nn_core.course.lessons.initialisation import LAYERS, RELU, SIGMOIDS, woken
from nn_core.course.measures import train
from nn_core.course.scenario import one
from nn_core.course.seen import Seen
from nn_core.live.points import Points
from pages.figures.depth import layer_by_layer


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("initializer", STARTS)
def test_the_picture_has_a_number_for_every_layer(activation: str, initializer: str) -> None:
    found = through(activation, initializer, 20)
    assert len(found.values) == len(found.gradients) == 20
    assert np.isfinite([*found.values, *found.gradients]).all()
    values, gradients = cast(Any, layer_by_layer(found.values, found.gradients)).data
    assert [y is None for y in gradients.y] == [size == 0 for size in found.gradients]
    assert len(values.x) == 20


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ten_sigmoids_lose_the_gradient_and_ten_relus_keep_it(seed: int) -> None:
    assert through("sigmoid", "glorot_uniform", 10, seed).left < 1e-4
    assert 0.02 < through("relu", "he_normal", 10, seed).left < 50
    assert through("relu", "random_normal", 10, seed).left < 1e-4
    assert through("relu", "ones", 10, seed).left > 1e6


def test_weights_are_spread_as_the_formulas_say() -> None:
    assert spread("glorot_normal", 100, 100) == pytest.approx(np.sqrt(2 / 200), rel=0.02)
    assert spread("he_normal", 100, 100) == pytest.approx(np.sqrt(2 / 100), rel=0.02)


@pytest.mark.parametrize(
    "spec",
    [Points(hidden=RELU.hidden[:2]), Points(dataset="gaussians", hidden=RELU.hidden)],
    ids=["two layers", "other data"],
)
def test_the_task_wants_six_layers_on_the_circle(spec: Points) -> None:
    run = train(one(spec, optimizer="adam", learning_rate=0.01).run(None), 600)
    found = woken(Seen.of(run))
    assert not found.reached
    assert f"{LAYERS} hidden layers" in found.said


def test_another_activation_on_the_stage_is_enough_for_the_live_part() -> None:
    run = one(SIGMOIDS).run(None)
    run.set({"activations": ("tanh",) * LAYERS})
    assert Seen.of(train(run, 1500)).accuracy("train") > 0.9
