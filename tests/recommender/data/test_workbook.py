"""Workbooks of a spreadsheet: read as a CSV of their cells would be, or refused in a sentence."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nn_core.recommender.__main__ import main
from nn_core.recommender.data import sheets, workbook
from nn_core.recommender.data.reading import read_table
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.found_in import FILE, in_file
from nn_core.recommender.prepare import small

HEADER = ["Order", "Item", "Name", "Pieces", "When", "Price", "Customer"]
ROWS: list[list[Any]] = [
    [536365, "85123A", "LANTERN", 6, datetime(2010, 12, 1, 8, 26), 2.55, 17850],
    ["C536379", 71053, '"BIG" BOX, RED\nAND BLUE', -1, date(2010, 12, 2), 0.1 + 0.2, 12583],
    [],
    [536367, 4006381333931, "=1+1", 2, datetime(2010, 12, 1, 8, 34), 1_000_000, "012"],
]


def book(**tables: list[list[Any]]) -> bytes:
    """A workbook with a sheet for each table; dates in a spreadsheet's own form."""
    made = io.BytesIO()
    options = {"default_date_format": "d/m/yy hh:mm", "strings_to_formulas": False}
    with xlsxwriter.Workbook(made, options) as file:
        for name, rows in tables.items():
            sheet = file.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return made.getvalue()


def test_ids_stay_whole_numbers_stay_numbers_and_dates_are_iso():
    table = read_table(book(Sales=[HEADER, *ROWS]), "sales.xlsx")
    assert table.frame.astype("str").to_numpy().tolist() == [
        ["536365", "85123A", "LANTERN", "6", "2010-12-01 08:26:00", "2.55", "17850"],
        ["C536379", "71053", '"BIG" BOX, RED\nAND BLUE', "-1", "2010-12-02", "0.3", "12583"],
        ["", "", "", "", "", "", ""],
        ["536367", "4006381333931", "=1+1", "2", "2010-12-01 08:34:00", "1000000", "012"],
    ]
    assert (table.format, table.notes) == ("workbook, sheet 'Sales'", ())


@pytest.mark.parametrize(("cell", "text"), [(True, "true"), (1e15, "1000000000000000"), ("", "")])
def test_other_cells(cell: object, text: str):
    assert sheets.said(cell) == text


def test_the_sheet_with_most_cells_is_read_and_the_others_are_named():
    data = book(About=[["made by", "the till"]], Sales=[HEADER, *ROWS], More=[["a", "b"], [1, 2]])
    table = read_table(data, "sales.xlsx")
    assert table.sheets == ("Sales", "About", "More")
    assert table.notes == ("Of 3 sheets 'Sales' is read; not read: 'About', 'More'.",)
    assert read_table(data, sheet="More").frame.columns.tolist() == ["a", "b"]
    with pytest.raises(ShopDataError, match="has no sheet 'Mehr'; it has 'About', 'Sales', 'More'"):
        read_table(data, sheet="Mehr")


def test_titles_above_the_header_are_left_out_and_said():
    data = book(Sales=[["Sales of 2010"], [], ["made", "today"], HEADER, *ROWS])
    table = read_table(data)
    assert table.frame.columns.tolist() == HEADER
    assert table.notes[0].startswith("3 rows stand above the line with the columns' names")
    assert len(table.frame) == len(ROWS)


def test_rows_that_are_only_formatted_are_none():
    assert len(read_table(book(Sales=[HEADER, ROWS[0], [""] * 7, [" "] * 7])).frame) == 1


def damaged() -> bytes:
    whole = book(Sales=[HEADER, *ROWS])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part, text[:80] if "sheet1" in part.filename else text)
    return made.getvalue()


def far_away() -> bytes:
    """Two cells, at the two ends of a sheet: together they span 17 billion."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as file:
        sheet = file.add_worksheet()
        sheet.write(0, 0, "customer")
        sheet.write(1_048_575, 16_383, "product")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 xl/workbook.xml", "is a damaged workbook: copy or download it again"),
        (b"\xd0\xcf\x11\xe0" + bytes(2_000), "is a damaged workbook, or none that can be read"),
        (book(Sales=[HEADER, *ROWS])[:-300], "is a damaged workbook"),
        (damaged(), "is a damaged workbook"),
        (book(Sales=[]), "is empty"),
        (book(Sales=[HEADER]), "has a header but no rows"),
        (far_away(), "needs more than the 4 GB of memory"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes, words: str):
    with pytest.raises(ShopDataError, match=words) as caught:
        read_table(data, "sales.xlsx")
    assert str(caught.value).startswith("sales.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_never_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "UNPACKED", 1_000)
    monkeypatch.setattr(workbook, "read_apart", None)
    with pytest.raises(ShopDataError, match=r"unpacks to .* MB and may to .*save the sheet as CSV"):
        read_table(book(Sales=[HEADER, *ROWS]), "bomb.xlsx")


def test_a_password_is_asked_to_be_taken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    import python_calamine as calamine

    def locked(_: object) -> None:
        raise calamine.PasswordError("locked")

    (tmp_path / "book").write_bytes(b"")
    monkeypatch.setattr(calamine, "CalamineWorkbook", type("", (), {"from_filelike": locked}))
    told = sheets.main(str(tmp_path / "book"), str(tmp_path / "csv"), None)
    assert told == {"error": "is locked by a password: save it without one, or as CSV."}


def test_other_zips_are_refused_as_before():
    with pytest.raises(ShopDataError, match="is a zip archive, not a CSV: unpack it"):
        read_table(b"PK\x03\x04 shop.csv", "shop.zip")


def sales() -> list[list[Any]]:
    days = (datetime(2024, 1 + place // 40, 1 + place % 28, 9, 30) for place in range(200))
    return [
        [1_000 + place // 2, 22_000 + place % 40, f"Thing {place % 40}", 1 + place % 3, day,
         2.5 + place % 4, 17_000 + place % 30]
        for place, day in enumerate(days)
    ]  # fmt: skip


def shelf() -> list[list[Any]]:
    return [["Item", "Category"], *([22_000 + place, "Lamps"] for place in range(40))]


def test_a_workbook_and_a_csv_of_it_are_the_same_shop(tmp_path: Path, capsys):
    """At the command line, with a catalogue in a workbook of its own."""
    (tmp_path / "sales.xlsx").write_bytes(book(Notes=[["none", "yet"]], Sales=[HEADER, *sales()]))
    (tmp_path / "shelf.xlsx").write_bytes(book(Shelf=shelf()))
    with (tmp_path / "sales.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *sales()])
    asked = ["--catalogue", str(tmp_path / "shelf.xlsx")]
    told: list[str] = []
    for name in ("sales.csv", "sales.xlsx"):
        assert main(["audit", str(tmp_path / name), *asked]) == 0
        told.append(capsys.readouterr().out)
    assert "(workbook, sheet 'Sales'): 200 rows read, 200 kept" in told[1]
    assert "40 of 40 products of the purchases are in it" in told[1]
    same = [line for line in told[0].splitlines()[1:] if "decimal" not in line]
    assert set(same) <= set(told[1].splitlines())
    assert main(["audit", str(tmp_path / "sales.xlsx"), "--sheet", "Notes"]) == 2
    assert "sheet 'Notes', has a header but no rows" in capsys.readouterr().err


def test_the_server_unpacks_no_workbook_and_forgetting_looks_into_every_sheet(tmp_path: Path):
    source = tmp_path / "source"
    source.write_bytes(book(Sales=[HEADER, *sales()], Old=[["who"], ["Adalbert-77"]]))
    assert not small(source)
    assert in_file(source, "Adalbert-77") == {FILE: 1}
