"""What is known of products follows them: from the purchases, a catalogue, into a model's order."""

from pathlib import Path

import numpy as np
import pandas as pd

from nn_core.recommender.catalogue import Catalogue
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.goods import in_order, joined, nothing_known
from nn_core.recommender.histories import Histories
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.split import everything
from tests.recommender.shops import planted


def goods(**cells: list[object]) -> pd.DataFrame:
    ids = pd.Index(cells.pop("ids"), dtype="str", name="product")
    return pd.DataFrame(cells, index=ids)


def test_without_names_and_money_every_product_has_a_row_and_nothing_in_it():
    frame = pd.DataFrame({"c": ["a", "b"], "p": ["x", "y"]})
    found = Interactions.from_frame(frame, Columns("c", "p")).goods
    assert found.index.tolist() == ["x", "y"]
    assert (found.index.name, found.shape) == ("product", (2, 0))


def test_the_price_is_the_median_of_what_one_unit_cost():
    frame = pd.DataFrame(
        {"c": list("aaab"), "p": list("xxxy"), "n": list("1241"), "paid": ["3", "8", "40", "2"]}
    )
    found = Interactions.from_frame(frame, Columns("c", "p", quantity="n", amount="paid")).goods
    assert found["price"].to_dict() == {"x": 4.0, "y": 2.0}


def test_a_catalogue_wins_over_purchases_where_it_knows_something():
    own = goods(ids=["x", "y"], name=["Ex", "Why"], price=[1.0, 2.0])
    more = goods(ids=["y", "z", "x"], name=["", "Zed", "X"], stock=[5.0, 6.0, np.nan])
    both = joined(own, more)
    assert both.index.tolist() == ["x", "y", "z"]
    assert both["name"].tolist() == ["X", "Why", "Zed"]
    np.testing.assert_array_equal(both["price"], [1.0, 2.0, np.nan])
    np.testing.assert_array_equal(both["stock"], [np.nan, 5.0, 6.0])


def test_missing_cells_are_empty_text_and_nan():
    found = in_order(goods(ids=["x"], category=["Tea"], price=[1.0]), pd.Index(["q", "x"]))
    assert found["category"].tolist() == ["", "Tea"]
    assert np.isnan(found["price"].iloc[0])
    assert nothing_known().empty


def test_a_models_goods_stand_in_its_order_and_stay_with_the_run(tmp_path: Path):
    shop = planted()
    train = everything(shop, SplitOptions())
    assert train.goods.index.tolist() == train.products.tolist()
    assert train.goods["name"].tolist() == [shop.names[product] for product in train.products]
    catalogue = Catalogue.of(train, shop.names)
    catalogue.write(tmp_path)
    pd.testing.assert_frame_equal(Catalogue.read(tmp_path).goods, train.goods)


def test_views_weigh_something_but_are_no_purchases():
    frame = pd.DataFrame({name: pd.Categorical(cells) for name, cells in
                          {"customer": list("aaab"), "product": list("xxyy")}.items()})  # fmt: skip
    frame["weight"] = [0.1, 1.0, 0.1, 1.25]
    rows = Histories.from_frame(frame, ordered=True)
    assert rows.bought.toarray().tolist() == [[1, 0], [0, 1]]
    assert rows.buyers.tolist() == [1, 1]
    np.testing.assert_allclose(rows.weighted.toarray(), [[1.1, 0.1], [0, 1.25]])
    assert rows.purchases.product.tolist() == [0, 1]
    assert rows.purchases.weight is None
