"""Lines above the header are skipped and told; a header that is merely too short is not."""

import gzip

import pytest

from nn_core.recommender.data.reading import read_table
from nn_core.recommender.errors import ShopDataError

HEADER = "Kunde;Artikel;Menge;Datum"
ROWS = "".join(
    f"k{n % 7};Tee {n % 5};{n + 1},5;2024-01-{1 + n % 28:02d} 10:00\n" for n in range(60)
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("above", "lines", "title"),
    [
        ("Umsatz je Kunde\nvon 01.01.2024 bis 31.01.2024\n\n", 3, "Umsatz je Kunde"),
        ("Umsatz, 2024\n", 1, "Umsatz, 2024"),
        ("Umsatz;;;\n;;;\n", 2, "Umsatz"),
        ("von;01.01.2024\nbis;31.01.2024\n", 2, "von"),
    ],
)
def test_lines_above_the_header_are_skipped_and_counted(
    above: str, lines: int, title: str, end: str
):
    text = (above + HEADER + "\n" + ROWS + "k1;lost\n").replace("\n", end)
    for data in (text.encode(), gzip.compress(text.encode("utf-16"))):
        table = read_table(data, "report.csv")
        assert list(table.frame.columns) == HEADER.split(";")
        assert table.frame.iloc[0].tolist() == ["k0", "Tee 0", "1,5", "2024-01-01 10:00"]
        assert (table.rows, len(table.ragged), int(table.ragged["row"].iloc[0])) == (61, 1, 61)
        assert table.notes[0].startswith(f"{lines} line")
        assert (
            f"above the header {'was' if lines == 1 else 'were'} skipped ('{title}')"
            in (table.notes[0])
        )


def test_a_quotation_mark_in_a_title_is_not_one_of_the_table():
    table = read_table(f'Umsatz 15" Schirme\n{HEADER}\n{ROWS}'.encode())
    assert (table.rows, len(table.notes)) == (60, 1)


def test_by_commas_though_blanks_would_cut_the_title_too():
    rows = "".join(f"c{n},p{n},2024-01-05 10:00\n" for n in range(60))
    table = read_table(f"Sales report\ncustomer,product,sold\n{rows}".encode())
    assert list(table.frame.columns) == ["customer", "product", "sold"]


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("Sales, 2024\nwho,what,how\n" + "ada,tea,well\n" * 9, "no row has as many", "in line 2"),
        ("customer,product\n" + "ada,tea,3\n" * 9, "no row has as many cells", ""),
    ],
)
def test_where_it_cannot_be_decided_the_error_says_where_the_header_may_be(
    text: str, says: str, hint: str
):
    with pytest.raises(ShopDataError, match=says) as refused:
        read_table(text.encode())
    assert ("seems to stand" in str(refused.value)) == bool(hint)
    assert hint in str(refused.value)
