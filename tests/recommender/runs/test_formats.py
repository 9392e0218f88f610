"""What older and newer versions wrote is read as today's, or refused with a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.report.cards import model_card
from nn_core.recommender.report.document import report
from nn_core.recommender.runs.formats import FORMAT, NEWER, OLDER, column_of, of_today
from nn_core.recommender.runs.runs import Run, open_run
from tests.recommender.kept import kept_run, original
from tests.recommender.runs.older import make_old, make_unreadable


def groups(run: Run) -> list[dict[str, Any]]:
    return [one for told in run.comparison["segments"].values() for one in told["groups"]]


def test_a_group_of_format_1_is_told_by_its_column_in_report_and_card(tmp_path: Path):
    folder = kept_run(tmp_path)
    make_old(folder / "result")
    run = open_run(folder)
    assert {one["own"] for one in groups(run)} == {"", "marital_status"}
    assert "customers whose marital_status is Married" in report(run, "Old")
    assert model_card(run, "item-knn")


@pytest.mark.parametrize(
    ("definition", "column"),
    [
        ("age of the child is 3", "age of the child"),
        ("income above 2 to 7", "income"),
        ("age up to 40", "age"),
        ("whatever", "group"),
    ],
)
def test_a_column_is_read_from_the_definition(definition: str, column: str):
    assert column_of({"own": True, "definition": definition}) == column
    assert column_of({"own": False, "definition": definition}) == ""
    assert column_of({"definition": definition}) == ""


def test_what_cannot_be_read_says_so(tmp_path: Path):
    folder = kept_run(tmp_path)
    make_unreadable(folder / "result")
    with pytest.raises(ShopDataError, match=OLDER):
        _ = open_run(folder).comparison
    with pytest.raises(ShopDataError, match=NEWER):
        of_today(json.loads(file_of(original()).read_text()) | {"format": FORMAT + 1})


def test_a_run_says_its_format():
    assert json.loads(file_of(original()).read_text())["format"] == FORMAT


def file_of(folder: Path) -> Path:
    return folder / "result" / "comparison.json"
