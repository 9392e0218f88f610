"""Views, carts, ratings and baskets: what a row counts for, and how many products it holds."""

import json

import numpy as np
import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.data.choices import Choices, weights_of
from nn_core.recommender.data.faults import REASONS
from nn_core.recommender.data.opening import Opened, open_purchases
from nn_core.recommender.data.reading import read_table
from nn_core.recommender.data.unfold import separator_of
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.models import make_model
from nn_core.recommender.portrait.audit import check_enough
from nn_core.recommender.split import everything, make_split

LOG = """event_time,event_type,user_id,product_id,price
2024-01-01 10:00:00,view,u1,p1,2.5
2024-01-01 10:01:00,add_to_cart,u1,p1,2.5
2024-01-01 10:02:00,purchase,u1,p1,2.5
2024-01-02 10:00:00,view,u2,p1,
2024-01-02 10:01:00,remove_from_cart,u2,p1,2.5
2024-01-03 10:01:00,,u2,p1,2.5
2024-01-03 10:01:00,purchase,u2,p2,
"""
RATINGS = "user,movie_id,rating\n" + "".join(f"u{n},m{n},{n % 5 + 1}\n" for n in range(10))


def read(text: str, choices: Choices | None = None) -> Opened:
    return open_purchases(read_table(text.encode(), "shop.csv"), choices or Choices(), b"key")


def test_what_an_event_counts_for_is_a_note():
    assert read(LOG).interactions.notes == (
        "What an event counts for: 'add_to_cart' 0.3, 'purchase' 1, 'remove_from_cart' 0, 'view' "
        "0.1. 1 or more is a purchase, 0 is left out; choose other numbers if these are wrong (on "
        "the command line --weights).",
    )


def test_a_log_is_read_with_a_weight_for_each_event():
    shop = read(LOG).interactions
    assert shop.columns.event == "event_type"
    assert shop.events == {"add_to_cart": 0.3, "purchase": 1, "remove_from_cart": 0, "view": 0.1}
    assert shop.frame["weight"].tolist() == [0.1, 0.3, 1.0, 0.1]
    reasons = dict(zip(shop.set_aside["row"], shop.set_aside["reason"]))
    # A view needs no price; a purchase without one is not kept.
    assert reasons == {5: REASONS["event"], 6: REASONS["event"], 7: REASONS["price"]}


def test_weights_can_be_changed_and_a_wrong_event_is_named():
    chosen = read(LOG, Choices(weights={"view": 0, "remove_from_cart": 0.05})).interactions
    assert chosen.frame["weight"].tolist() == [0.3, 1.0, 0.05]
    with pytest.raises(ShopDataError, match=r"no event 'buy'; it holds 'add_to_cart'"):
        read(LOG, Choices(weights={"buy": 1}))
    with pytest.raises(ShopDataError, match=r"'view=-1' is no weight"):
        weights_of("cart=1,view=-1")


def test_a_log_without_purchases_counts_its_strongest_event_as_one():
    shop = read("user,item,event\na,x,view\na,x,cart\nb,y,view\n").interactions
    assert shop.events == {"cart": 1.0, "view": 0.1}
    assert "'cart' is what counts" in shop.notes[0]


def test_ratings_weigh_from_the_lowest_to_the_one_that_is_liked():
    shop = read(RATINGS).interactions
    assert shop.liked == 4
    np.testing.assert_allclose(shop.frame["weight"][:5], [0, 1 / 3, 2 / 3, 1, 4 / 3])
    assert read(RATINGS, Choices(liked=5)).interactions.liked == 5
    with pytest.raises(ShopDataError, match=r"No rating in column 'rating' is 9 or more \(.* 1 to"):
        read(RATINGS, Choices(liked=9))


def test_a_rating_of_something_bought_does_not_undo_the_purchase():
    shop = read("user,item,rating,price\na,x,1,2\nb,y,5,3\n").interactions
    assert (shop.columns.rating, "weight" in shop.frame) == (None, False)


