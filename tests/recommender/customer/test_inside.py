"""Inside a network: what is shown are the engine's own numbers, which are Keras's."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from nn_core.recommender.customer.inside import known_and_wanted, look_inside, networks
from nn_core.recommender.customer.layer_words import path
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import MODELS, make_model
from nn_core.recommender.models.base import Fitted
from nn_core.recommender.models.keras_training import Trainer
from nn_core.recommender.models.network import Network
from nn_core.recommender.models.validation import narrowed
from nn_core.recommender.split import make_split
from pages.figures.inside import maps
from tests.recommender.networks import QUICK
from tests.recommender.shops import planted

TRAIN = make_split(planted(), SplitOptions()).train
ONE = TRAIN.histories.of(np.array([3]))


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.network])
def test_what_is_shown_are_the_gradients_of_this_network_on_this_customer(name: str):
    """The weights that Keras would begin with; test_networks holds these gradients to Keras's."""
    model = cast(Network, make_model(name, **QUICK.get(name, {})))
    fitted = Fitted(model, model.known(TRAIN) | Trainer(model, TRAIN).weights())
    found = look_inside(fitted, ONE)
    assert found is not None
    gradients = found.model.gradients(found.trace["x"], found.trace["y"])
    by_name = dict(zip(found.model.named_weights, gradients, strict=True))
    weights = [sheet for sheet in found.sheets if f"{sheet.layer}/{sheet.name}" in by_name]
    assert len(weights) == sum(bool(own.values) for own in found.model.weights.own)
    for sheet in weights:
        assert np.isin(sheet.gradient, by_name[f"{sheet.layer}/{sheet.name}"]).all()
        assert np.isin(sheet.value, found.model.named_weights[f"{sheet.layer}/{sheet.name}"]).all()
        assert sheet.value.shape == (len(sheet.rows), len(sheet.columns))
    assert len({sheet.told for sheet in found.sheets}) == len(found.sheets)
    assert path(found.model).count("→") == len(found.model.layers) - 1
    last = found.sheets[-1]
    assert last.told.startswith("Score of each product")
    assert set(found.wanted) <= set(last.columns)
    place = last.columns.index(found.wanted[0])
    expected = found.trace[f"{last.layer}/dz"][0, found.wanted[0]]
    assert last.gradient[0, place] == expected < 0


@pytest.mark.parametrize(("name", "gates"), [("gru", "zr"), ("lstm", "ifo")])
def test_a_recurrent_network_shows_its_gates_at_each_purchase(name: str, gates: str):
    model = cast(Network, make_model(name, **QUICK[name]))
    fitted = Fitted(model, model.known(TRAIN) | Trainer(model, TRAIN).weights())
    found = look_inside(fitted, ONE)
    assert found is not None
    known = known_and_wanted(ONE)[0].product[-12:].tolist()
    over_time = {sheet.name: sheet for sheet in found.sheets if sheet.rows == known}
    layer = found.model.layers[1].name
    assert {*gates, "h"} <= {*over_time}
    for gate in gates:
        assert ((over_time[gate].value > 0) & (over_time[gate].value < 1)).all()
        assert np.abs(over_time[gate].gradient).max() > 0
    state = over_time["h"]
    assert {sheet.name for sheet in found.sheets if sheet.middle == 0.5} == {*gates}
    assert np.isin(state.value[-1], found.trace[f"{layer}/y"][0]).all()
    # A gate's gradient is its part of what adds up to the bias's, over all steps.
    sums = found.trace[f"{layer}/{'dm' if name == 'gru' else 'dz'}"][0]
    bias = np.atleast_2d(found.trace[f"{layer}/dbias"])[0].reshape(len(sums[0]), -1)
    np.testing.assert_allclose(sums.sum(axis=0), bias, rtol=1e-3, atol=1e-6)
    assert np.isin(over_time[gates[0]].gradient, sums[:, 0]).all()


def test_the_last_basket_is_what_was_bought_next():
    known, wanted = known_and_wanted(ONE)
    assert len(known.product) + len(wanted.product) == len(ONE.product)
    assert wanted.product.tolist() == ONE.product[-len(wanted.product) :].tolist()
    once = Histories.of_products(np.array([1, 2]), 4)
    assert known_and_wanted(once) == (once, once)


def test_a_basket_that_the_network_does_not_know_is_not_asked_for():
    """It ranks the 40 products with most buyers; the basket before is the last it can be asked."""
    model = cast(Network, make_model("course", largest=40))
    fitted = Fitted(model, Trainer(model, narrowed(TRAIN, None, 40)).weights())
    last = known_and_wanted(ONE)[1]
    assert last.basket is not None
    rare = replace(ONE, product=np.where(ONE.basket == last.basket[0], 41, ONE.product))
    found = look_inside(fitted, rare)
    assert found is not None
    assert found.wanted
    assert max(found.wanted) < 40
    assert found.loss > 0


def test_only_networks_with_a_history_have_an_inside():
    ease = make_model("popularity").learn(TRAIN)
    assert look_inside(ease, ONE) is None
    empty = TRAIN.histories.keep(np.zeros(len(TRAIN.histories.product), bool))
    assert look_inside(Fitted(make_model("course"), {}), empty.of(np.array([0]))) is None


def test_a_network_whose_numbers_broke_down_has_no_inside():
    course = cast(Network, make_model("course"))
    weights = Trainer(course, TRAIN).weights()
    broken = {name: np.full_like(array, np.nan) for name, array in weights.items()}
    assert look_inside(Fitted(course, broken), ONE) is None


def test_networks_that_a_blend_took_up_have_an_inside_too():
    course = cast(Network, make_model("course"))
    own = {f"part1.{name}": array for name, array in Trainer(course, TRAIN).weights().items()}
    weights = {f"weights_{task}": np.array([0.4, 0.6]) for task in ("discover", "all")}
    blend = make_model("blend", parts=["popularity", "course"])
    fitted = Fitted(blend, own | weights | {"weights_buy-again": np.array([1.0, 0.0])})
    [found] = networks(fitted, "discover")
    assert found.model.name == "course"
    assert look_inside(found, ONE) is not None
    assert not networks(fitted, "buy-again")


def test_maps_show_exact_numbers_on_scales_around_zero():
    figure: Any = maps(
        "Weights", "dense_1: kernel", ["Tea <b>"], ["unit 1", "unit 2"], [[0.5, -2.0]], [[1e-9, 0]]
    )
    value, gradient = figure.data
    assert (value.zmin, value.zmax) == (-2.0, 2.0)
    assert (gradient.zmin, gradient.zmax) == (-1e-9, 1e-9)
    assert value.colorscale != gradient.colorscale
    gate: Any = maps("Gate", "gru_1: z", ["Tea"], ["unit 1"], [[0.7]], [[-3.0]], 0.5).data
    assert (gate[0].zmin, gate[0].zmax) == pytest.approx((0.3, 0.7))
    assert (gate[1].zmin, gate[1].zmax) == (-3.0, 3.0)
    assert "%{z}" in value.hovertemplate
    assert figure.layout.yaxis.ticktext == ("Tea &lt;b&gt;",)
