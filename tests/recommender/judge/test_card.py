"""The verdict card on shops made so that the answer is known: yes, no, cannot tell, only some."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.card import Card, card
from nn_core.recommender.judge.card_words import whole
from nn_core.recommender.judge.segmented import Segmented
from nn_core.recommender.judge.segments import Segment
from nn_core.recommender.judge.standing import MEASURES, Entry, Standing, by_measure

SPLIT = SplitOptions()
ENTRIES = (
    Entry("recent-popularity", "Best sellers", spoken="the best sellers"),
    Entry("ease", "Linear", spoken="the linear model"),
    Entry("knn", "Kin"),
)


def made(simple: list[int], model: list[int], weak: int = 0) -> Standing:
    """0 or 1 for each customer: did the list of Best sellers, of Linear hit? Kin hits `weak`."""
    table = np.stack([simple, model, np.full(len(simple), weak)], axis=1).astype(float)
    return Standing("discover", 10, ENTRIES, {"ndcg": table / 2, "hit_rate": table})


def customers(both: int, simple: int, model: int, none: int) -> tuple[list[int], list[int]]:
    """So many found something in both lists, in one of them only, in none."""
    return (
        [1] * both + [1] * simple + [0] * model + [0] * none,
        [1] * both + [0] * simple + [1] * model + [0] * none,
    )


def grouped(standing: Standing, **groups: slice | list[int]) -> Segmented:
    """Groups of customers by their place."""
    inside: dict[str, Any] = {name: np.zeros(standing.customers, bool) for name in groups}
    for name, where in groups.items():
        inside[name][where] = True
    known = tuple(Segment(name, name, f"the {name}", mask) for name, mask in inside.items())
    tables = {
        m: np.hstack([np.where(s.customers[:, None], standing.values[m], np.nan) for s in known])
        for m in MEASURES
    }
    size = {s.name: int(s.customers.sum()) for s in known}
    return Segmented(standing, known, known, size, by_measure(tables, 0))


def said(found: Card) -> str:
    return " ".join(found.sentences)


def test_yes_in_customers_of_a_hundred():
    """43 of 100 for best sellers, 51 for the model, 10 of them new: 2 lost."""
    found = card(made(*customers(410, 20, 100, 470)), None, SPLIT)
    assert found.answer == "yes"
    assert (found.of_100, found.simple_of_100) == (51, 43)
    assert said(found).startswith(
        "In the last 31 days the linear model put a product the customer bought for the first time "
        "into its 10 for 51 of 100 customers; the best sellers for 43. That is 6 to 10 more of 100 "
        "customers, with 95% confidence."
    )
    assert found.sentences[-1] == "Use it."


def test_yes_but_not_for_those_for_whom_it_is_clearly_worse():
    standing = made(*customers(100, 20, 120, 160))
    groups = grouped(standing, light=slice(0, 120), heavy=slice(120, 400))
    found = card(standing, groups, SPLIT)
    assert found.answer == "yes"
    assert [(one["segment"], one["kind"]) for one in found.exceptions] == [("light", "worse")]
    assert found.sentences[-1] == "Use it; for the light it is worse than the best sellers."


def test_what_chance_could_have_done_in_a_group_is_neither_better_nor_worse():
    """Twenty for whom both found something, and one who gained in "up", one who lost in "down"."""
    standing = made(*customers(100, 20, 120, 160))
    groups = grouped(standing, up=[*range(20), 220], down=[*range(20), 100], heavy=slice(120, 400))
    found = card(standing, groups, SPLIT)
    assert [one["ndcg_difference"]["mean"] > 0 for one in found.exceptions] == [True, False]
    assert [one["kind"] for one in found.exceptions] == ["unclear", "unclear"]
    assert found.sentences[-2:] == ("Use it.", "For the up and the down it cannot be told yet.")


def test_a_group_is_spoken_of_as_the_map_of_all_groups_marks_it():
    standing = made(*customers(100, 20, 120, 160))
    groups = grouped(standing, light=slice(0, 120), heavy=slice(120, 400))
    cells = groups.all_against(0, "ndcg")
    assert groups.against(1, 0, "ndcg") == {name: cells[name, 1] for name in ("light", "heavy")}


def test_yes_by_the_order_of_the_lists_says_so():
    """Both find something for the same customers; the model puts it twice as high."""
    standing = made(*customers(100, 3, 3, 100))
    values = dict(standing.values) | {"ndcg": standing.values["ndcg"] * [0.5, 1.0, 1.0]}
    found = card(replace(standing, values=values), None, SPLIT)
    assert found.answer == "yes"
    assert "That may be chance" in found.sentences[2]
    assert "right products stand nearer the top" in found.sentences[2]
    assert found.sentences[3] == "Use it."


@pytest.mark.parametrize(
    ("customers", "words"),
    [(-1e-4, "0.0"), (-0.02, "-0.02"), (0.0, "0.0"), (0.44, "0.4"), (-3.6, "-4"), (7.2, "7")],
)
def test_a_number_of_customers_is_never_minus_nothing(customers: float, words: str):
    assert whole(customers) == words


def test_no_when_it_is_clearly_worse():
    found = card(made(*customers(100, 100, 20, 200)), None, SPLIT)
    assert found.answer == "no"
    assert "fewer of 100 customers" in said(found)
    assert found.sentences[-1].startswith("Do not use it: it is clearly worse than the best seller")


@pytest.mark.parametrize(("simple", "model"), [(30, 30), (31, 29), (29, 31)])
def test_what_is_not_clearly_different_cannot_be_told_whichever_way_it_points(
    simple: int, model: int
):
    found = card(made(*customers(100, simple, model, 200)), None, SPLIT)
    assert found.answer == "unclear"
    assert "Cannot tell yet whether it is better than the best sellers" in said(found)


@pytest.mark.parametrize(
    ("nearer", "words"),
    [(9.0, "But right products stand nearer the top"), (0.5, "finds something for clearly fewer")],
)
def test_clearly_fewer_customers_are_not_hidden_by_better_lists(nearer: float, words: str):
    standing = made(*customers(100, 40, 5, 100))
    values = dict(standing.values) | {"ndcg": standing.values["ndcg"] * [0.1, 0.1 * nearer, 1.0]}
    if nearer < 1:  # as good in NDCG, by chance here and there
        noise = np.random.default_rng(0).normal(0, 0.1, (standing.customers, 1))
        values["ndcg"] = np.hstack([noise * 0, noise - noise.mean(), noise])
    found = card(replace(standing, values=values), None, SPLIT)
    assert found.answer == ("mixed" if nearer > 1 else "no")
    assert words in said(found)


def test_on_buy_again_best_sellers_are_called_what_they_are():
    """The list held the customer's own products only."""
    entries = (replace(ENTRIES[0], spoken="the list of best sellers of June"), *ENTRIES[1:])
    lost = made(*customers(100, 100, 20, 200))
    again = said(card(replace(lost, task="buy-again", entries=entries), None, SPLIT))
    name = "the list of each customer's own products, the best sellers of June first"
    assert again.count(name) == 2
    assert name not in said(card(replace(lost, entries=entries), None, SPLIT))