def test_only_purchases_are_judged():
    visits = ((1, "purchase"), (2, "view"), (3, "purchase"), (3, "view"))
    rows = [f"u{n},p{n % 3},{what},2024-0{month}-01" for n in range(9) for month, what in visits]
    shop = read("user,item,event,date\n" + "\n".join(rows)).interactions
    split = make_split(shop, SplitOptions(test_days=10, min_buyers=1))
    assert split.test.nnz == 9
    assert split.train.histories.bought.nnz == 9
    assert split.train.histories.weighted.sum() == pytest.approx(9 * 1.1)


def test_the_last_basket_is_the_last_one_with_a_purchase():
    """What was viewed after it is held out too: it came later."""
    visits = ((1, "purchase"), (2, "purchase"), (3, "view"))
    rows = [f"u{n},p{n % 3},{what},2024-0{month}-01" for n in range(9) for month, what in visits]
    shop = read("user,item,event,date\n" + "\n".join(rows)).interactions
    split = make_split(shop, SplitOptions(method="leave-last", min_buyers=1))
    assert split.test.nnz == 9
    assert split.train.histories.weight is not None
    assert split.train.histories.weight.tolist() == [1.0] * 9


def test_views_do_not_make_customers_enough_to_train():
    rows = [f"u{n},p{m},view" for n in range(40) for m in range(3)] + ["u0,p0,purchase"]
    shop = read("user,item,event\n" + "\n".join(rows)).interactions
    with pytest.raises(ShopDataError, match="this data has 0"):
        check_enough(shop)


def test_what_is_rated_worst_stands_where_it_stood():
    """A product's weight is 0 there: to repeats that is neither a purchase nor a hint."""
    both = [f"u{n},m{m},5" for n in range(9) for m in range(3)]
    shop = read("user,item,rating\n" + "\n".join([*both, "u0,m9,1", "u1,m9,5"])).interactions
    train = everything(shop, SplitOptions(method="random", min_buyers=1))
    scores = make_model("repeats").learn(train).scores(train.histories)
    worst, [u0, u2] = train.products.get_loc("m9"), train.customers.get_indexer(["u0", "u2"])
    assert scores[u0, worst] == scores[u2, worst]


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["milk;bread", "bread;eggs", "milk"], ";"),
        (["milk, bread", "bread", "bread, milk"], ","),
        (['["a", "b"]', '["b"]'], "list"),
        (["['a', 'b']", "['b']"], "list"),
        (["Cereal, 500 g", "Tea, 20 g", "Soup, 500 g"], None),
        (["tea;green", "tea;black", "cup;black"], None),
        (["85123A", "71053"], None),
        ([], None),
    ],
)
def test_baskets_are_told_from_names(cells: list[str], separator: str | None):
    assert separator_of(pd.Series(cells, dtype="str")) == separator


BASKETS = """customer;date;products;total
ada;2024-01-01;"milk;bread;milk";4,50
bob;2024-01-02;bread;1,00
bob;2024-01-02;bread;1,00
cem;2024-01-03;;9,00
cem;2024-01-04;"eggs; bread";9,00
"""


def test_a_row_that_is_a_basket_is_split():
    found = read(BASKETS)
    shop = found.interactions
    assert found.baskets == ";"
    assert "5 rows were split at semicolon into 8 products" in shop.notes[0]
    assert shop.frame["product"].tolist() == ["milk", "bread", "milk", "bread", "eggs", "bread"]
    assert shop.frame["order"].tolist() == ["1", "1", "1", "2", "5", "5"]
    assert shop.set_aside["row"].tolist() == [3, 4]
    assert shop.set_aside["reason"].tolist() == [REASONS["duplicate"], REASONS["product"]]
    assert shop.read == 8 == shop.kept + len(shop.set_aside)
    assert (shop.columns.amount, "amount" in shop.frame) == (None, False)
    assert read(BASKETS, Choices(baskets="none")).interactions.kept == 3


def test_the_command_line_takes_the_same_choices(tmp_path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "log.csv").write_text(LOG)
    arguments = ["audit", str(tmp_path / "log.csv"), "--weights", "view=0.5", "--json"]
    assert main(arguments) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["events"]["view"] == {"weight": 0.5, "rows": 2}
