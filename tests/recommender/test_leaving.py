"""What one takes home: lists with types, a run that works elsewhere, and how it was made."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.runs.bundle import bundle
from nn_core.recommender.runs.lists import write_csv, write_parquet
from nn_core.recommender.runs.made import fingerprint, how
from nn_core.recommender.runs.runs import open_run
from tests.recommender.kept import CUSTOMER, original
from tests.recommender.shops import PLANTED, planted

ROOT = Path(__file__).parents[2]


def two_chunks() -> list[pd.DataFrame]:
    columns = ("customer", "product", "name", "rank", "score")
    rows = [("007", "=p", "@SUM(A1)", 1, np.float32(0.1)), ("a", "p", "", 2, np.float32(-2.5))]
    return [pd.DataFrame([row], columns=list(columns)) for row in rows]


def test_a_csv_of_several_chunks_has_one_header_and_no_formula(tmp_path: Path):
    assert write_csv(iter(two_chunks()), tmp_path / "lists.csv") == 2
    assert (tmp_path / "lists.csv").read_bytes() == (
        b"customer,product,name,rank,score\r\n007,'=p,'@SUM(A1),1,0.1\r\na,p,,2,-2.5\r\n"
    )


def test_parquet_keeps_types_and_text(tmp_path: Path):
    assert write_parquet(iter(two_chunks()), tmp_path / "lists.parquet") == 2
    table = parquet.read_table(tmp_path / "lists.parquet")
    assert table.schema.field("rank").type == pa.int32()
    assert table.schema.field("score").type == pa.float32()
    assert table.column("customer").to_pylist() == ["007", "a"]
    assert table.column("name").to_pylist() == ["@SUM(A1)", ""]


def test_both_forms_hold_the_same_lists():
    run = open_run(original())
    csv, table = run.exported(3), run.exported(3, form=".parquet")
    assert csv is not None
    assert table is not None
    pd.testing.assert_frame_equal(
        pd.read_csv(csv, dtype={"rank": "int32", "score": "float32"}, keep_default_na=False),
        pd.read_parquet(table),
        check_dtype=False,
    )


def unzipped(place: Path, models: list[str], purchases: bool = False) -> Path:
    file = bundle(original(), place / "run.zip", models, purchases)
    with zipfile.ZipFile(file) as made:
        made.extractall(place)
    return place / "run"


def test_the_unzipped_run_recommends_at_the_command_line(tmp_path: Path):
    folder = unzipped(tmp_path, ["item-knn"])
    command = [sys.executable, "-m", "nn_core.recommender", "recommend", str(folder)]
    asked = [*command, "--user", CUSTOMER, "--json"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    expected = open_run(original()).recommend(CUSTOMER, model="item-knn")
    assert json.loads(done.stdout)["rows"] == expected.rows


def test_purchases_leave_only_when_asked_for(tmp_path: Path):
    folder = unzipped(tmp_path, ["item-knn", "time-ease"])
    assert not (folder / "input").exists()
    assert not list(folder.rglob("lists"))
    assert not (folder / "result" / "judged").exists()
    assert open_run(folder).models() == ["item-knn", "time-ease"]
    with pytest.raises(ShopDataError, match="no model 'popularity'"):
        open_run(folder).model("popularity")
    whole = unzipped(tmp_path / "whole", ["item-knn"], purchases=True)
    assert fingerprint(stored(whole / "input")) == fingerprint(planted())
    assert (whole / "result" / "judged").exists()


def test_a_run_says_how_it_was_made():
    made = how(original() / "result")
    assert made is not None
    assert made["fingerprint"] == fingerprint(planted())
    assert made["plan"]["split"]["seed"] == 0
    assert made["versions"]["numpy"] == np.__version__


def test_a_fingerprint_is_of_the_purchases(tmp_path: Path):
    store(planted(), tmp_path)
    assert fingerprint(stored(tmp_path)) == fingerprint(planted())
    roles = {role: role for role in ("customer", "product", "time", "order", "name")}
    turned = PLANTED.frame.iloc[:, ::-1]
    assert fingerprint(Interactions.from_frame(turned, Columns(**roles))) == fingerprint(planted())
    fewer = Interactions.from_frame(PLANTED.frame.iloc[1:], Columns(**roles))
    assert fingerprint(fewer) != fingerprint(planted())
