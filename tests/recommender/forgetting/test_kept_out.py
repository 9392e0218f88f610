"""Who was forgotten stays out of later files, however they spell the id, until that is lifted."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from nn_core import jobs
from nn_core.jobs import api
from nn_core.jobs.folder import RunFolder
from nn_core.recommender.__main__ import main
from nn_core.recommender.data import builtin
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.personal import key_in, pseudonym
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.forgetting.forget import without_customer
from nn_core.recommender.forgetting.kept_out import KeptOut, list_of, noted
from nn_core.recommender.forgetting.left_out import words
from nn_core.recommender.job import at_first, grow, submit_next_month, submit_study
from nn_core.recommender.prepare import Request, prepare
from tests.api.conftest import finished_run
from tests.recommender.kept import CUSTOMER, PLAN
from tests.recommender.shops import PLANTED, planted, shop

ON = "2026-11-22"
CSV = b"""customer,product,quantity
K1007,tea,1
 K1007 ,tea,-1
K7,tea,1
K7,K1007,1
bo,cup,1,K1007
bo,cup,2
"""


@pytest.fixture
def asked(tmp_path: Path) -> KeptOut:
    kept_out = KeptOut(tmp_path / "keys")
    kept_out.add("K1007", ON)
    return kept_out


@pytest.mark.parametrize("spelled", ["K1007", "k1007", " K1007 ", "00K1007", "K1007.0"])
def test_an_id_is_known_again_as_another_export_spells_it(asked: KeptOut, spelled: str):
    assert asked.among(["K7", spelled, "K10070"]) == {spelled: ON}


def test_where_the_id_stands_as_it_was_no_other_is_taken_for_it(asked: KeptOut):
    assert asked.among(["k1007", "K1007"]) == {"K1007": ON}


def test_a_pseudonym_and_the_id_that_it_was_made_of_are_one(asked: KeptOut):
    mail, key = "Ada@example.com", key_in(asked.folder)
    asked.add(mail, ON)
    assert asked.among([pseudonym(mail, key)]) == {pseudonym(mail, key): ON}
    asked.add(pseudonym("bo@example.com", key), ON)
    assert asked.among(["bo@example.com"]) == {"bo@example.com": ON}


def test_a_pseudonym_made_of_an_id_with_zeros_is_known_both_ways(asked: KeptOut):
    phones, key = ("0171 1234567", "0089 7654321"), key_in(asked.folder)
    made = [pseudonym(one, key) for one in phones]
    asked.add(phones[0], ON)
    asked.add(made[1], ON)
    assert asked.among([made[0], phones[1], "171 1234567"]).keys() == {
        made[0], phones[1], "171 1234567",
    }  # fmt: skip
    assert asked.lift(made[0]) == asked.lift(phones[1]) == 1


def test_entries_of_before_without_a_digest_of_the_pseudonym_are_read(asked: KeptOut):
    [file] = (asked.folder / "forgotten").iterdir()
    older = {
        name: said for name, said in json.loads(file.read_text()).items() if name != "pseudonym"
    }
    file.write_text(json.dumps(older))
    assert asked.among(["00k1007"]) == {"00k1007": ON}


def test_only_digests_are_kept_and_another_key_makes_others(asked: KeptOut, tmp_path: Path):
    kept = b"".join(path.name.encode() + path.read_bytes() for path in asked.folder.rglob("*.json"))
    assert ON.encode() in kept
    assert b"1007" not in kept
    other = KeptOut(tmp_path / "others")
    other.add("K1007", ON)
    assert other.people().keys().isdisjoint(asked.people())


def test_rows_are_counted_and_stand_nowhere(asked: KeptOut, tmp_path: Path):
    source = tmp_path / "source"
    source.write_bytes(CSV)
    request = Request(str(source), "later.csv", key=str(asked.folder))
    report = prepare(request, tmp_path / "ready")
    assert report["audit"]["rows"] == {"read": 6, "kept": 3, "set_aside": 3}
    [reason] = report["audit"]["set_aside"]
    assert reason == f"this customer asked to be forgotten on {ON}; their rows are left out"
    assert "3 rows are of customers who asked to be forgotten" in report["forgotten"][0]
    examples = {one["column"]: one["examples"] for one in report["columns"]}
    assert examples["customer"] == ["K7"]
    aside = (tmp_path / "ready" / "set_aside.csv").read_text()
    assert "1007" not in aside
    assert "cup" not in aside
    left = stored(tmp_path / "ready" / "shop")
    assert sorted(left.frame["product"].cat.categories) == ["K1007", "cup", "tea"]  # a product
    assert asked.lift("k1007") == 1
    again = prepare(request, tmp_path / "again")
    assert again["audit"]["rows"] == {"read": 6, "kept": 4, "set_aside": 2}
    assert again["forgotten"] == []


def test_mismatches_of_a_second_file_name_nobody_of_them(
    asked: KeptOut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    source, people = tmp_path / "source", tmp_path / "people"
    source.write_text("customer,product\nK1007,tea\nK1007,cup\nbo,cup\nal,tea\n")
    people.write_text("customer,town\nbo,Ulm\nlate,Bern\n00k2001,Bonn\n")
    asked.add("K2001", ON)
    more = {"customers": (str(people), "people.csv")}
    report = prepare(
        Request(str(source), "a.csv", more=more, key=str(asked.folder)), tmp_path / "r"
    )
    [join] = report["joins"]
    assert join["examples"] == {"unknown": ["al"], "unbought": ["late"]}
    assert (join["unknown"], join["rows_unknown"]) == (1, 1)
    listed = (tmp_path / "r" / "customer_mismatches.csv").read_text()
    assert "late" in listed
    assert "1007" not in listed + json.dumps(report)
    assert "2001" not in listed + json.dumps(report)
    monkeypatch.setenv("GLASSNET_HOME", str(asked.folder))
    out = tmp_path / "missing.csv"
    files = [str(source), "--customers", str(people), "--mismatches", str(out), "--json"]
    assert main(["audit", *files]) == 0
    assert json.loads(capsys.readouterr().out)["joins"][0]["examples"] == join["examples"]
    assert pd.read_csv(out)["customer"].tolist() == ["al", "late"]


def test_what_was_read_of_an_upload_before_goes_when_it_is_read_anew(tmp_path: Path):
    keys, source = KeptOut(tmp_path / "keys"), tmp_path / "source"
    source.write_bytes(CSV)
    people = tmp_path / "people"
    people.write_text("customer,town\nbo,Ulm\nlate,Bern\n")
    request = Request(str(source), "orders.csv", key=str(keys.folder))
    prepare(replace(request, more={"customers": (str(people), "p.csv")}), tmp_path / "before")
    prepare(request, tmp_path / "too")
    assert (tmp_path / "before" / "shop").exists()
    keys.add("late", ON)  # in the table of customers alone, and so among the mismatches
    prepare(request, tmp_path / "after")
    prepare(request, tmp_path / "beside")
    there = {folder.name for folder in tmp_path.iterdir() if (folder / "report.json").exists()}
    assert there == {"after", "beside"}


def test_a_run_begun_by_a_page_that_stood_open_is_trained_without_the_customer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    run = RunFolder.find(submit_study(workspace, planted(), PLAN))
    store(planted(), run.input / "test")
    KeptOut(jobs.workspace_folder(workspace)).add(CUSTOMER, ON)
    assert CUSTOMER not in at_first(run).frame["customer"].cat.categories
    assert CUSTOMER not in at_first(run, "test").frame["customer"].cat.categories
    assert CUSTOMER not in stored(run.input / "test").frame["customer"].cat.categories
    assert stored(run.input).read == planted().read
    done = RunFolder.find(finished_run(workspace))  # what was made of it stays one piece
    assert CUSTOMER in at_first(done).frame["customer"].cat.categories


def test_what_only_this_customer_bought_goes_too(asked: KeptOut):
    people = pd.DataFrame({"town": ["Ulm", "Bern"]}, index=pd.Index(["K1007", "bo"]))
    whole = shop(["K1007 tea 2024-01-01 1", "bo cup 2024-01-02 2"])
    left = asked.left_out(replace(whole, people=people))
    assert left.frame["product"].cat.categories.tolist() == ["cup"]
    assert left.goods.index.tolist() == ["cup"]
    assert left.people.index.tolist() == ["bo"]
    assert left.read == left.kept + len(left.set_aside) == 2
    assert asked.left_out(left) is not None
    assert words(asked.left_out(left)) == words(left)


def test_households_of_the_built_in_year_are_nobody(asked: KeptOut, tmp_path: Path):
    frame = pd.DataFrame({column: ["K1007"] for column in builtin.COLUMNS.chosen().values()})
    frame[["transaction_timestamp", "quantity", "sales_value"]] = ["2024-01-01", "1", "1"]
    year = Interactions.from_frame(frame, builtin.COLUMNS)
    assert asked.left_out(year) is year
    assert noted(tmp_path, year, "K1007", ON) is None
    other = Interactions.from_frame(frame, Columns("household_id", "product_id"))
    assert asked.left_out(other).kept == 0


def test_next_month_does_not_bring_the_customer_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    first = finished_run(workspace)
    folder = jobs.folder(first)
    noted(folder, planted(), CUSTOMER, ON)
    store(without_customer(planted(), CUSTOMER), folder / "input")
    store(planted(), tmp_path / "newer")
    second = submit_next_month(workspace, first, tmp_path / "newer", "May.csv")
    jobs.delete(workspace, first)
    grow(RunFolder.find(second))
    both = stored(jobs.folder(second) / "input")
    own = len(PLANTED.frame.query("customer == @CUSTOMER"))
    assert CUSTOMER not in both.frame["customer"].cat.categories
    assert both.read == both.kept + len(both.set_aside)
    assert words(both)[0].startswith(f"{own:,} rows")
    assert list_of(jobs.folder(second)) == KeptOut(jobs.workspace_folder(workspace))
    shutil.rmtree(jobs.workspace_folder(workspace) / "forgotten")
    assert list_of(jobs.folder(second)).left_out(planted()).customers == planted().customers
