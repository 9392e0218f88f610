"""A customer is found in every other run and upload of a workspace, and it is said in what."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from nn_core import jobs
from nn_core.jobs import api, worker
from nn_core.jobs.folder import RunFolder
from nn_core.recommender.data.faults import REASONS
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.personal import key_in, pseudonym
from nn_core.recommender.data.stored import store
from nn_core.recommender.forgetting import found_in
from nn_core.recommender.forgetting.elsewhere import called, elsewhere
from nn_core.recommender.forgetting.forget import proofs
from nn_core.recommender.forgetting.found_in import (
    ASIDE,
    FILE,
    LISTED,
    PEOPLE,
    PURCHASES,
    UNREAD,
    in_file,
    in_purchases,
)
from nn_core.recommender.forgetting.proof_words import elsewhere_words
from nn_core.recommender.job import forget_customer
from tests.api.conftest import finished_run
from tests.recommender.kept import CUSTOMER
from tests.recommender.shops import planted, shop


def returned() -> Interactions:
    """A shop in which the customer has nothing but a return."""
    rows = pd.DataFrame(
        {"who": ["bo", CUSTOMER], "what": ["tea", "cup"], "many": ["1", "-1"], "note": ["", ""]}
    )
    return Interactions.from_frame(rows, Columns("who", "what", quantity="many"))


def test_purchases_rows_set_aside_and_customer_table_are_looked_into(tmp_path: Path):
    people = pd.DataFrame({"town": ["Ulm"]}, index=pd.Index([CUSTOMER], name="customer"))
    store(replace(shop([f"{CUSTOMER} tea 2024-01-01 1"]), people=people), tmp_path / "a")
    assert in_purchases(tmp_path / "a", CUSTOMER) == {PURCHASES: 1, PEOPLE: 1}
    store(returned(), tmp_path / "b")
    assert in_purchases(tmp_path / "b", CUSTOMER) == {ASIDE: 1}
    assert in_purchases(tmp_path / "b", "-1") == {}  # a quantity is no customer
    shifted = returned().set_aside.assign(who="x", note=CUSTOMER, reason=REASONS["ragged"])
    store(replace(returned(), set_aside=shifted), tmp_path / "c")
    assert in_purchases(tmp_path / "c", CUSTOMER) == {ASIDE: 1}
    assert in_purchases(tmp_path / "nothing", CUSTOMER) == {}


@pytest.mark.parametrize("kind", ["text", "gzip", "parquet"])
def test_the_file_itself_is_searched_as_it_is_packed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(found_in, "BLOCK", 7)
    file, text = tmp_path / "source", 'who,what\nK1007,tea\nK10071,tea\nxK1007,tea\n"K1007",cup'
    if kind == "parquet":
        pd.DataFrame({"who": ["K1007", "K10071", "K1007"]}).to_parquet(file)
    else:
        file.write_bytes(gzip.compress(text.encode()) if kind == "gzip" else text.encode())
    assert in_file(file, "K1007") == {FILE: 2}
    assert in_file(file, "K9") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-be"])
def test_text_is_searched_in_the_encodings_that_files_have(encoding: str, tmp_path: Path):
    file = tmp_path / "source"
    file.write_bytes("who,what\nJürgen,tea\nJürgens,tea\nJürgen,cup\nK10071,ä\n".encode(encoding))
    assert in_file(file, "Jürgen") == {FILE: 2}
    assert in_file(file, "K1007") == {}


def test_an_upload_is_searched_by_the_id_of_the_file_and_by_its_pseudonym(tmp_path: Path):
    made, upload = pseudonym("ada@example.com", key_in(tmp_path)), tmp_path / "uploads" / "0123"
    upload.mkdir(parents=True)
    (upload / "source").write_text("who,what\nada@example.com,tea\n")
    assert elsewhere(tmp_path, "", made).found == {}
    assert elsewhere(tmp_path, "", made, "ada@example.com").found == {"0123": {FILE: 1}}
    (upload / "source").write_text(f"who,what\n{made},tea\n")
    assert elsewhere(tmp_path, "", "ada@example.com").found == {"0123": {FILE: 1}}


@pytest.mark.parametrize("waits", [False, True])
def test_mismatches_of_a_reading_are_looked_into(waits: bool, tmp_path: Path):
    reading = tmp_path / "uploads" / "0123" / "read"
    reading.mkdir(parents=True)
    joins = [{"of": "customer", "examples": {"unknown": [], "unbought": ["K7"]}}]
    (reading / "report.json").write_text(json.dumps({"joins": joins, "rows": 7}))
    if not waits:
        (reading / "customer_mismatches.csv").write_text("what,customer\nnever bought,K7\n")
    assert elsewhere(tmp_path, "", "K7").found == {"0123": {LISTED: 1}}
    assert elsewhere(tmp_path, "", "K8").found == {}


@pytest.mark.parametrize("kind", ["cut", "rubbish", "mangled"])
def test_a_damaged_upload_stops_nothing_and_is_told_of(kind: str, tmp_path: Path):
    packed = gzip.compress(bytes(range(256)) * 40)
    content = {
        "cut": packed[:-9],
        "rubbish": b"PAR1 K1007 and rubbish",
        "mangled": packed[:10] + b"\xff" * 40,
    }
    upload = tmp_path / "uploads" / "0123"
    upload.mkdir(parents=True)
    (upload / "source").write_bytes(content[kind])
    found = elsewhere(tmp_path, "", "K1007")
    assert found.uploads == {"0123": "0123"}
    there = {FILE: 1} if kind == "rubbish" else {}
    assert found.found["0123"] == there | {UNREAD: 1}
    one = {"what": "upload", "name": "a.gz", "found": {UNREAD: 1}, "ordered": False}
    [told] = elsewhere_words({"elsewhere": [one]})
    assert told.startswith("Whether the upload a.gz has the customer is not known: 1 damaged file")


def test_the_proof_names_what_still_has_the_customer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    place = jobs.workspace_folder(workspace)
    first, second, third = (finished_run(workspace) for _ in range(3))
    for run, purchases in ((second, planted()), (third, returned())):
        store(purchases, jobs.folder(run) / "input")
        jobs.rename(workspace, run, f"Run {1 if run == second else 2}")
    upload = place / "uploads" / "0123"
    store(returned(), upload / "read" / "shop")
    (upload / "source").write_text(f"who,what\n{CUSTOMER},tea\n")
    (upload / "name.txt").write_text("returns.csv")
    found = elsewhere(place, first, CUSTOMER)
    assert found.runs == {second: "Run 1", third: "Run 2"}
    assert found.uploads == {"0123": "returns.csv"}
    assert found.found["0123"] == {ASIDE: 1, FILE: 1}
    assert called(place, third, CUSTOMER) == CUSTOMER
    assert called(place, third, f"00{CUSTOMER.lower()}") == CUSTOMER  # a row set aside alone
    assert called(place, third, f" {CUSTOMER}.0") == CUSTOMER
    assert called(place, first, "nobody") == "nobody"
    forget_customer(workspace, first, CUSTOMER)
    forget_customer(workspace, third, CUSTOMER)
    assert worker.main(str(RunFolder.find(first).path)) == 0
    told = " ".join(elsewhere_words(proofs(jobs.folder(first))[0]))
    assert "the run Run 1 still had the customer" in told
    assert "Run 2 still had the customer: 1 row set aside. There the customer was about" in told
    assert "the upload returns.csv still had the customer: 1 row set aside, 1 place of" in told
    assert elsewhere_words({"elsewhere": []})[0].startswith("The customer was found in no")
