"""The small part of the grocery year: what it holds, and that nothing of the test is learnt."""

import numpy as np
import pytest

from nn_core.course import groceries


def test_it_holds_the_products_with_most_buyers_of_households_drawn_by_lot() -> None:
    drawn, others = ({*groceries.households(seed).frame["customer"]} for seed in (1, 2))
    assert len(drawn) <= groceries.HOUSEHOLDS
    assert drawn != others
    assert len({*groceries.households(1).frame["product"]}) == groceries.PRODUCTS


def test_the_judged_month_lies_behind_all_that_is_learnt() -> None:
    split, shop = groceries.parted(1), groceries.households(1)
    assert split.train.now is not None
    last = shop.frame["time"].to_numpy("datetime64[s]").astype(np.int64).max() / 86_400
    assert split.train.now < last - 31


def test_lists_are_judged_as_the_shop_judges_them() -> None:
    from nn_core.recommender.judge.evaluate import evaluate
    from nn_core.recommender.models import make_model

    split = groceries.parted(1)
    fitted = make_model("popularity").learn(split.train)
    expected = evaluate(fitted, split, 10, ["all"])["all"].metrics()
    found = groceries.quality(groceries.model_scores("popularity", split, "all"), split, "all")
    assert found == pytest.approx(expected)


def test_with_as_many_right_products_as_in_its_own_test_a_score_is_what_it_was() -> None:
    split, rng = groceries.parted(1), np.random.default_rng(1)
    scores = groceries.model_scores("popularity", split, "all")
    whole = groceries.quality(scores, split, "all")["ndcg@10"]
    assert groceries.with_as_many(scores, split, split, rng) == pytest.approx(whole)
    # Of the random fifth it leaves no more than that, and with fewer right products lists hit less.
    random = groceries.parted(1, "random")
    scores = groceries.model_scores("popularity", random, "all")
    whole = groceries.quality(scores, random, "all")["ndcg@10"]
    assert groceries.with_as_many(scores, random, split, rng) < whole - 0.03


def test_ever_bought_ranks_what_a_household_had_before_all_else() -> None:
    split = groceries.parted(1)
    scores = groceries.ever_bought(split, "all")
    own = split.train.histories.of(groceries.asked(split, "all")).bought.toarray() > 0
    row = next(at for at in range(len(own)) if 0 < own[at].sum() < 50)
    assert set(np.argsort(-scores[row])[: own[row].sum()]) == set(np.flatnonzero(own[row]))
