"""A catalogue and a customer table find their products and customers, and say which they miss."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.opening import Opened, open_purchases
from nn_core.recommender.data.reading import read_table
from nn_core.recommender.errors import ShopDataError

PURCHASES = "customer,product,price\n" + "".join(
    f"{who},{what},2.0\n" for who, what in (("17", "a1"), ("17", "B2"), ("18", "123"), ("19", "x"))
)
CATALOGUE = """sku;Bezeichnung;Warengruppe;Verkaufspreis;Marge;Lagerbestand
A1;Tee;Getränke;3,50;20%;ja
B2;Becher;Geschirr;;1,00;nein
00123;Kanne;Geschirr;10,00;2,50;7
B2;doppelt;;;;
new;Löffel;Besteck;1,00;;12
"""
CUSTOMERS = "id,age,email\n17,31,a@b.cd\n18,45,b@b.cd\n99,12,c@b.cd\n"


def read(chosen: dict[str, str | None] | None = None, **more: str) -> Opened:
    tables = {kind: read_table(text.encode(), f"{kind}.csv") for kind, text in more.items()}
    return open_purchases(
        read_table(PURCHASES.encode(), "p"),
        Choices(second={"catalogue": chosen or {}}),
        b"key",
        tables,
    )


def test_the_columns_of_a_catalogue_can_be_chosen():
    chosen = {"name": "Warengruppe", "price": None}
    found = read(chosen, catalogue=CATALOGUE)
    assert found.interactions.names["123"] == "Geschirr"
    assert found.joins[0].columns["name"] == "Warengruppe"
    assert "price" not in found.joins[0].columns
    assert "Verkaufspreis" in found.joins[0].names
    assert read({"name": "sku"}, catalogue=CATALOGUE).interactions.names["123"] == "00123"
    with pytest.raises(ShopDataError, match=r"No column of catalogue\.csv holds products"):
        read({"key": "Marge"}, catalogue=CATALOGUE)


def test_a_catalogue_tells_what_products_are():
    found = read(catalogue=CATALOGUE)
    goods = found.interactions.goods
    assert goods.loc["a1", ["name", "category"]].tolist() == ["Tee", "Getränke"]
    assert goods["price"].to_dict() == {"123": 10.0, "B2": 2.0, "a1": 3.5, "x": 2.0, "new": 1.0}
    np.testing.assert_allclose(goods["margin"], [2.5, 1.0, 0.7, np.nan, np.nan])
    np.testing.assert_allclose(goods["stock"], [7, 0, 1, np.nan, 12])
    assert found.interactions.names["123"] == "Kanne"


def test_the_report_counts_both_ways():
    join = read(catalogue=CATALOGUE).joins[0]
    assert (join.key, join.reason) == ("sku", "75% of the purchases' products stand in it")
    assert (join.matched, join.alike, join.repeated) == (3, 2, 1)
    assert (join.unknown, join.rows_unknown, join.unbought) == (("x",), 1, ("new",))
    assert join.mismatches().values.tolist() == [
        ["not in the second file", "x"], ["never bought", "new"],
    ]  # fmt: skip
    assert (
        "3 of 4 products of the purchases are in it. 2 of them are written otherwise" in join.words
    )
    assert "by its column 'sku'; read from it: name (Bezeichnung), category" in join.words


def test_customers_bring_what_is_known_of_them_but_no_addresses():
    people = read(customers=CUSTOMERS).interactions.people
    assert people["age"].to_dict() == {"17": "31", "18": "45"}
    assert list(people.columns) == ["age"]
    assert read(customers=CUSTOMERS).joins[0].words.endswith("'id'; read from it: age.")


def test_customers_are_joined_by_pseudonyms_too():
    text = "email,item\na@b.cd,x\nC@b.cd,y\n"
    more = {"customers": read_table(CUSTOMERS.encode(), "c.csv")}
    shop = open_purchases(read_table(text.encode(), "p"), Choices(), b"key", more).interactions
    assert sorted(shop.people["age"]) == ["12", "31"]
    assert set(shop.people.index) == set(shop.frame["customer"].cat.categories)


def test_ids_that_would_become_one_stay_apart():
    catalogue = "sku,name\n0123,Tea\n00123,Cup\nB2,Bowl\n"
    assert read(catalogue=catalogue).joins[0].matched == 1


def test_a_file_that_does_not_fit_is_refused():
    with pytest.raises(ShopDataError, match=r"No column of catalogue.csv holds products of the"):
        read(catalogue="sku,name\nq1,Tea\nq2,Cup\n")


def test_the_command_line_joins(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for name, text in (("p", PURCHASES), ("c", CATALOGUE)):
        (tmp_path / f"{name}.csv").write_text(text)
    files = {name: str(tmp_path / f"{name}.csv") for name in ("p", "c", "missing")}
    options = ["--catalogue", files["c"], "--mismatches", files["missing"]]
    assert main(["audit", files["p"], *options, "--json"]) == 0
    join = json.loads(capsys.readouterr().out)["joins"][0]
    assert (join["matched"], join["unknown"], join["examples"]["unknown"]) == (3, 1, ["x"])
    assert pd.read_csv(files["missing"])["product"].tolist() == ["x", "new"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """The three files, each with a second column that could be the key."""
    texts = {
        "purchases": PURCHASES,
        "goods": "sku,alt,label,TITLE,VK\na1,p1,no,Tea,3\nB2,B2,no,Cup,4\n123,p3,no,Pot,5\n",
        "people": "id,other\n17,18\n18,x\n19,y\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return {name: str(tmp_path / f"{name}.csv") for name in texts}


def joins(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], *options: str
) -> list[dict[str, object]]:
    both = ["--catalogue", files["goods"], "--customers", files["people"]]
    assert main(["audit", files["purchases"], *both, *options, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["joins"]


def test_the_command_line_chooses_keys_and_columns(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    goods, people = joins(files, capsys)
    assert (goods["key"], goods["matched"], people["key"], people["matched"]) == ("sku", 3, "id", 3)
    columns = ["--catalogue-columns", "name=label,price=none", "--catalogue-columns", "margin=VK"]
    keys = ["--catalogue-key", "alt", "--customers-key", "other"]
    goods, people = joins(files, capsys, *columns, *keys)
    assert (goods["key"], goods["matched"], people["key"], people["matched"]) == (
        "alt", 1, "other", 1
    )  # fmt: skip
    assert goods["columns"] == {"name": "label", "margin": "VK"}


@pytest.mark.parametrize(
    ("options", "taught"),
    [
        (["--catalogue-key", "sku"], "no such file is given: add --catalogue FILE"),
        (["--customers-key", "id"], "no such file is given: add --customers FILE"),
        (["--catalogue", "goods", "--catalogue-key", "SKU"], "no column 'SKU' for the key; it has"),
        (["--catalogue", "goods", "--catalogue-columns", "name=Titel"], "'Titel' for the name"),
        (["--catalogue", "goods", "--catalogue-columns", "colour=VK"], "one of name, category"),
        (["--catalogue", "goods", "--catalogue-columns", "name"], "write WHAT=COLUMN"),
    ],
)
def test_a_wrong_choice_is_taught_and_nothing_is_read(
    options: list[str], taught: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    named = [files.get(option, option) for option in options]
    assert main(["audit", files["purchases"], *named]) == 2
    assert taught in capsys.readouterr().err


def test_where_few_match_it_is_said_first_with_ids_of_both_sides():
    other = "sku;Cat;colour\na1;drinks;red\nP-B2;mugs;red\nP-123;pots;red\nP-x;pots;red\n"
    join = read(catalogue=other).joins[0]
    assert join.poor
    assert join.to_json()["poor"]
    assert join.words.startswith("catalogue.csv: only 1 of 4 products")
    assert "Compare: in the purchases '123', 'B2', in the file 'P-123', 'P-B2'." in join.words
    assert "category (Cat). Not used: 'colour'." in join.words


def test_where_most_match_nothing_is_compared():
    most = "sku,price,cost\n" + "".join(f"{one},2,1\n" for one in ("A1", "B2", "123", "x"))
    join = read(catalogue=most).joins[0]
    assert not join.poor
    assert "Compare" not in join.words
    assert "Not used" not in join.words  # the margin is the price minus the cost


def test_at_the_command_line_a_file_that_hardly_fits_comes_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    purchases, goods = tmp_path / "p.csv", tmp_path / "goods.csv"
    purchases.write_text(PURCHASES)
    goods.write_text("sku,price\na1,2\n")
    assert main(["audit", str(purchases), "--catalogue", str(goods), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["notes"][0].startswith("goods.csv: only 1 of 4 products")
