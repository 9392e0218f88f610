"""One suite for every model: what each owes, whatever it believes about customers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nn_core.recommender.arrays import let_go
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.ranked import ranked, ranked_for_all
from nn_core.recommender.models import MODELS, Fitted, Recommender, make_model
from nn_core.recommender.ranking import only, top
from nn_core.recommender.split import TASKS, make_split
from tests.recommender.networks import QUICK
from tests.recommender.shops import PLANTED, planted

SPLIT = make_split(planted(), SplitOptions())
# The planted catalogue names no categories.
FINDS_GROUPS = {*MODELS} - {"popularity", "recent-popularity", "categories", "repeats"}


def quick(name: str) -> Recommender:
    return make_model(name, **QUICK.get(name, {}))


@pytest.fixture(scope="module", params=MODELS)
def fitted(request: pytest.FixtureRequest) -> Fitted:
    return quick(request.param).learn(SPLIT.train)


def test_finds_the_planted_groups_if_it_looks_at_customers(fitted: Fitted):
    """Four groups: a list of best sellers holds one product in four of the customer's own."""
    judgement = evaluate(fitted, SPLIT, k=5)["discover"]
    customers = SPLIT.train.customers[judgement.customers]
    own = np.array([PLANTED.customer_group[customer] for customer in customers])[:, None]
    group = np.array([PLANTED.product_group[product] for product in SPLIT.train.products])
    right = (group[judgement.lists] == own)[judgement.lists >= 0].mean()
    if fitted.model.name in FINDS_GROUPS:
        assert right > 0.9
    else:
        assert right < 0.4


def test_saved_and_loaded_it_gives_the_same_scores(fitted: Fitted, tmp_path: Path):
    fitted.save(tmp_path)
    loaded = Fitted.load(tmp_path)
    assert loaded.model == fitted.model
    histories = SPLIT.train.histories
    np.testing.assert_array_equal(loaded.scores(histories), fitted.scores(histories))


def test_large_arrays_are_maps_of_their_files(tmp_path: Path):
    """And so scored by rows: what a server looks up never becomes its own memory as a whole."""
    fitted = make_model("ease", regularization=10.0).learn(SPLIT.train)
    fitted.save(tmp_path)
    weights = Fitted.load(tmp_path).arrays["weights"]
    assert isinstance(weights, np.memmap)
    assert weights.flags["C_CONTIGUOUS"]
    assert not weights.flags["WRITEABLE"]
    assert not list(tmp_path.rglob("*.npz"))
    let_go({"weights": weights})
    np.testing.assert_array_equal(weights, fitted.arrays["weights"])


def test_scores_are_finite_float32_for_every_product(fitted: Fitted):
    scores = fitted.scores(SPLIT.train.histories)
    assert scores.shape == SPLIT.test.shape
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()


def test_its_lists_are_the_best_of_its_scores(fitted: Fitted):
    """One question at a time, all at once, and everybody's, of whom some are not judged."""
    histories = SPLIT.train.histories
    together = {
        task: (best, values) for task, best, values in ranked(fitted, histories, 7, list(TASKS))
    }
    for task in TASKS:
        scores = only(fitted.on(task).scores(histories), task, histories.bought)
        expected = top(scores, 7)
        _, alone, _ = next(ranked(fitted, histories, 7, [task]))
        _, everybody, _ = next(ranked_for_all(fitted, histories, 7, task))
        for best in (together[task][0], alone, everybody):
            np.testing.assert_array_equal(best, expected)
        rows, places = np.nonzero(expected >= 0)
        values = scores[rows, expected[rows, places]]
        np.testing.assert_array_equal(together[task][1][rows, places], values)


def test_nothing_bought_before_is_discovered(fitted: Fitted):
    histories = SPLIT.train.histories
    _, lists, _ = next(ranked(fitted, histories, 10, ["discover"]))
    bought = histories.bought.toarray() > 0
    assert not np.take_along_axis(bought, lists, axis=1)[lists >= 0].any()


def test_a_seed_gives_the_same_numbers_again(fitted: Fitted):
    again = quick(fitted.model.name).learn(SPLIT.train)
    assert again.arrays.keys() == fitted.arrays.keys()
    for name in fitted.arrays.keys() - {"log"}:  # which holds measured seconds
        np.testing.assert_array_equal(again.arrays[name], fitted.arrays[name])


def test_an_empty_history_is_scored_too(fitted: Fitted):
    nobody = Histories.of_products(np.array([], np.int64), len(SPLIT.train.products))
    assert np.isfinite(fitted.scores(nobody)).all()


def test_an_unknown_model_names_the_known_ones():
    with pytest.raises(ShopDataError, match=", ".join(MODELS)):
        make_model("magic")


def test_an_unknown_option_names_the_known_ones():
    with pytest.raises(ShopDataError, match="neighbours"):
        make_model("item-knn", depth=3)


def with_views(histories: Histories) -> Histories:
    """The same purchases, and before them all a view of one other product by each customer."""
    fresh = np.asarray(histories.bought.toarray().argmin(axis=1), np.int64)
    assert histories.time is not None
    assert histories.basket is not None
    parts = [(first, end) for first, end in zip(histories.start[:-1], histories.start[1:])]

    def led(values: np.ndarray, before: np.ndarray) -> np.ndarray:
        each = [np.r_[one, values[a:b]] for one, (a, b) in zip(before, parts)]
        return np.concatenate(each)

    early = np.full(len(fresh), histories.time.min() - 1)
    return Histories(
        start=histories.start + np.arange(len(histories.start)),
        product=led(histories.product, fresh),
        products=histories.products,
        row=led(histories.row, np.full(len(fresh), -1)),
        time=led(histories.time, early),
        basket=led(histories.basket, np.full(len(fresh), -1)),
        weight=led(np.ones(len(histories.product)), np.full(len(fresh), 0.1)),
    )


SEEN = replace(SPLIT.train, histories=with_views(SPLIT.train.histories))


def test_a_view_is_never_a_purchase(fitted: Fitted):
    """It may be recommended as new, is nothing to buy again, and moves a model only by its weight,
    if that model reads views at all."""
    scores, without = fitted.scores(SEEN.histories), fitted.scores(SPLIT.train.histories)
    customers = np.arange(len(scores))
    viewed = SEEN.histories.product[SEEN.histories.start[:-1]]
    new, again = (only(scores, task, SEEN.histories.bought) for task in ("discover", "buy-again"))
    assert np.isfinite(new[customers, viewed]).all()
    assert np.isneginf(again[customers, viewed]).all()
    if not fitted.model.hints:
        np.testing.assert_array_equal(scores, without)
    if fitted.model.name == "repeats":
        assert (scores[customers, viewed] > without[customers, viewed]).all()
        assert (scores[customers, viewed] < 1.1).all()


ALONE = [name for name in MODELS if name not in ("auto", "blend") and not MODELS[name].network]


@pytest.mark.parametrize("name", ALONE)
def test_nothing_is_learned_from_views_as_from_purchases(name: str):
    """Networks and the parts of a blend are fitted through the same door, and take longer."""
    learned, again = (quick(name).learn(train).arrays for train in (SPLIT.train, SEEN))
    assert learned.keys() == again.keys()
    for array in learned.keys() - {"log"}:
        np.testing.assert_array_equal(learned[array], again[array])


def test_a_sentence_has_a_name_for_each_that_can_stand_inside_of_it():
    spoken = [model.spoken for model in MODELS.values()]
    assert len(set(spoken)) == len(MODELS)
    assert all(words.startswith("the ") for words in spoken)
