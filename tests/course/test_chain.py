"""The chain of the lesson on back-propagation, and training with a factor left out."""

from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest

from nn_core.course.chain import Chain, links
from nn_core.course.slopeless import Slopeless, Untaught, alike, trained
from nn_core.layers import Dense
from nn_core.network import Sequential
from pages.figures.chain import chain_figure


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "linear"])
def test_the_slopes_multiplied_are_the_gradient_and_the_measured_slope(activation: str) -> None:
    chain = Chain(x=1.5, w=0.7, v=-0.4, y=0, activation=activation)
    path = links(chain)
    for before, link in pairwise(path):
        assert before.gradient == pytest.approx(link.gradient * link.factor)
    assert path[0].gradient == pytest.approx(chain.measured(), abs=1e-8)


def test_a_small_push_changes_the_loss_by_the_gradient() -> None:
    chain = Chain()
    assert chain.nudged(1e-5) / 1e-5 == pytest.approx(chain.numbers()["dw"], rel=1e-4)


def test_the_picture_has_every_number_of_the_path() -> None:
    path = links(Chain())
    texts = [each.text for each in cast(Any, chain_figure(path).layout).annotations]
    for link in path:
        assert f"{link.name}<br><b>{link.value:.3g}</b>" in texts
        assert f"dL/d{link.name}<br><b>{link.gradient:.3g}</b>" in texts


def test_without_the_slope_all_units_are_taught_the_same_direction() -> None:
    whole, faulty = (trained(layer, "xor", 1, 20) for layer in (Dense, Slopeless))
    assert faulty.alike == pytest.approx(1)
    assert whole.alike < 0.9


def test_an_untaught_layer_keeps_its_weights_and_the_one_behind_it_learns() -> None:
    model = Sequential([Untaught(3, "tanh"), Dense(1)], (2,))
    model.compile("sgd", "mse")
    before = model.get_weights()
    model.train_on_batch([[1.0, 2.0]], [[3.0]])
    moved = [bool((new != old).any()) for new, old in zip(model.get_weights(), before)]
    assert moved == [False, False, True, True]


def test_alike_is_a_mean_cosine() -> None:
    assert alike(np.array([[1.0, 0.0], [0.0, 2.0]])) == pytest.approx(0)
    assert alike(np.array([[1.0, -3.0], [1.0, -3.0]])) == pytest.approx(1)
