"""E-mail addresses, phones, cards and names are found, named and not kept."""

import json
from pathlib import Path

import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.opening import Opened, open_purchases
from nn_core.recommender.data.personal import kind_of, pseudonyms
from nn_core.recommender.data.reading import read_table
from nn_core.recommender.data.stored import stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.prepare import Request, prepare

FILE = """email;product;date;phone;card;contact;note
ada@example.com;tea;2024-01-05;+44 20 7946 0018;4111 1111 1111 1111;Ada Lovelace;quick
Bob@Example.com;cup;2024-01-06;(0)30 901820;5500-0000-0000-0004;Robert Koch;gift
ADA@example.com;cup;2024-01-07;+1 (202) 555-0143;340000000000009;Mary Shelley;
bob@example.com;;2024-01-08;030/901820;4111111111111111;Peter Pan;
eve@example.com;tea;2024-01-08
"""
KINDS = {
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "card": "card numbers",
    "contact": "names of persons",
}


def read(text: str = FILE, **chosen: str) -> Opened:
    return open_purchases(read_table(text.encode(), "s"), Choices(personal=chosen), b"key")


def test_columns_are_named_and_nothing_of_them_is_left():
    found = read()
    assert {finding.column: finding.kind for finding in found.personal} == KINDS
    assert {f.column: f.what for f in found.personal if f.what != "drop"} == {"email": "replace"}
    shop = found.interactions
    assert (shop.kept, shop.customers) == (3, 2)  # Ada and ADA are one
    left = shop.frame.to_csv() + shop.set_aside.to_csv() + found.table.frame.to_csv()
    assert not any(word in left.lower() for word in ("@", "7946", "4111", "lovelace", "koch"))


def test_a_person_may_choose_otherwise():
    kept = {finding.column: finding.what for finding in read(phone="keep", email="keep").personal}
    assert (kept["phone"], kept["email"], kept["card"]) == ("keep", "keep", "drop")
    with pytest.raises(ShopDataError, match="cannot be dropped: choose replace or keep"):
        read(email="drop")
    with pytest.raises(ShopDataError, match="No personal data was found in a column 'note'"):
        read(note="drop")


@pytest.mark.parametrize(
    "cells",
    [
        ["85123A", "71053"], ["536365", "536366"], ["2024-01-05", "2024-01-06"],
        ["05.01.2024", "06.01.2024"], ["12.50", "1.234,50"], ["4006381333931", "4006381333948"],
        ["WHITE HANGING HEART", "LILY BROOCH"], ["17850.0"], ["United Kingdom", "France"],
        ["Kids cereal, 14.5 oz"], ["2010-12-01 08:26:00"], ["20240105-17", "20240105-18"],
    ],
)  # fmt: skip
def test_codes_dates_and_products_are_no_personal_data(cells: list[str]):
    assert kind_of(pd.Series(cells), "column") == ("", 0.0)


def test_pseudonyms_need_the_key():
    cells = pd.Series(["a@b.cd", "A@B.cd", "x@b.cd", ""])
    one, two = pseudonyms(cells, b"one"), pseudonyms(cells, b"two")
    assert one[0] == one[1] != one[2]
    assert one.codes[3] == -1
    assert one[0] != two[0]


def test_addresses_taken_for_products_are_never_kept_unasked_nor_dropped():
    text = "kunde;artikel\n1;a@b.cd\n2;c@d.ef\n"
    assert [(f.column, f.what) for f in read(text).personal] == [("artikel", "replace")]
    with pytest.raises(ShopDataError, match="customers, orders or products apart"):
        read(text, artikel="drop")


def test_a_page_asks_first_and_then_keeps_no_file_with_them(tmp_path: Path):
    source = tmp_path / "source"
    source.write_text(FILE)
    asking = prepare(Request(str(source), "s.csv", key=str(tmp_path), asks=True), tmp_path / "ask")
    assert asking["waits"]
    assert [found["column"] for found in asking["personal"]] == list(KINDS)
    assert [path.name for path in (tmp_path / "ask").iterdir() if path.name != "request.json"] == [
        "report.json"
    ]
    done = prepare(Request(str(source), "s.csv", key=str(tmp_path)), tmp_path / "done")
    assert (done["waits"], done["audit"]["customers"]) == (False, 2)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"ada@example" not in everything.lower()
    again = prepare(
        Request(str(source), "s.csv", Choices({"order": "note"}), key=str(tmp_path)),
        tmp_path / "again",
    )
    assert (again["error"], again["audit"]["rows"]["read"]) == (None, 5)
    first, second = (stored(tmp_path / name / "shop").frame for name in ("done", "again"))
    assert first["customer"].tolist() == second["customer"].tolist()


PEOPLE = "E-Mail;Vorname;town\nada@example.com;Ada;Rome\nbob@example.com;Bob;Oslo\n"


def test_a_table_of_customers_that_comes_later_is_joined_named_and_not_kept(tmp_path: Path):
    """The purchases were decided about before, so that their file is a table of pseudonyms."""
    source, people = tmp_path / "source", tmp_path / "people"
    source.write_text("username;product\nada@example.com;tea\nbob@example.com;cup\n")
    people.write_text(PEOPLE)
    first = prepare(Request(str(source), "s.csv", key=str(tmp_path)), tmp_path / "first")
    assert first["personal"]
    asked = Request(
        str(source), "s.csv", more={"customers": (str(people), "p.csv")}, key=str(tmp_path)
    )
    for name in ("joined", "again"):  # the second time from the table that stays
        done = prepare(asked, tmp_path / name)
        assert (done["joins"][0]["matched"], done["joins"][0]["key"]) == (2, "E-Mail")
        assert done["joins"][0]["columns"] == {"town": "town"}
        [note] = done["second_notes"]
        assert (
            note == "p.csv: personal data in 'Vorname' (names of persons); nothing of it is kept."
        )
    stored_files = [path for path in tmp_path.rglob("*") if path.is_file()]
    everything = b"".join(path.read_bytes() for path in stored_files)
    assert b"ada@example" not in everything.lower()
    assert b"Vorname" not in b"".join(path.read_bytes() for path in people.rglob("*.parquet"))


def test_the_command_line_says_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path / "home"))
    (tmp_path / "s.csv").write_text(FILE)
    assert main(["audit", str(tmp_path / "s.csv")]) == 0
    assert "Column 'email' holds e-mail addresses (100% of its cells)" in capsys.readouterr().out
    assert main(["audit", str(tmp_path / "s.csv"), "--personal", "phone=keep", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["personal"]
    assert {found["column"]: found["what"] for found in told}["phone"] == "keep"
