"""Columns are guessed from names and content, in words, and can be corrected."""

import pandas as pd
import pytest

from nn_core.recommender.data.columns import choose_columns
from nn_core.recommender.errors import ShopDataError

HEADERS = {
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country": {
        "customer": "CustomerID", "product": "StockCode", "time": "InvoiceDate",
        "order": "InvoiceNo", "name": "Description", "quantity": "Quantity", "price": "UnitPrice",
    },
    "household_id,basket_id,product_id,quantity,sales_value,transaction_timestamp": {
        "customer": "household_id", "product": "product_id", "time": "transaction_timestamp",
        "order": "basket_id", "quantity": "quantity", "amount": "sales_value",
    },
    "Kundennummer,Artikel-Nr.,Bezeichnung,Menge,Einzelpreis,Datum": {
        "customer": "Kundennummer", "product": "Artikel-Nr.", "name": "Bezeichnung",
        "quantity": "Menge", "price": "Einzelpreis", "time": "Datum",
    },
    "Kunde,Artikelnr,Artikel,Menge": {
        "customer": "Kunde", "product": "Artikelnr", "name": "Artikel", "quantity": "Menge",
    },
    "customer,item,sku": {"customer": "customer", "product": "sku", "name": "item"},
    "会员编号,商品编号,商品名称,数量,单价,日期": {
        "customer": "会员编号", "product": "商品编号", "name": "商品名称", "quantity": "数量",
        "price": "单价", "time": "日期",
    },
    "cliente,producto,cantidad,precio,fecha": {
        "customer": "cliente", "product": "producto", "quantity": "cantidad", "price": "precio",
        "time": "fecha",
    },
    "client,produit,quantité,prix,date": {
        "customer": "client", "product": "produit", "quantity": "quantité", "price": "prix",
        "time": "date",
    },
    "user_id,item_id": {"customer": "user_id", "product": "item_id"},
    "shop_customer_key,my item": {"customer": "shop_customer_key", "product": "my item"},
}  # fmt: skip
CELLS = {"time": "2024-03-09", "quantity": "2", "price": "2.55", "amount": "5.10"}


@pytest.mark.parametrize("header", HEADERS)
def test_usual_names(header: str):
    role_of = {column: role for role, column in HEADERS[header].items()}
    row = {name: CELLS.get(role_of.get(name, ""), "A1") for name in header.split(",")}
    columns, guesses = choose_columns(pd.DataFrame([row]))
    assert columns.chosen() == HEADERS[header]
    assert all(guess.reason for guess in guesses)


def test_content_decides_where_names_say_nothing():
    frame = pd.DataFrame({"when": ["2024-01-01"], "x": ["2.5"], "k": ["U17"], "v": ["85123A"]})
    columns, guesses = choose_columns(frame)
    assert (columns.customer, columns.product) == ("k", "v")
    assert "look like ids" in guesses[0].reason


def test_a_date_column_that_holds_no_dates_is_not_taken():
    frame = pd.DataFrame({"user": ["1"], "item": ["2"], "update": ["never"]})
    assert choose_columns(frame)[0].time is None


def test_the_name_serves_where_there_is_no_product_id():
    columns, guesses = choose_columns(pd.DataFrame({"user": ["1"], "product name": ["Tea"]}))
    assert (columns.product, columns.name) == ("product name", None)
    assert "serves as one" in guesses[-1].reason


def test_choices_override_guesses():
    frame = pd.DataFrame({"user": ["1"], "item": ["2"], "date": ["2024-01-01"], "sku": ["3"]})
    columns, guesses = choose_columns(frame, {"product": "sku", "time": None})
    assert (columns.product, columns.time) == ("sku", None)
    assert "chosen by you" in {guess.reason for guess in guesses}


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"product": "article"}, "no column 'article' for the product; it has 'user', 'item'"),
        ({"product": "user", "customer": "user"}, "cannot be customer and product at once"),
        ({"customer": None}, "The customer is needed: choose its column"),
    ],
)
def test_impossible_choices_are_explained(chosen: dict[str, str | None], message: str):
    with pytest.raises(ShopDataError, match=message):
        choose_columns(pd.DataFrame({"user": ["1"], "item": ["2"]}), chosen)
