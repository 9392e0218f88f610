"""What is no goods is set aside with its reason, and stands nowhere after that."""

import json
from pathlib import Path

import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.exclude import Exclude, exclude_of
from nn_core.recommender.data.excluded import lines
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.opening import open_purchases
from nn_core.recommender.data.reading import Table, read_table
from nn_core.recommender.data.stored import store, stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.forgetting.left_out import set_aside
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.runs.next_month import next_month
from tests.recommender.data.test_no_goods import CODES, ODD

COLUMNS = Columns("customer", "product", "time", "order", "name", "quantity", "price")


def rows(*codes: str, first: int = 0) -> pd.DataFrame:
    """A row for each code, an order and a day each."""
    days = range(first, first + len(codes))
    return pd.DataFrame(
        {
            "customer": [f"K{place % 30}" for place in range(len(codes))],
            "product": codes,
            "time": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, "D"),
            "order": [str(day) for day in days],
            "name": [ODD[code][0] if code in ODD else f"Lantern {code}" for code in codes],
            "quantity": 2.0,
            "price": [15.5 if code in ODD else 3.0 for code in codes],
        }
    )  # fmt: skip


def opened(frame: pd.DataFrame, exclude: Exclude) -> Interactions:
    return Interactions.from_frame(frame, COLUMNS, choices=Choices(exclude=exclude))


def test_the_rows_add_up_and_the_audit_names_each_line():
    frame = rows(*CODES[:50], "POST", "POST", "M")
    frame.loc[50, "quantity"] = -1.0  # a return is a return first
    shop = opened(frame, Exclude(auto=True))
    assert (shop.read, shop.kept, len(shop.set_aside)) == (53, 50, 3)
    assert not {"POST", "M"} & {*shop.frame["product"], *shop.goods.index, *shop.names}
    told = audit(shop)
    assert told.no_goods == [
        {"product": "M", "name": "Manual", "rows": 1, "money": 31.0,
         "reason": "no goods: a manual entry or correction"},
        {"product": "POST", "name": "POSTAGE", "rows": 1, "money": 31.0,
         "reason": "no goods: postage or delivery"},
    ]  # fmt: skip
    assert any("2 products (Manual, POSTAGE), 2 rows and 62.00" in one for one in told.advice)
    assert sum(week.revenue or 0 for week in told.weeks) == 50 * 6.0


def test_without_being_asked_nothing_is_left_out_but_said():
    shop = opened(rows(*CODES[:50], "POST"), Exclude())
    assert shop.kept == 51
    assert any("look like no goods" in one and "POSTAGE" in one for one in audit(shop).advice)


def test_what_was_chosen_goes_and_what_was_to_be_kept_stays():
    frame = rows(*CODES[:50], "POST", "M")
    shop = opened(frame, Exclude(auto=True, also=("22000",), keep=("POST",)))
    assert [line.product for line in lines(shop)] == ["22000", "M"]
    assert "POST" in shop.names


def test_it_is_stored_and_a_forgotten_customer_counts_no_more(tmp_path: Path):
    store(opened(rows(*CODES[:50], "POST", "M"), Exclude(True, keep=("S",))), tmp_path)
    shop = stored(tmp_path)
    assert shop.exclude == Exclude(True, (), ("S",))
    assert {line.product: line.money for line in lines(shop)} == {"POST": 31.0, "M": 31.0}
    left = set_aside(shop, {"K20": "2024-05-01"})  # whose the row of POST is
    assert [line.product for line in lines(left)] == ["M"]


def test_next_month_leaves_out_of_both_files_what_one_leaves_out():
    old = opened(rows(*CODES[:50], "S", "M"), Exclude(True, keep=("S",)))
    # In the newer file M was not known to be no goods.
    new = opened(rows(*CODES[:50], "S", "M", "POST", first=60), Exclude(also=("POST",)))
    both, _ = next_month(old, new)
    assert "S" in both.names
    assert not {"M", "POST"} & {*both.frame["product"], *both.goods.index}
    assert both.read == both.kept + len(both.set_aside) == 105
    assert {line.product: line.rows for line in lines(both)} == {"M": 2, "POST": 1}


