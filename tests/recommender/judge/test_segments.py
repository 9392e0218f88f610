"""Who is in which group, by hand, and what is said of groups that are too small."""

import pytest

from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.judge.evaluate import evaluate
from nn_core.recommender.judge.segmented import ENOUGH, Segmented
from nn_core.recommender.judge.segments import segments
from nn_core.recommender.judge.standing import Entry, Standing
from nn_core.recommender.models import make_model
from nn_core.recommender.split import Split, make_split
from tests.recommender.shops import planted, shop

HISTORY = [
    *(f"anna bread 2024-0{month}-01 a{month}" for month in (1, 2, 3, 4, 5)),
    "anna milk 2024-05-01 a5",
    "bob bread 2024-01-05 b1",
    "bob eggs 2024-01-05 b1",
    "cleo bread 2024-05-20 c1",
    "cleo milk 2024-05-21 c2",
    "dora bread 2024-03-01 d1",
    "dora jam 2024-04-01 d2",
    "dora bread 2024-05-30 d3",
]
AFTER = ["anna jam 2024-06-30 a9", "bob jam 2024-06-29 b9", "bob milk 2024-06-29 b9"]


@pytest.fixture(scope="module")
def by_hand() -> Split:
    return make_split(shop([*HISTORY, *AFTER]), SplitOptions(min_buyers=1, test_days=30))


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("light", {"bob", "cleo"}),  # 1 and 2 orders; dora has 3, anna 5
        ("middle", {"dora"}),
        ("heavy", {"anna"}),
        ("new", {"cleo"}),  # the last purchase before the cut is of 30 May
        ("lapsed", {"bob"}),
    ],
)
def test_who_is_in_a_group(by_hand: Split, name: str, who: set[str]):
    found = {segment.name: segment for segment in segments(by_hand)}
    assert set(by_hand.train.customers[found[name].customers]) == who


def test_the_head_is_the_best_selling_fifth(by_hand: Split):
    """Four products, bread sold most: a fifth of four is one."""
    found = {segment.name: segment.products for segment in segments(by_hand)}
    assert found["head"] is not None
    assert list(by_hand.train.products[found["head"]]) == ["bread"]


def test_without_dates_nobody_is_new_or_lapsed():
    data = shop(["anna bread", "bob jam", "bob bread", "anna jam"] * 9, "customer", "product")
    found = segments(make_split(data, SplitOptions("random", min_buyers=1)))
    assert {segment.name for segment in found} == {"light", "middle", "heavy", "head", "tail"}


@pytest.fixture(scope="module")
def judged() -> tuple[Segmented, Split]:
    split = make_split(planted(), SplitOptions())
    names = ("popularity", "item-knn")
    judgements = [
        evaluate(make_model(name).learn(split.train), split)["discover"] for name in names
    ]
    standing = Standing.of([Entry(name, name) for name in names], judgements)
    return Segmented.of(standing, judgements, split), split


def test_a_group_of_everybody_is_everybody(judged: tuple[Segmented, Split]):
    groups, _ = judged
    told = groups.to_json()
    size = {group["name"]: group["customers"] for group in told["groups"]}
    judges = groups.standing.customers
    assert size["light"] + size["middle"] + size["heavy"] == judges
    cells = [told["models"]["item-knn"][name]["ndcg@10"] for name in ("light", "middle", "heavy")
             if name in told["models"]["item-knn"]]  # fmt: skip
    assert cells
    assert all(cell["low"] <= cell["mean"] <= cell["high"] for cell in cells)


def test_small_groups_are_named_and_not_told(judged: tuple[Segmented, Split]):
    groups, _ = judged
    told = groups.to_json()
    for group in told["groups"]:
        assert group["told"] == (group["customers"] >= ENOUGH)
        assert (group["name"] in told["models"]["popularity"]) == group["told"]
    assert any(not group["told"] for group in told["groups"])


def test_differences_are_to_the_simple_method_and_corrected_for_all_cells(
    judged: tuple[Segmented, Split],
):
    groups, _ = judged
    told = groups.to_json()
    assert told["against"] == "popularity"
    assert told["models"]["popularity"]["head"]["ndcg@10"]["difference"] is None
    cell = told["models"]["item-knn"]["tail"]["ndcg@10"]
    base = told["models"]["popularity"]["tail"]["ndcg@10"]
    assert cell["difference"]["mean"] == pytest.approx(cell["mean"] - base["mean"])
    assert cell["difference"]["comparisons"] == len(groups.kept)
