"""A file is made ready once, in this process or in one of its own, with the same report."""

from dataclasses import replace
from pathlib import Path

import pytest

from nn_core.recommender import prepare as module
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.stored import stored
from nn_core.recommender.prepare import Request, prepare
from tests.recommender.bad_files import BAD_FILES

TEXT = b'user,item\nada,<b>tea</b>\nbob,tea\n,"=1+1"\n'


def request(tmp_path: Path, data: bytes, **chosen: str | None) -> Request:
    path = tmp_path / "source"
    path.write_bytes(data)
    return Request(str(path), "shop.csv", Choices(chosen))


@pytest.mark.parametrize("small", [0, 2_000_000])
def test_report_and_files(small: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SMALL", small)
    report = prepare(request(tmp_path, TEXT), tmp_path / "ready")
    assert report["error"] is None
    assert report["names"] == ["user", "item"]
    assert report["audit"]["rows"] == {"read": 3, "kept": 2, "set_aside": 1}
    assert report["preview"]["rows"] == [["3", "the customer is missing", "", "=1+1"]]
    assert (tmp_path / "ready" / "set_aside.csv").read_text().endswith("'=1+1\n")
    assert stored(tmp_path / "ready" / "shop").kept == 2


def test_the_second_time_nothing_is_read(tmp_path: Path):
    asked = request(tmp_path, TEXT)
    first = prepare(asked, tmp_path / "ready")
    Path(asked.source).unlink()
    assert prepare(asked, tmp_path / "ready") == first


def test_an_error_leaves_what_is_needed_to_mend_it(tmp_path: Path):
    report = prepare(request(tmp_path, BAD_FILES["no roles"][0]), tmp_path / "ready")
    assert "No column can be the customer" in report["error"]
    assert report["names"] == ["colour", "size"]
    report = prepare(request(tmp_path, BAD_FILES["two date orders"][0]), tmp_path / "dates")
    assert report["two_date_orders"] is True
    assert [guess["role"] for guess in report["guesses"]] == ["customer", "time", "product"]


def test_a_process_that_dies_says_why_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "SMALL", 0)
    asked = request(tmp_path, TEXT)
    in_the_way = tmp_path / "ready" / "shop"
    in_the_way.parent.mkdir()
    in_the_way.write_text("a file where a folder must be")
    report = prepare(asked, tmp_path / "ready")
    assert "Reading the file stopped (FileExistsError" in report["error"]
    in_the_way.unlink()
    assert prepare(asked, tmp_path / "ready")["error"] is None


def test_second_files_that_do_not_fit_are_left_out_with_a_sentence_each(tmp_path: Path):
    goods, people = tmp_path / "goods", tmp_path / "people"
    goods.write_bytes(BAD_FILES["workbook"][0])
    people.write_text("who,town\nzoe,Rome\nyan,Oslo\n")
    more = {"catalogue": (str(goods), "goods.xlsx"), "customers": (str(people), "people.csv")}
    report = prepare(replace(request(tmp_path, TEXT), more=more), tmp_path / "ready")
    assert (report["error"], report["joins"]) == (None, [])
    assert report["audit"]["rows"]["kept"] == 2
    workbook, strangers = report["left_out"]
    assert "goods.xlsx is a damaged workbook" in workbook
    assert "No column of people.csv holds customers" in strangers
