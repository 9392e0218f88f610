"""A customer is forgotten: nothing is left of the id, and the models never saw the customer."""

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from nn_core import jobs
from nn_core.jobs import api, worker
from nn_core.recommender.__main__ import main
from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.forget import forget, proofs, without_customer
from nn_core.recommender.forgetting.found_in import PURCHASES, in_purchases
from nn_core.recommender.forgetting.places import Sought, look, sought
from nn_core.recommender.forgetting.proof_words import proof_words
from nn_core.recommender.forgetting.subtracted import ANOTHER_WAY, Counts
from nn_core.recommender.forgetting.unlearned import (
    ONCE,
    SUBTRACTED,
    TWICE,
    Before,
    learned_from,
    unlearned,
)
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.job import forget_customer, open_study, studied_and_noted
from nn_core.recommender.models.ease import Ease
from nn_core.recommender.models.item_knn import ItemKNN
from nn_core.recommender.models.time_ease import TimeEase
from nn_core.recommender.runs.made import fingerprint
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.split import everything
from tests.api.conftest import finished_run
from tests.recommender.kept import CUSTOMER, PLAN, kept_run, original
from tests.recommender.shops import PLANTED

ALL: Any = PLANTED.frame
ROLES = {role: role for role in ("customer", "product", "time", "order", "name")}


def read(frame: pd.DataFrame) -> Interactions:
    return Interactions.from_frame(frame, Columns(**ROLES))


ONE: Sought = sought("K1")


def never_there() -> pd.DataFrame:
    """The file as it would have been without the customer."""
    frame: Any = PLANTED.frame
    return frame[frame["customer"] != CUSTOMER]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A study of the file that never had the customer."""
    folder = tmp_path_factory.mktemp("fresh")
    studied_and_noted(read(never_there()), PLAN, folder)
    return open_run(folder)


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A run after the command -> its folder and the proof that was printed."""
    folder = kept_run(tmp_path_factory.mktemp("kept"))
    assert open_run(folder).exported(3) is not None
    (folder / "worker.log").write_text(f"failed for {CUSTOMER}\n")
    assert look(folder, sought(CUSTOMER))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLASSNET_HOME", str(folder.parent / "home"))
        assert main(["forget", str(folder), "--user", CUSTOMER, "--json"]) == 0
    [proof] = (folder / "forgotten").iterdir()
    return folder, json.loads(proof.read_text())


def test_nothing_in_the_folder_has_the_id(forgotten: tuple[Path, dict[str, Any]]):
    folder, _ = forgotten
    for path in folder.rglob("*"):
        assert CUSTOMER not in path.name
        if path.is_file():
            assert CUSTOMER.encode() not in path.read_bytes(), path
    assert CUSTOMER not in stored(folder / "input").frame["customer"].cat.categories
    assert CUSTOMER not in open_run(folder).catalogue.number