def test_a_catalogue_may_say_alone_what_is_no_goods():
    frame = rows(*CODES[:50], "9991").drop(columns="name")
    shelf = pd.DataFrame(
        {"product": [*CODES[:50], "9991", "9992"],
         "name": [*(f"Lantern {code}" for code in CODES[:50]), "Shipping", "Gift voucher"]}
    )  # fmt: skip
    tables = [Table(f"{name}.csv", table.astype("str"), pd.DataFrame(), "csv", ())
              for name, table in (("sales", frame), ("shelf", shelf))]  # fmt: skip
    choices = Choices(exclude=Exclude(auto=True))
    shop = open_purchases(tables[0], choices, b"k" * 32, {"catalogue": tables[1]}).interactions
    assert [line.product for line in lines(shop)] == ["9991"]
    assert not {"9991", "9992"} & {*shop.goods.index, *shop.names}
    assert shop.read == shop.kept + len(shop.set_aside) == 51


def test_the_command_line_takes_auto_ids_and_a_file(tmp_path: Path, capsys):
    file, listed = tmp_path / "sales.csv", tmp_path / "ids.txt"
    rows(*CODES[:50], "POST").to_csv(file, index=False)
    listed.write_text("22001\n4711\n", encoding="utf-8")
    found = {}
    for asked in ("none", "auto", "auto,22000", str(listed)):
        assert main(["audit", str(file), "--exclude-items", asked, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        found[asked] = [line["product"] for line in told["no_goods"]]
    assert list(found.values()) == [[], ["POST"], ["22000", "POST"], ["22001"]]
    assert any("4711" in note for note in told["notes"])


def test_a_test_file_is_judged_without_what_was_left_out(tmp_path: Path, capsys):
    train, test = tmp_path / "train.csv", tmp_path / "test.csv"
    rows(*CODES[:50] * 6, "POST").to_csv(train, index=False)
    rows("POST", *CODES[:9], first=400).to_csv(test, index=False)
    run = tmp_path / "run"
    asked = ["--exclude-items", "auto", "--test", str(test), "--out", str(run), "--json"]
    code = main(["train", str(train), "--model", "popularity", *asked])
    assert code == 0, capsys.readouterr().err
    assert "POST" not in stored(run / "input" / "test").names
    made = json.loads((run / "result" / "made.json").read_text(encoding="utf-8"))
    assert made["exclude"]["auto"]
    assert made["left_out"].startswith("1 product (POSTAGE)")
    capsys.readouterr()
    assert main(["report", str(run), "--card", "popularity", "--out", str(tmp_path / "c.md")]) == 0
    card = (tmp_path / "c.md").read_text(encoding="utf-8")
    assert "Left out: 1 product" in card
    assert "--exclude-items auto" in card
    assert main(["report", str(run), "--out", str(tmp_path / "report.html")]) == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<td>POSTAGE</td><td>no goods: postage or delivery</td>" in page
    assert ">31.00</td>" in page
    assert main(["recommend", str(run), "--all", "--task", "all"]) == 0
    assert "POSTAGE" not in capsys.readouterr().out


def test_none_and_some_at_once_is_refused():
    with pytest.raises(ShopDataError, match="both none and some"):
        exclude_of("none,4711")
    assert exclude_of("AUTO, 4711") == Exclude(True, ("4711",))


def test_a_read_file_has_them_in_the_rows_set_aside(tmp_path: Path):
    file = tmp_path / "sales.csv"
    rows(*CODES[:50], "POST").to_csv(file, index=False)
    choices = Choices(exclude=Exclude(auto=True))
    shop = open_purchases(read_table(file), choices, b"k" * 32).interactions
    row = shop.set_aside.iloc[0]
    assert (row["row"], row["reason"], row["name"]) == (
        51,
        "no goods: postage or delivery",
        "POSTAGE",
    )
