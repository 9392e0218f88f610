"""A recommender for a shop: a history as numbers, a network over it, and how to judge its lists."""

from itertools import pairwise

import numpy as np

from nn_core.course import groceries
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Number, Order, Sign
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.seen import Seen, pointed, trained
from nn_core.course.small_shop import of_best_sellers, small_shop
from nn_core.recommender.metrics import ndcg

SHOP = small_shop()
# How far below the best sellers' loss the task asks the network to come.
AHEAD = 0.4


def network(optimizer: str, rate: float, batch: int = 32) -> Start:
    """The network over the small shop, about to learn."""
    return one(SHOP, optimizer=optimizer, learning_rate=rate, batch_size=batch)


def of_the_shop() -> Numbers:
    """How large the network of a whole shop is."""
    inputs = groceries.PRODUCTS
    widths = (inputs, 64, 32, inputs)
    return {
        "products": inputs,
        "weights": sum((n + 1) * u for n, u in pairwise(widths)),
        "uniform": float(np.log(len(SHOP.classes))),
    }


def of_a_list() -> Numbers:
    """A list of five with its hits at ranks 1 and 4, where three products were right."""
    hits = np.array([[True, False, False, True, False]])
    gain = 1 + 1 / np.log2(5)
    ideal = 1 + 1 / np.log2(3) + 1 / np.log2(4)
    return {"gain": gain, "ideal": ideal, "ndcg": float(ndcg(hits, np.array([3]))[0])}


def as_answers(seed: int) -> Evidence:
    """Yes to the ten products of each list and no to the others: its accuracy less that of no."""
    split = groceries.parted(seed)
    bought = split.relevant("all")[groceries.asked(split, "all")].toarray() > 0
    listed = groceries.lists(groceries.network_scores(seed, "all"), split, "all")
    best = groceries.lists(groceries.model_scores("popularity", split, "all"), split, "all")
    named = np.zeros_like(bought)
    np.put_along_axis(named, listed, True, axis=1)
    right, nothing = float((named == bought).mean()), float((~bought).mean())
    hits, popular = (
        float(np.take_along_axis(bought, each, axis=1).sum(axis=1).mean())
        for each in (listed, best)
    )
    rate = float(bought.mean())
    numbers = {"listed": right, "nothing": nothing, "hits": hits, "rate": rate, "popular": popular}
    return Evidence(right - nothing, numbers | {"random": groceries.LENGTH * rate})


def yardsticks(seed: int) -> Evidence:
    """NDCG@10 of best sellers, own repeats and the network on what was bought in the last month."""
    split = groceries.parted(seed)
    scores = {
        name: groceries.model_scores(name, split, "all") for name in ("popularity", "repeats")
    } | {"network": groceries.network_scores(seed, "all")}
    found = {
        name: groceries.quality(each, split, "all")["ndcg@10"] for name, each in scores.items()
    }
    order = np.argsort([-value for value in found.values()])
    new = {
        f"new_{name}": groceries.quality(groceries.model_scores(name, split, "discover"), split,
                                         "discover")["ndcg@10"]
        for name in ("popularity", "ease")
    }  # fmt: skip
    once = groceries.quality(groceries.ever_bought(split, "all"), split, "all")["ndcg@10"]
    return Evidence(tuple(order.tolist()), found | new | {"once": once})


def flattery(seed: int) -> Evidence:
    """EASE on the same households: a random fifth held out, against the last 31 days; and the
    random fifth once more, with as many right products as the last 31 days have."""
    found: dict[str, float] = {}
    for method in ("time", "random"):
        split = groceries.parted(seed, method)
        scores = groceries.model_scores("ease", split, "all", regularization=250.0)
        found[method] = groceries.quality(scores, split, "all")["ndcg@10"]
        found[f"{method}_right"] = split.test.nnz / len(groceries.asked(split, "all"))
        if method == "random":
            rng, by_time = np.random.default_rng(seed), groceries.parted(seed)
            found["as_many"] = groceries.with_as_many(scores, split, by_time, rng)
    more = 100 * (found["random"] / found["time"] - 1)
    return Evidence(more, found | {"more": more})


def ahead(seen: Seen) -> Check:
    """The test loss lies well below that of the best sellers' shares."""
    same = of_best_sellers(seen.classes["train"], seen.classes["test"], len(SHOP.classes))
    found, wanted = seen.loss("test"), same - AHEAD
    said = f"the test loss is {found:.3f}; below {wanted:.3f} is asked for"
    return Check(found < wanted, f"{said} (the best sellers' shares have {same:.3f}).")


LESSONS.add(
    "recommender",
    Lesson(
        minutes=14,
        parts=(
            Read("a history as numbers", of_the_shop),
            Live(
                "a shop of eight products",
                network("adam", 0.01),
                (
                    Notice(("#network", "#side"), pointed),
                    Notice(("#curves",), trained(100)),
                    Notice(("dense_3/a[0]", "dense_3/a[4]", "#side"), pointed),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("a list as answers", Measured(as_answers), Sign()),
            Read("how good a list is", of_a_list),
            Predict("yardsticks", Measured(yardsticks), Order()),
            Predict("a random fifth", Measured(flattery), Number(-100.0, 100.0, " %")),
            Read("in the shop", show="open-shop"),
            Task(
                "ahead of the best sellers",
                network("sgd", 0.001, batch=500),
                ahead,
                answer=network("adam", 0.01),
                updates=150,
                hide=("panels",),
            ),
            ByHand("a list by hand", "ndcg"),
        ),
    ),
)
