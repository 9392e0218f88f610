"""One customer's desk: ranks, moves, what models agree on, and names that stay text."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.customer.desk import (
    Ranked,
    agreed,
    bought,
    history_of,
    labels,
    moments,
    moved,
    product,
)
from nn_core.recommender.histories import Histories
from tests.recommender.shops import shop

ROWS = ["ann tea 2024-01-01 o1", "ann cup 2024-01-03 o2", "ann tea 2024-01-05 o3"]
HISTORIES = Histories.from_frame(shop(ROWS).frame, ordered=False)
CUP, TEA = 0, 1
CATALOGUE = Catalogue(["ann"], ["cup", "tea"], ["Jug", "Jug"], HISTORIES, HISTORIES.buyers)


def test_history_latest_first_with_counts():
    assert bought(history_of(CATALOGUE, "ann")) == [(TEA, 2), (CUP, 1)]
    for nobody in (None, "zoe"):
        assert bought(history_of(CATALOGUE, nobody)) == []


def test_moments_are_days_and_kinds():
    days = [19_723, 19_725, 19_727]  # 1, 3 and 5 January 2024
    ann = history_of(CATALOGUE, "ann")
    assert [(one.day, one.kind, one.products) for one in moments(CATALOGUE, ann)] == [
        (days[0], "", (TEA,)),
        (days[1], "", (CUP,)),
        (days[2], "", (TEA,)),
    ]
    goods = pd.DataFrame({"category": ["ware", "leaf"]}, index=["cup", "tea"])
    known = replace(CATALOGUE, goods=goods)
    assert [one.kind for one in moments(known, ann)] == ["leaf", "ware", "leaf"]
    assert moments(known, replace(ann, time=None)) == []


def test_views_are_no_purchases():
    viewed = replace(HISTORIES, weight=np.array([1.0, 0.1, 1.0]))
    assert bought(viewed) == [(TEA, 2)]


def test_first_places_and_all_places():
    ranked = Ranked(np.array([1.0, -np.inf, 3.0], np.float32))
    assert ranked.first(5) == [2, 0]
    assert ranked.places.tolist() == [2, 0, 1]


def test_agreement_counts_lists():
    assert agreed({"a": [1, 2], "b": [2, 3]})[2] == 2


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [(3, 3, ""), (5, 2, "up 3"), (1, 4, "down 3"), (57, 9, "new, was 57"), (0, 1, "new")],
)
def test_moves(before: int, now: int, word: str):
    assert moved(before, now, 10) == word


def test_what_is_known_of_a_product():
    assert product(CATALOGUE, TEA).facts() == "tea"
    ids = pd.Index(["cup", "tea"], name="product")
    goods = pd.DataFrame({"category": ["kitchen", ""], "price": [2.5, np.nan]}, index=ids)
    rich = replace(CATALOGUE, names=["<b>Cup</b>", ""], goods=goods)
    assert product(rich, CUP).facts() == "kitchen · 2.50 · cup"
    assert (product(rich, TEA).name, product(rich, TEA).facts()) == ("tea", "")
    assert labels(rich) == ["<b>Cup</b>", "tea"]


def test_names_that_two_products_share_carry_the_id():
    assert labels(CATALOGUE) == ["Jug (cup)", "Jug (tea)"]
