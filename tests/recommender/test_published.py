"""The benchmark reads research's files: the same rows, under a header."""

from pathlib import Path

import pandas as pd
import pytest

from tests.bench.published import cut_by_item, with_header


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t7\t5\t881250949\n2\t9\t3\t891717742\n", "user,item,rating,time 1,7,5,881250949"),
        ("1::7::5::978300760\n", "user,item,rating,time 1,7,5,978300760"),
        ("1 7 881250949\n2 9 891717742\n", "user,item,time 1,7,881250949"),
        ("1,7,4.5\n2,9,3\n", "user,item,rating 1,7,4.5"),
        ("1 7 9 8\n2 9\n3\n", "user,item 1,7 1,9 1,8 2,9"),
    ],
)
def test_rows_without_a_header_get_one(tmp_path: Path, text: str, rows: str):
    path = tmp_path / "train.txt"
    path.write_text(text)
    made = with_header(path).read_text().split()
    assert made[: len(rows.split())] == rows.split()


def test_a_file_with_a_header_is_left_as_it_is(tmp_path: Path):
    path = tmp_path / "train.csv"
    path.write_text("customer,product\n1,7\n")
    assert with_header(path) == path


def test_of_each_item_the_same_share_is_learned_from():
    rows = pd.DataFrame({"user": range(60), "item": [1] * 40 + [2] * 18 + [3] * 2})
    train, test = cut_by_item(rows, share=0.75, seed=42)
    assert train["item"].value_counts().to_dict() == {1: 30, 2: 14, 3: 2}
    assert sorted([*train["user"], *test["user"]]) == list(range(60))
