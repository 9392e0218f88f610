"""Readable files are read whatever their form; unreadable ones get one sentence."""

import gzip
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.recommender.data import kinds, parquet
from nn_core.recommender.data.columns import choose_columns
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.reading import read_table
from nn_core.recommender.errors import ShopDataError
from tests.recommender.bad_files import BAD_FILES, ROWS

PRICED = Columns("customer", "product", time="date", price="price")


def read_all(data: bytes) -> Interactions:
    table = read_table(data, "shop.csv")
    columns, _ = choose_columns(table.frame)
    return Interactions.from_frame(table.frame, columns, ragged=table.ragged)


@pytest.mark.parametrize("what", BAD_FILES)
def test_bad_files_get_one_sentence(what: str):
    data, expected = BAD_FILES[what]
    with pytest.raises(ShopDataError) as refused:
        read_all(data)
    sentence = str(refused.value)
    assert expected in sentence
    assert "\n" not in sentence
    assert len(sentence) < 500


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "product"),
    [
        ("utf-8", "Grüner Tee 茶"), ("utf-8-sig", "Grüner Tee"), ("utf-16", "绿茶"),
        ("utf-16-le", "绿茶"), ("utf-16-be", "Tee"), ("gbk", "绿茶"), ("latin-1", "Grüner Tee"),
        ("cp1252", "Tee für 3 €"),
    ],
)  # fmt: skip
def test_encodings_and_delimiters(delimiter: str, encoding: str, product: str):
    text = f"客户,商品\n7,{product}\n" if encoding == "gbk" else f"Kunde,Artikel\n7,{product}\n"
    frame = read_table(text.replace(",", delimiter).encode(encoding)).frame
    assert frame.iloc[0].tolist() == ["7", product]


def test_cells_keep_their_text():
    frame = read_table(b'c,p\n007,"a, ""b""\n2"\n').frame
    assert frame.iloc[0].tolist() == ["007", 'a, "b"\n2']


def test_decimal_commas_do_not_make_the_comma_a_delimiter():
    frame = read_table(b"kunde;artikel;preis\n1;2;3,50\n1;3;4,50\n").frame
    assert frame["preis"].tolist() == ["3,50", "4,50"]


@pytest.mark.parametrize("gap", ["::", " ", "   "])
def test_columns_apart_by_two_colons_or_by_blanks(gap: str):
    table = read_table("user item when\n1 2 2024\n1 3 2024\n".replace(" ", gap).encode())
    assert table.frame.columns.tolist() == ["user", "item", "when"]
    assert table.frame.iloc[1].tolist() == ["1", "3", "2024"]


def test_a_line_that_names_the_delimiter_is_no_header():
    assert read_table(b"sep=;\nc;p\n1;2\n").frame.columns.tolist() == ["c", "p"]


def test_ragged_rows_are_set_aside_with_their_place_and_cells():
    table = read_table(b"c,p,d\n1,2,2024-01-01\n\n3\n4,5,2024-01-02,9,9\n6,7,soon\n")
    assert table.rows == 4
    made = Interactions.from_frame(table.frame, Columns("c", "p", "d"), ragged=table.ragged)
    assert (made.read, made.kept) == (4, 1)
    aside = made.set_aside.set_index("row")
    assert aside.index.tolist() == [4, 2, 3]
    assert aside.loc[2, "reason"] == "the row has more or fewer cells than the header"
    assert aside.loc[3, "beyond the header"] == "9,9"


def test_columns_with_one_name_are_told_apart():
    table = read_table(b"c,c,\n1,2,3\n")
    assert table.frame.columns.tolist() == ["c", "c (2)", "column 3"]
    assert "Two columns are called 'c'" in table.notes[0]


def test_gzip_and_parquet(tmp_path: Path):
    path = tmp_path / "shop.csv.gz"
    path.write_bytes(gzip.compress(ROWS))
    assert read_table(path).rows == 50
    buffer = io.BytesIO()
    pd.DataFrame({"user": [1, 2], "item": ["a", "b"], "tags": [[1], [2]]}).to_parquet(buffer)
    frame = read_table(buffer.getvalue()).frame
    assert frame["user"].tolist() == [1, 2]
    assert frame["tags"].tolist()[0] == "[1]"


def test_parquet_says_what_a_csv_says_however_its_rows_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Row groups of 7 rows, read 5 at a time: text, whole numbers, a date and a decimal price."""
    days = [date(2024, 1, 1 + row % 28) for row in range(40)]
    columns = {
        "customer": [row % 9 for row in range(40)],
        "product": [None if row == 3 else f"tea {row % 11}" for row in range(40)],
        "date": days,
        "price": [Decimal(f"{row}.50") for row in range(40)],
    }
    whole = pa.table(columns)
    pq.write_table(whole, tmp_path / "shop.parquet", row_group_size=7)
    whole.to_pandas().to_csv(tmp_path / "shop.csv", index=False)
    monkeypatch.setattr(parquet, "ROWS", 5)
    typed, text = (read_table(tmp_path / f"shop.{end}").frame for end in ("parquet", "csv"))
    assert typed["product"].dtype == "category"
    assert "O" not in {kind.kind for kind in typed.dtypes if kind != "category"}
    ours, theirs = (Interactions.from_frame(frame, PRICED) for frame in (typed, text))
    pd.testing.assert_frame_equal(ours.frame, theirs.frame)
    assert ours.kept == 39


def test_the_upload_limit_is_named():
    with pytest.raises(ShopDataError, match=r"has 357 bytes and the limit is 100: compress"):
        read_table(ROWS, "shop.csv", limit=100)


def test_a_small_gzip_of_a_huge_file_is_not_unpacked_whole():
    bomb = gzip.compress(b"0" * 3_000_000)
    with pytest.raises(ShopDataError, match="unpacks to more than 1 MB"):
        kinds.unpacked(bomb, "shop.csv.gz", limit=1_000_000)


def test_a_path_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ShopDataError, match=r"none\.csv cannot be opened \(no such file"):
        read_table(tmp_path / "none.csv")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes):
    try:
        table = read_table(data)
    except ShopDataError:
        return
    assert table.rows == len(table.frame) + len(table.ragged) > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("ab1 ", max_size=3), min_size=1, max_size=4), min_size=1))
def test_every_row_is_in_the_frame_or_ragged(rows: list[list[str]]):
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    text = "\n".join(["c,p", "x,y", *lines]) + "\n"
    table = read_table(text.encode())
    assert table.rows == len(rows) + 1
    fits = [place + 1 for place, row in enumerate(rows) if len(row) == 2]
    assert table.frame.index.tolist() == [0, *fits]
