"""The cut: what is learned from, what is judged, what is left out and why."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.holdout import SplitOptions, last_rows
from nn_core.recommender.split import Split, make_split
from tests.recommender.shops import planted, shop

ROWS = [
    "anna bread 2024-01-01 o1",
    "anna milk 2024-01-01 o1",
    "bob bread 2024-01-05 o2",
    "bob eggs 2024-01-10 o3",
    "anna bread 2024-03-01 o4",
    "anna eggs 2024-03-01 o4",
    "bob jam 2024-03-05 o5",
    "carl bread 2024-03-06 o6",
]
ALL = SplitOptions(min_buyers=1)


def relevant(split: Split, task: str) -> set[tuple[str, str]]:
    customer, product = split.relevant(task).nonzero()
    train = split.train
    return set(zip(train.customers[customer], train.products[product]))


def learned(split: Split) -> list[tuple[str, str]]:
    histories = split.train.histories
    products = split.train.products[histories.product]
    return list(zip(split.train.customers[histories.customer], products))


def test_time_cuts_all_customers_at_one_moment():
    split = make_split(shop(ROWS), ALL)
    assert learned(split) == [
        ("anna", "bread"),
        ("anna", "milk"),
        ("bob", "bread"),
        ("bob", "eggs"),
    ]
    assert relevant(split, "all") == {("anna", "bread"), ("anna", "eggs")}
    assert relevant(split, "discover") == {("anna", "eggs")}
    assert relevant(split, "buy-again") == {("anna", "bread")}


def test_every_pair_left_out_has_its_reason():
    pairs = make_split(shop(ROWS), ALL).pairs
    assert pairs["all"] == {
        "pairs": 4,
        "judged": 2,
        "unknown_customer": 1 / 4,
        "unknown_product": 1 / 4,
        "too_few_buyers": 0.0,
    }
    assert pairs["buy-again"]["pairs"] == 1


def test_products_stand_by_buyers_in_train_alone():
    split = make_split(shop(ROWS), ALL)
    assert list(split.train.products) == ["bread", "eggs", "milk"]
    assert list(make_split(shop(ROWS), SplitOptions(min_buyers=2)).train.products) == ["bread"]


def test_leave_last_holds_out_the_whole_last_order():
    split = make_split(shop(ROWS), SplitOptions("leave-last", min_buyers=1))
    assert relevant(split, "all") == {("anna", "bread"), ("anna", "eggs")}
    assert "carl" in split.train.customers  # one order only: nothing to hold out


def test_leave_last_with_rows_in_order_holds_out_the_last_row():
    data = shop(["anna bread", "bob jam", "bob bread", "anna jam"], "customer", "product")
    split = make_split(data, SplitOptions("leave-last", ordered=True, min_buyers=1))
    assert relevant(split, "all") == {("bob", "bread"), ("anna", "jam")}


def test_time_with_rows_in_order_holds_out_the_end_of_the_file():
    data = shop([f"anna p{i}" for i in range(8)] + ["bob p0", "anna p0"], "customer", "product")
    split = make_split(data, SplitOptions("time", ordered=True, min_buyers=1))
    assert relevant(split, "all") == {("anna", "p0")}


def test_time_of_rows_without_dates_is_said_to_be_of_rows():
    data = shop([f"anna p{i}" for i in range(8)] + ["bob p0", "anna p0"], "customer", "product")
    split = make_split(data, SplitOptions("time", ordered=True, min_buyers=1))
    assert split.words == "the last 20% of the rows, which stand in order, are held out"
    assert SplitOptions("time", ordered=True).of_data(dated=True).method == "time"
    with_days = make_split(shop(ROWS), SplitOptions("last-rows", min_buyers=1))
    assert "20% of the rows" in with_days.words


def test_of_the_rows_at_least_the_last_one_is_held_out():
    few = make_split(shop(ROWS), SplitOptions("last-rows", min_buyers=1)).train.histories
    for rows in (2, 1, 0):
        some = few.keep(few.row < np.sort(few.row)[rows : rows + 1])
        held = last_rows(some, SplitOptions("last-rows", test_share=0.01), None)
        assert held.sum() == min(rows, 1)


def test_the_last_share_of_each_customer_is_held_out():
    rows = [f"anna p{i}" for i in range(10)] + ["bob p1", "bob p2", "carl p3"]
    data = shop(rows, "customer", "product")
    split = make_split(data, SplitOptions("last-share", ordered=True, min_buyers=1))
    own = [("anna", f"p{i}") for i in range(8)]
    assert sorted(learned(split)) == [*own, ("bob", "p1"), ("carl", "p3")]
    assert "the last 20% of each customer's purchases" in split.words


def test_the_last_share_cuts_no_order_and_leaves_the_first():
    rows = ["anna a 1", "anna b 1", "anna c 2", "anna d 3", "anna e 3", "bob a 4", "bob b 5",
            "bob c 5", "bob d 5", "carl a 6", "carl b 6"]  # fmt: skip
    data = shop(rows, "customer", "product", "order")
    split = make_split(data, SplitOptions("last-share", ordered=True, min_buyers=1, test_share=0.4))
    assert sorted(learned(split)) == [
        ("anna", "a"), ("anna", "b"), ("anna", "c"), ("bob", "a"), ("carl", "a"), ("carl", "b")
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["time", "leave-last", "last-share", "last-rows"])
def test_without_time_the_order_must_be_promised(method: str):
    data = shop(["anna bread", "bob jam"], "customer", "product")
    with pytest.raises(ShopDataError, match="--ordered"):
        make_split(data, SplitOptions(method))


def test_random_is_the_same_for_a_seed_and_another_for_another():
    cuts = [make_split(planted(), SplitOptions("random", seed=seed)) for seed in (0, 0, 1)]
    same, again, other = (cut.test.toarray() for cut in cuts)
    assert np.array_equal(same, again)
    assert not np.array_equal(same, other)


def test_a_second_file_is_judged_with_two_columns_alone():
    train = shop(["anna bread", "anna milk", "bob bread"], "customer", "product")
    test = shop(["anna bread", "bob milk", "bob jam", "dora milk"], "customer", "product")
    split = make_split(train, SplitOptions("file", min_buyers=1), test)
    assert relevant(split, "discover") == {("bob", "milk")}
    assert relevant(split, "buy-again") == {("anna", "bread")}
    assert split.pairs["all"]["unknown_customer"] == 1 / 4
    assert split.pairs["all"]["unknown_product"] == 1 / 4


EARLIER = [
    "anna bread 2024-01-01",
    "anna milk 2024-02-01",
    "bob bread 2024-01-05",
    "bob milk 2024-03-01",
]


@pytest.mark.parametrize(
    ("test", "kind"),
    [
        (["anna jam 2024-03-02", "bob jam 2024-03-03"], "time"),
        (["anna jam 2024-02-02", "anna eggs 2024-02-03", "bob jam 2024-03-03"], "leave-last"),
        (["anna jam 2024-01-02", "anna eggs 2024-02-03", "bob jam 2024-01-03"], "random"),
    ],
)
def test_choices_are_made_on_a_cut_like_the_one_between_the_two_files(test: list[str], kind: str):
    columns = ("customer", "product", "time")
    split = make_split(
        shop(EARLIER, *columns), SplitOptions("file", min_buyers=1), shop(test, *columns)
    )
    train = split.train
    assert train.how.inner(train.histories) == kind


def test_an_unknown_split_names_the_known_ones():
    with pytest.raises(ShopDataError, match="time, leave-last, last-share, last-rows, random"):
        make_split(shop(ROWS), SplitOptions("weekly"))


def test_a_window_longer_than_the_data_says_what_to_lower():
    with pytest.raises(ShopDataError, match="Hold out fewer days"):
        make_split(shop(ROWS), SplitOptions(test_days=90))


def test_too_high_a_bar_for_products_says_so():
    with pytest.raises(ShopDataError, match="--min-buyers"):
        make_split(shop(ROWS), SplitOptions(min_buyers=50))


def test_the_validation_window_is_inside_training_and_shares_its_numbers():
    train = make_split(planted(), SplitOptions()).train
    window = train.validation()
    assert window is not None
    before, new = window
    assert before.histories.time is not None
    assert train.now is not None
    assert before.histories.time.max() < train.now - 31
    assert new.shape == (len(train.customers), len(train.products))
    assert new.multiply(before.histories.bought).nnz == 0


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 28)), min_size=2, max_size=60
    ),
    method=st.sampled_from(["time", "leave-last", "last-share", "last-rows", "random"]),
)
def test_no_pair_is_lost_and_no_test_purchase_is_learned(
    rows: list[tuple[int, int, int]], method: str
):
    lines = [f"c{c} p{p} 2024-01-{day:02d}" for c, p, day in rows]
    data = shop(lines, "customer", "product", "time")
    try:
        split = make_split(data, SplitOptions(method, test_days=7, min_buyers=1))
    except ShopDataError:
        return  # nothing on one side
    for counted in split.pairs.values():
        left_out = counted["unknown_customer"] + counted["unknown_product"]
        assert counted["judged"] + round(left_out * counted["pairs"]) == counted["pairs"]
    assert split.pairs["all"]["judged"] == split.relevant("all").nnz
    assert split.pairs["discover"]["judged"] == split.relevant("discover").nnz
    assert split.relevant("discover").nnz + split.relevant("buy-again").nnz == split.test.nnz
