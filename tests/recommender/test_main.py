"""The command line: exit code 0, or 2 and one sentence on stderr; never a traceback."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from tests.recommender.bad_files import BAD_FILES, ROWS


def failed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one sentence on stderr of a command that must exit with 2."""
    try:
        code = main(arguments)
    except SystemExit as stopped:
        code = stopped.code
    output = capsys.readouterr()
    assert code == 2
    assert output.out == ""
    assert output.err.count("\n") == 1
    return output.err


@pytest.mark.parametrize("what", BAD_FILES)
def test_bad_files(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    data, expected = BAD_FILES[what]
    path = tmp_path / "shop.csv"
    path.write_bytes(data)
    assert expected in failed(capsys, "audit", str(path))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "required: COMMAND"),
        (["audit"], "required: FILE"),
        (["conjure", "x.csv"], "invalid choice: 'conjure'"),
        (["audit", "none.csv"], "none.csv cannot be opened (no such file or directory)"),
        (["audit", "{shop}", "--user", "buyer"], "no column 'buyer' for the customer"),
        (["audit", "{shop}", "--limit-mb", "0.0001"], "has 357 bytes and the limit is 100"),
        (["audit", "{shop}", "--set-aside", "{shop}/x.csv"], "cannot be written"),
    ],
)
def test_wrong_use(
    arguments: list[str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    shop = tmp_path / "shop.csv"
    shop.write_bytes(ROWS)
    assert expected in failed(capsys, *(word.format(shop=shop) for word in arguments))


def test_audit_prints_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "shop.csv.gz"
    path.write_bytes(gzip.compress(ROWS + b"c1\n"))
    assert main(["audit", str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == {"read": 51, "kept": 50, "set_aside": 1}
    assert report["columns"] == {"customer": "customer", "product": "product"}
    assert set(report["seconds"]) == {"read", "audit"}


def test_audit_as_text_and_the_rows_set_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shop, aside = tmp_path / "shop.csv", tmp_path / "aside.csv"
    shop.write_bytes(b'customer,product\nada,tea\n,"=HYPERLINK(""x"")"\n')
    assert main(["audit", str(shop), "--set-aside", str(aside)]) == 0
    assert "1  set aside: the customer is missing" in capsys.readouterr().out
    assert pd.read_csv(aside)["product"].tolist() == ['\'=HYPERLINK("x")']


def test_dates_in_two_orders_are_read_once_one_is_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "shop.csv"
    path.write_bytes(BAD_FILES["two date orders"][0])
    assert main(["audit", str(path), "--dates", "day-first", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == {"read": 2, "kept": 1, "set_aside": 1}


def test_none_leaves_a_role_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "shop.csv"
    path.write_bytes(BAD_FILES["two date orders"][0])
    assert main(["audit", str(path), "--time", "none", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["span"]["days"] is None


def test_the_real_command(tmp_path: Path):
    command = [sys.executable, "-m", "nn_core.recommender", "audit", str(tmp_path / "none.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_training_on_too_few_customers_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "shop.csv"
    path.write_bytes(ROWS)
    sentence = failed(capsys, "train", str(path), "--model", "ease", "--split", "random")
    assert "needs 25 customers with two or more purchases, and this data has 9" in sentence
    assert "at least 16 more" in sentence
