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


def grouped(standing: Standing, **groups: slice) -> Segmented:
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


def test_yes_but_not_for_those_for_whom_it_is_no_better():
    standing = made(*customers(100, 20, 120, 160))
    groups = grouped(standing, light=slice(0, 120), heavy=slice(120, 400))
    found = card(standing, groups, SPLIT)
    assert found.answer == "yes"
    assert [other["segment"] for other in found.exceptions] == ["light"]
    assert found.sentences[-1] == "Use it; for the light it is no better than the best sellers."


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
    ("customers", "words"), [(-0.02, "0.0"), (0.44, "0.4"), (-3.6, "-4"), (7.2, "7")]
)
def test_a_number_of_customers_is_never_minus_nothing(customers: float, words: str):
    assert whole(customers) == words


@pytest.mark.parametrize(("simple", "model"), [(100, 20), (30, 30)])
def test_no_when_it_is_worse_or_just_as_good(simple: int, model: int):
    found = card(made(*customers(100, simple, model, 200)), None, SPLIT)
    assert found.answer == "no"
    assert found.sentences[-1].startswith("Do not use it: it is no better than the best sellers")


def test_what_is_clearly_worse_is_said_in_customers():
    assert "fewer of 100 customers" in said(card(made(*customers(100, 90, 10, 200)), None, SPLIT))


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
    assert "They are the same customers. Do not use it" in said(card(standing, None, SPLIT))
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
