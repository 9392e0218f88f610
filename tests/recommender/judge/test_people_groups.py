"""What a table of customers tells makes groups, judged like all others."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.judge.people_groups import by_people, told_of, words
from nn_core.recommender.report.cards import model_card
from nn_core.recommender.runs.runs import open_run
from nn_core.recommender.runs.study import Plan, study
from pages.figures import judgement as figures
from tests.recommender.shops import PLANTED, planted

IDS = pd.Index([f"c{n}" for n in range(60)], name="customer")
TOWNS = np.where(np.arange(60) < 40, "Rome", "Oslo")
PEOPLE = pd.DataFrame(
    {
        "town": TOWNS,
        "age": np.arange(60).astype(str),
        "same": "x",
        "number": [f"n{n}" for n in range(60)],
    },
    index=IDS,
)


def test_values_and_thirds_are_groups_and_ids_are_none():
    strangers = pd.Index([*IDS, "somebody else"])
    found = {one.name: one for one in by_people(PEOPLE, strangers)}
    assert [*found] == [
        "town: Oslo", "town: Rome", "age up to 19", "age above 19 to 39", "age above 39",
    ]  # fmt: skip
    assert found["town: Rome"].customers.sum() == 40
    ages = [one for name, one in found.items() if name.startswith("age")]
    assert [int(one.customers.sum()) for one in ages] == [20, 20, 20]
    assert not any(one.customers[-1] for one in found.values())


@pytest.mark.parametrize("value", ["<b>n</b>"])
def test_a_study_judges_them_and_shows_their_names_as_text(value: str, tmp_path: Path):
    shop = planted()
    ids = pd.Index(shop.frame["customer"].cat.categories.astype("str"), name="customer")
    halves = np.where(np.arange(len(ids)) % 2, value, "other")
    people = pd.DataFrame({"kind": halves}, index=ids)
    plan = Plan({"item-knn": {}}, k=5, insight_seconds=0)
    found = study(replace(shop, people=people), plan, tmp_path / "result")
    groups = found["segments"]["all"]["groups"]
    assert [group["name"] for group in groups if group["own"]] == [f"kind: {value}", "kind: other"]
    assert not any(
        "kind" in said for card in found["verdicts"].values() for said in card["sentences"]
    )
    cells = found["segments"]["all"]["models"]["item-knn"]
    assert cells["kind: other"]["ndcg@5"]["mean"] > 0
    drawn: Any = figures.groups([{"label": "kNN", "cells": {}}], groups, "By group").data[0]
    assert any("&lt;b&gt;" in label for label in drawn.x)
    assert "<b>n" not in model_card(open_run(tmp_path), "item-knn")


WIDE = PEOPLE.assign(tariff=TOWNS, size=TOWNS)
SHORT = {"taken": ["town", "age", "tariff"], "further": ["size"], "unfit": ["same", "number"]}


def test_the_first_three_columns_make_groups_where_nobody_chooses():
    assert told_of(WIDE, IDS, None) == SHORT
    assert {one.own for one in by_people(WIDE, IDS)} == {"town", "age", "tariff"}
    said = words(SHORT)
    assert "No groups were made by size, though there could be: each further group widens" in said
    assert "None can be made by same, number" in said
    assert words({"taken": ["town"], "further": [], "unfit": []}) == ""


def test_columns_of_nearly_one_name_have_groups_of_their_own():
    twice = WIDE[["town"]].assign(**{"a b": TOWNS, "a_b": TOWNS})
    names = [one.name for one in by_people(twice, IDS)]
    assert len(names) == len({*names})


def test_the_columns_that_are_chosen_make_groups_in_the_tables_order():
    every = ["size", "town", "age", "tariff"]
    assert [*dict.fromkeys(one.own for one in by_people(WIDE, IDS, every))] == [
        "town", "age", "tariff", "size"
    ]  # fmt: skip
    assert by_people(WIDE, IDS, []) == []
    assert told_of(WIDE, IDS, ["size"])["further"] == ["town", "age", "tariff"]


def test_at_the_command_line_columns_are_chosen_and_wrong_ones_taught(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    orders, people = tmp_path / "orders.csv", tmp_path / "people.csv"
    PLANTED.frame.to_csv(orders, index=False)
    ids = sorted(PLANTED.frame["customer"].unique())
    half = np.where(np.arange(len(ids)) % 2, "x", "y")
    pd.DataFrame({"id": ids, **dict.fromkeys("abcd", half)}).to_csv(people, index=False)
    asked = ["compare", str(orders), "--models", "popularity", "--customers", str(people), "--json"]

    def made(*options: str) -> list[str]:
        assert main([*asked, *options]) == 0
        found = json.loads(capsys.readouterr().out)
        groups = found["segments"]["all"]["groups"]
        assert found["people"]["taken"] == [*dict.fromkeys(g["own"] for g in groups if g["own"])]
        return found["people"]["taken"]

    assert made() == ["a", "b", "c"]
    assert made("--customers-groups", "d,a") == ["a", "d"]
    assert made("--customers-groups", "none") == []
    assert main([*asked, "--customers-groups", "town"]) == 2
    assert "No groups can be made by 'town'" in capsys.readouterr().err
