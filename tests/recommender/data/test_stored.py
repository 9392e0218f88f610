"""Purchases written to files and read back are the same purchases."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.stored import store, stored


def test_what_is_stored_comes_back(tmp_path: Path):
    frame = pd.DataFrame(
        {
            "who": ["anna", "bob", "", "åsa"],
            "what": ["bread", "<script>", "milk", "=1+1"],
            "when": ["2024-01-05", "2024-01-02", "2024-01-01", "2024-01-03"],
            "label": ["Bread", "Bold", "Milk", "Sum"],
        }
    )
    shop = Interactions.from_frame(frame, Columns("who", "what", time="when", name="label"))
    store(shop, tmp_path)
    again = stored(tmp_path)
    pd.testing.assert_frame_equal(again.frame, shop.frame)
    assert (again.read, again.names, again.columns) == (shop.read, shop.names, shop.columns)
    assert again.set_aside.values.tolist() == shop.set_aside.astype(str).values.tolist()


def test_a_repeated_header_is_no_obstacle(tmp_path: Path):
    frame = pd.DataFrame({"row": ["1", "2"], "customer": ["", "bob"], "product": ["a", "b"]})
    shop = Interactions.from_frame(frame, Columns("customer", "product"))
    store(shop, tmp_path)
    assert list(stored(tmp_path).set_aside.columns) == list(shop.set_aside.columns)


def test_what_is_known_of_products_and_customers_is_kept_too(tmp_path: Path):
    shop = priced_shop()
    people = pd.DataFrame({"age": [31]}, index=pd.Index(["bob"], name="customer", dtype="str"))
    store(replace(shop, people=people), tmp_path)
    again = stored(tmp_path)
    pd.testing.assert_frame_equal(again.goods, shop.goods)
    pd.testing.assert_frame_equal(again.people, people)


def priced_shop() -> Interactions:
    frame = pd.DataFrame(
        {"c": ["a", "a", "b"], "p": ["x", "x", "y"], "n": ["1", "2", "1"], "a": ["3", "8", "2"]}
    )
    return Interactions.from_frame(frame, Columns("c", "p", quantity="n", amount="a"))