def test_a_small_lead_of_few_customers_cannot_be_told():
    found = card(made(*customers(30, 5, 8, 40)), None, SPLIT)
    assert found.answer == "unclear"
    assert "lies between" in said(found)
    assert "83 customers could be judged; for a lead of this size it would take about" in said(
        found
    )
    assert found.sentences[-1].startswith("Until it can be told, keep to the best sellers")


def test_two_models_that_hit_the_same_customers_differ_by_no_range():
    standing = made(*customers(60, 0, 0, 40))
    words = "They are the same customers. Do not use it: every customer gets just as much from the "
    assert words in said(card(standing, None, SPLIT))
    values = dict(standing.values) | {"ndcg": standing.values["ndcg"] * [0.5, 1.0, 1.0]}
    nearer = said(card(replace(standing, values=values), None, SPLIT))
    assert "They are the same customers. What differs is that right products stand" in nearer


def test_a_handful_of_customers_tells_nothing_however_large_the_lead():
    assert card(made(*customers(0, 0, 20, 4)), None, SPLIT).answer == "unclear"


def test_only_for_some():
    """No better over all: what the first half gains the second half loses."""
    standing = made([0] * 100 + [1] * 100, [1] * 100 + [0] * 100)
    found = card(standing, grouped(standing, heavy=slice(0, 100), light=slice(100, 200)), SPLIT)
    assert found.answer == "some"
    assert found.sentences[-1].endswith("Use it for the heavy only.")


def test_alone_there_is_nothing_to_hold_it_against():
    table = np.ones((50, 1))
    alone = Standing("all", 10, (Entry("ease", "L"),), {"ndcg": table, "hit_rate": table})
    found = card(alone, None, SPLIT)
    assert (found.answer, found.model, found.simple) == ("nothing", "ease", None)
    assert found.to_json()["headline"] == "Nothing to compare"


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("leave-last", "last orders"),
        ("last-share", "last 20% of customers' purchases"),
        ("last-rows", "last 20% of the rows"),
        ("random", "at random"),
        ("file", "second file"),
    ],
)
def test_it_says_what_was_held_out(method: str, words: str):
    found = card(made(*customers(410, 20, 100, 470)), None, SplitOptions(method))
    assert words in found.sentences[0]