def test_at_the_command_line_later_files_are_read_without_the_customer_until_that_is_lifted(
    forgotten: tuple[Path, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    folder, proof = forgotten
    monkeypatch.setenv("GLASSNET_HOME", str(folder.parent / "home"))
    file, aside = tmp_path / "later.csv", tmp_path / "aside.csv"
    ALL.to_csv(file, index=False)
    own = int((ALL["customer"] == CUSTOMER).sum())

    def rows() -> dict[str, int]:
        assert main(["audit", str(file), "--json", "--set-aside", str(aside)]) == 0
        return json.loads(capsys.readouterr().out)["rows"]

    assert rows() == {"read": len(ALL), "kept": len(ALL) - own, "set_aside": own}
    assert f"asked to be forgotten on {proof['at'][:10]}" in aside.read_text()
    assert CUSTOMER not in aside.read_text()
    lift = ["lift", str(folder), "--user"]
    assert main([*lift, "nobody"]) == 2
    assert main([*lift, CUSTOMER]) == 0
    assert "read again" in capsys.readouterr().out
    assert rows() == {"read": len(ALL), "kept": len(ALL), "set_aside": 0}


def test_every_model_is_the_one_that_never_saw_the_customer(
    forgotten: tuple[Path, dict[str, Any]], fresh: Run
):
    run = open_run(forgotten[0])
    assert run.catalogue.customers == fresh.catalogue.customers
    assert run.catalogue.products == fresh.catalogue.products
    for name in PLAN.models:
        ours, theirs = run.model(name).arrays, fresh.model(name).arrays
        assert ours.keys() == theirs.keys()
        for array in ours:
            np.testing.assert_array_equal(ours[array], theirs[array])
    for ours, theirs in zip(run.comparison["models"], fresh.comparison["models"]):
        assert ours["metrics"] == theirs["metrics"]


def test_the_proof_lists_every_file_and_what_stood_in_it(
    forgotten: tuple[Path, dict[str, Any]], fresh: Run
):
    folder, proof = forgotten
    own = len(PLANTED.frame) - len(never_there())
    assert proof["rows"]["before"] - proof["rows"]["after"] == own > 0
    assert proof["customers"] == {"before": 120, "after": 119}
    assert proof["found"]["before"] > own
    assert proof["found"]["after"] == 0
    assert proof["fingerprint"]["after"] == fingerprint(read(never_there()))
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    listed = {place["file"] for place in proof["places"] if place["after"] is not None}
    assert there - listed <= {f"forgotten/{path.name}" for path in (folder / "forgotten").iterdir()}
    before = {place["file"]: place["before"] for place in proof["places"]}
    assert before["input/purchases.parquet"] == own
    assert before["result/catalogue.json"] == 1
    assert before["worker.log"] == 1
    assert before["result/lists/item-knn discover 3.csv"] == 3


def test_each_model_is_held_against_one_that_cannot_know(
    forgotten: tuple[Path, dict[str, Any]],
):
    found = forgotten[1]["unlearned"]
    models = {one["model"]: one for one in found["models"]}
    assert list(models) == list(PLAN.models)
    assert {one["how"] for one in models.values()} == {SUBTRACTED, TWICE}
    assert models["item-knn"]["how"] == SUBTRACTED
    assert all(one["after"] == 0 < one["before"] < one["scores"] for one in models.values())
    bought: Any = PLANTED.frame.query("customer == @CUSTOMER")["product"]
    pairs = bought.nunique() * (bought.nunique() + 1) // 2
    assert found["pairs"] == {"all": found["pairs"]["all"], "changed": pairs, "wrong": 0}
    assert proof_words(found)[0].startswith("Of 3 models, all now say of 100 other customers")


def test_a_model_that_still_knows_is_found_out():
    """The run with the customer, as if it were the one without."""
    before = Before.of(original(), CUSTOMER)
    assert before is not None
    learned = learned_from(original(), read(never_there()), None)
    found = unlearned(before, CUSTOMER, original(), learned)
    assert all(one["after"] == one["before"] > 0 for one in found["models"])
    assert found["pairs"]["wrong"] > 0 == found["pairs"]["changed"]
    words = proof_words(found)
    assert words[0].startswith("Not proved for best sellers of all time, item kNN")
    assert "are not what they should be" in words[1]


@pytest.mark.parametrize("model", [Ease(regularization=100.0), ItemKNN(neighbours=5)])
def test_counts_less_the_customers_own_make_the_same_model(model: Ease | ItemKNN):
    whole, left = (everything(read(frame), SplitOptions()) for frame in (ALL, never_there()))
    now = Catalogue.of(left, {})
    products = [str(product) for product in whole.products]
    row = whole.customers.tolist().index(CUSTOMER)
    counts = Counts.of(whole.histories.bought, row, products, now)
    assert counts is not None
    fitted = model.learn(left)
    way = ANOTHER_WAY[type(model)]
    expected = fitted.scores(left.histories)
    found = way(fitted, counts.left, left.histories)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5 * np.abs(expected).max())
    assert np.abs(way(fitted, counts.before, left.histories) - expected).max() > 1e-4


def test_rows_set_aside_and_the_customer_table_go_too():
    frame = pd.DataFrame(
        {"customer": ["1", "1", "2", ""], "product": ["a", "", "b", "c"], "order": list("wxyz")}
    )
    shop = read_small(frame)
    people = pd.DataFrame({"town": ["Ulm", "Bern"]}, index=pd.Index(["1", "2"], name="customer"))
    left = without_customer(replace(shop, people=people), "1")
    assert left.frame["customer"].tolist() == ["2"]
    assert left.set_aside["product"].tolist() == ["c"]
    assert left.read == left.kept + len(left.set_aside) == 2
    assert left.people.index.tolist() == ["2"]
    assert left.frame["product"].cat.categories.tolist() == ["b"]


def test_a_refused_row_of_another_whose_note_reads_like_the_id_stays():
    rows = {"customer": ["12", "8"], "product": ["a", ""], "order": ["x", "y"], "note": ["", "12"]}
    left = without_customer(read_small(pd.DataFrame(rows)), "12")
    assert left.set_aside["customer"].tolist() == ["8"]


def test_a_customer_of_the_second_file_alone_is_found_and_goes(tmp_path: Path):
    rows = pd.DataFrame({"customer": ["1", "late"], "product": ["a", "b"], "order": ["x", "y"]})
    store(read_small(rows.head(1)), tmp_path / "input")
    store(read_small(rows), tmp_path / "input" / "test")
    (tmp_path / "spec.json").write_text("{}")
    assert in_purchases(tmp_path / "input", "late") == {PURCHASES: 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLASSNET_HOME", str(tmp_path / "home"))
        proof = forget(tmp_path, "late", lambda shop, test: None)
    assert proof["rows"] == {"before": 3, "after": 2}
    assert stored(tmp_path / "input" / "test").frame["customer"].tolist() == ["1"]
    assert not [place for place in look(tmp_path / "input", sought("late")) if place.found]


def aside_and_kept(ids: list[str], refused: list[str]) -> Interactions:
    """A purchase for each of `ids`, a row without a product for each of the refused."""
    everyone = [*ids, *refused]
    products = ["a"] * len(ids) + [""] * len(refused)
    note = ["17850"] + [""] * (len(everyone) - 1)  # of a row that was kept
    orders = [f"o{n}" for n in range(len(everyone))]
    rows = {"customer": everyone, "product": products, "order": orders, "note": note}
    return read_small(pd.DataFrame(rows))


def proof_of(folder: Path, shop: Interactions, customer: str, given: str = "") -> dict[str, Any]:
    store(shop, folder / "input")
    (folder / "spec.json").write_text("{}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLASSNET_HOME", str(folder / "home"))
        proof = forget(folder, customer, lambda shop, test: None, given)
    return {place["file"]: (place["before"], place["after"]) for place in proof["places"]} | {
        "set aside": proof["set_aside"]
    }


@pytest.mark.parametrize("refused", ["17850.0", " 17850", "0017850", "17850.00"])
def test_the_proof_finds_an_id_as_rows_set_aside_spell_it(refused: str, tmp_path: Path):
    ids = ["17850", "17850", "9", "K9", "17.5"]  # so that no column is taken for numbers
    found = proof_of(tmp_path, aside_and_kept(ids, [refused] * 15 + ["K9"]), "17850")
    assert found["input/set_aside.parquet"] == (15, 0)
    assert found["input/purchases.parquet"] == (2, 0)
    assert found["set aside"] == {"before": 16, "after": 1}


def test_the_proof_looks_for_the_id_that_was_given_as_well(tmp_path: Path):
    (tmp_path / "result").mkdir()
    (tmp_path / "result" / "notes.txt").write_text("asked by Ada-1 and by Ada-12")
    assert proof_of(tmp_path, aside_and_kept(["7", "8"], []), "7", "Ada-1")["result/notes.txt"] == (
        1,
        None,
    )


def test_who_is_another_though_spelled_alike_keeps_every_row():
    shop = aside_and_kept(["17", "017", "K9"], ["017", "0017"])
    left = without_customer(shop, "17")
    assert left.frame["customer"].tolist() == ["017", "K9"]
    assert left.set_aside["customer"].tolist() == ["017", "0017"]


def test_a_short_id_is_no_count_in_a_row_set_aside(tmp_path: Path):
    shop = aside_and_kept(["12", "K9"], ["12.0", "K9"])
    shop.set_aside["note"] = "12"
    assert proof_of(tmp_path, shop, "12")["input/set_aside.parquet"] == (1, 0)


def read_small(frame: pd.DataFrame) -> Interactions:
    return Interactions.from_frame(frame, Columns("customer", "product", order="order"))


def test_an_id_is_found_however_a_file_is_written(tmp_path: Path):
    frame = pd.DataFrame({"who": pd.Categorical(["ada"], categories=["ada", "K1"]), "x": ["K1"]})
    frame.to_parquet(tmp_path / "table.parquet")
    (tmp_path / "tree.json").write_text('{"K1": [{"a": "K1"}], "b": "K10"}')
    (tmp_path / "lists.csv").write_text('K1,p\r\n"K1",K10\r\n')
    np.save(tmp_path / "numbers.npy", np.arange(3))
    found = {place.file: place.found for place in look(tmp_path, ONE)}
    assert found == {"lists.csv": 2, "numbers.npy": 0, "table.parquet": 2, "tree.json": 2}
    who = pd.Categorical(["K1", "K1", "ada", "ada"], categories=["ada", "K1"])
    pd.DataFrame({"who": who}).to_parquet(tmp_path / "table.parquet", row_group_size=2)
    cells = {place.file: place.found for place in look(tmp_path, ONE)}
    assert cells == found  # a part of the file without the customer repeats the list of values
    with zipfile.ZipFile(tmp_path / "run.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name in found:
            packed.write(tmp_path / name, f"run/{name}")
    whole = {place.file: place.found for place in look(tmp_path, ONE)}
    assert whole == found | {"run.zip": sum(found.values())}


def test_who_is_not_there_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = kept_run(tmp_path)
    nobody = sought("nobody")
    before = look(folder, nobody)
    assert main(["forget", str(folder), "--user", "nobody"]) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert look(folder, nobody) == before
    shutil.rmtree(folder / "input")
    assert main(["forget", str(folder), "--user", CUSTOMER]) == 2
    assert "does not hold its purchases" in capsys.readouterr().err


def test_a_worker_forgets_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Run):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    run = finished_run(workspace)
    assert CUSTOMER in open_study(run).catalogue.number
    with pytest.raises(ShopDataError, match="no such customer"):
        forget_customer(workspace, run, "nobody")
    forget_customer(workspace, run, CUSTOMER)
    assert jobs.status(run)["state"] == "queued"
    assert worker.main(str(jobs.folder(run))) == 0
    assert jobs.status(run)["state"] == "done"
    assert open_study(run).catalogue.customers == fresh.catalogue.customers
    assert not [place for place in look(jobs.folder(run), sought(CUSTOMER)) if place.found]


def test_a_proof_whose_run_was_stopped_is_closed_when_the_run_is_resumed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    run = finished_run(jobs.new_workspace())
    folder = jobs.folder(run)

    def stopped(shop: Interactions, test: Interactions | None) -> None:
        raise InterruptedError("stopped")

    with pytest.raises(InterruptedError, match="stopped"):
        forget(folder, CUSTOMER, stopped)
    assert "made_again" not in proofs(folder)[0]
    assert worker.main(str(folder)) == 0
    assert proofs(folder)[0]["made_again"]
    assert CUSTOMER not in open_study(run).catalogue.number


def test_what_memory_is_too_short_to_fit_twice_is_said_to_be_fitted_once(
    monkeypatch: pytest.MonkeyPatch,
):
    def short(self: object, train: object) -> None:
        raise MemoryError

    before = Before.of(original(), CUSTOMER)
    assert before is not None
    learned = learned_from(original(), read(ALL), None)
    monkeypatch.setattr(TimeEase, "learn", short)
    found = unlearned(before, CUSTOMER, original(), learned)
    [one] = [one for one in found["models"] if one["model"] == "time-ease"]
    assert (one["how"], one["after"]) == (ONCE, None)
    assert any(
        words.startswith("Trained again") and "time-aware EASE" in words
        for words in proof_words(found)
    )
