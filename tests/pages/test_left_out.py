"""What is no goods, on the page: named with reason, rows and revenue; taken back; added to."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nn_core import jobs
from nn_core.jobs import api
from nn_core.recommender.data.choices import Choices
from nn_core.recommender.data.exclude import Exclude
from nn_core.recommender.data.stored import stored
from pages.figures.left_out import left_out
from pages.ui.shop.columns import read
from pages.ui.shop.later import as_the_run
from pages.ui.shop.source import Source
from tests.pages.test_shop import checked, metrics, opened, step, upload


def sales(first: int = 0) -> bytes:
    """30 customers with 10 lanterns each; every third order pays postage, one a manual entry."""
    file = io.StringIO()
    write = csv.writer(file)
    write.writerow(["customer", "product", "date", "order", "name", "quantity", "price"])
    for order in range(first, first + 300):
        head, day = [f"K{order % 30}"], f"2024-{1 + order // 60:02}-{1 + order % 28:02}"
        code = f"{22000 + order * 7 % 60}A"
        write.writerow([*head, code, day, order, f"Lantern {code}", 1, 3.5])
        if order % 3 == 0:
            write.writerow([*head, "POST", day, order, "POSTAGE", 1, 18])
        if order == 9:
            write.writerow([*head, "M", day, order, "Manual", 1, 500])
    return file.getvalue().encode()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    return upload(opened(), sales())


def field(app: AppTest) -> Any:
    return next(one for one in app.multiselect if one.label == "Left out of the lists")


def chosen(app: AppTest, *products: str) -> AppTest:
    field(app).set_value(list(products))
    next(one for one in app.button if one.label.startswith("Read again")).click()
    return checked(app.run())


def lines(app: AppTest) -> dict[str, tuple[str, int, float]]:
    tables: list[Any] = [one.value for one in app.dataframe]
    table = next(one for one in tables if "Why" in one and "Rows" in one)
    return {
        row["Product"]: (row["Why"], row["Rows"], row["Revenue"]) for _, row in table.iterrows()
    }


def test_what_is_no_goods_is_named_and_counts_for_nothing(app: AppTest):
    assert lines(app) == {
        "POST": ("no goods: postage or delivery", 100, 1_800.0),
        "M": ("no goods: a manual entry or correction", 1, 500.0),
    }
    assert (metrics(app)["Products"], metrics(app)["Rows kept"]) == ("60", "300")
    assert metrics(app)["Rows set aside"] == "101"
    assert field(app).value == ["POST", "M"]
    assert any("2 products" in text.value and "2,300" in text.value for text in app.markdown)


def test_it_can_be_taken_back_and_others_added_by_name(app: AppTest):
    chosen(app, "POST", "22007A", "lantern 22014a", "Bagpipe")
    assert {product: rows for product, (_, rows, _) in lines(app).items()} == {
        "POST": 100,
        "22007A": 5,
        "22014A": 5,
    }
    assert any("Bagpipe" in warning.value for warning in app.warning)
    again = opened(**{name: app.query_params[name] for name in ("workspace", "data")})
    assert set(field(again).value) == {"POST", "22007A", "22014A"}
    chosen(again, "M")
    assert set(lines(again)) == {"M"}
    assert metrics(again)["Products"] == "61"


def test_a_run_keeps_the_choice(app: AppTest):
    chosen(app, "POST", "22007A")
    step(app, "Training")
    next(button for button in app.button if button.label == "Train").click()
    checked(app.run())
    shop = stored(jobs.folder(app.session_state["run"]) / "input")
    assert shop.exclude == Exclude(True, also=("22007A",), keep=("M",))
    assert "M" in shop.names
    assert not {"POST", "22007A"} & {*shop.names, *shop.goods.index}


def test_a_newer_file_is_read_as_the_run_was(app: AppTest, tmp_path: Path):
    place = tmp_path / "newer"
    place.mkdir()
    (place / "source").write_bytes(sales(300))
    source = Source(str(place / "source"), "newer.csv", place, tmp_path)
    ready = read(source, Choices(exclude=source.exclude()))
    made = {"exclude": {"auto": True, "also": ["22007A"], "keep": ["M"]}}
    assert as_the_run({"exclude": {"auto": True}}, ready) is ready
    left = as_the_run(made, ready).report["audit"]["no_goods"]
    assert [line["product"] for line in left] == ["POST", "22007A"]
    assert as_the_run(None, ready).report["audit"]["no_goods"] == []


def test_the_picture_tells_products_of_one_name_apart_and_reads_no_markup():
    line = {"name": "<b>Manual</b>", "reason": "no goods: x", "rows": 2, "money": 5.0}
    data: Any = left_out([line | {"product": "M"}, line | {"product": "m"}]).data[0]
    assert list(data.y) == [f"&lt;b&gt;Manual&lt;/b&gt; ({one})" for one in "mM"]
