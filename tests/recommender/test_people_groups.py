"""What a table of customers tells makes groups, judged like all others."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nn_core.recommender.people_groups import by_people
from nn_core.recommender.report.cards import model_card
from nn_core.recommender.runs import open_run
from nn_core.recommender.study import Plan, study
from pages.figures import judgement as figures
from tests.recommender.shops import planted

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
