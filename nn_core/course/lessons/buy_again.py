"""Will this customer buy again? Eight numbers, a network, and what its answers are worth."""

import numpy as np

from nn_core.course.buying import curves
from nn_core.course.buying.customers import NUMBERS
from nn_core.course.buying.learning import answered, permutation, question, without
from nn_core.course.buying.logistic import BENT, CURVED, probabilities
from nn_core.course.buying.stage import Customers
from nn_core.course.buying.year import moments
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Numbers, Predict, Read, Task
from nn_core.course.questions import Choice, Number
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.seen import Seen, pointed, trained
from nn_core.course.shared import answer

COST, MARGIN = 1.0, 12.0
LATEST, ORDERS, SPEND, BASKET = (
    list(NUMBERS).index(name)
    for name in ("days since last order", "orders", "spend", "basket size")
)
# What else knows how often somebody comes.
ALIKE = (
    ORDERS,
    SPEND,
    *(list(NUMBERS).index(name) for name in ("categories", "gap between orders")),
)
# What a network must reach on the stage, as a share of the loss of one number for everybody.
PART = 0.7


def network(optimizer: str, rate: float) -> Start:
    """The eight numbers on the stage, about to be learnt."""
    return one(Customers(), optimizer=optimizer, learning_rate=rate, batch_size=32)


def rates() -> Numbers:
    """How often each question is answered with yes, in the month that is judged."""
    learnt, judged = moments()
    found = {name: float(y.mean()) for name, y in judged.y.items()}
    return found | {"customers": len(judged.customers), "before": len(learnt.customers)}


def of_everybody() -> Numbers:
    """The two orders of customers: how good they are, and how a mean customer fares."""
    asked, found = question("month"), answered("month", 1)
    return {
        "area": curves.area(found.probability, asked.test_y),
        "said": float(found.probability.mean()),
        "came": float(asked.test_y.mean()),
    }


def nearly_always_right(seed: int) -> Evidence:
    """Flowers: the network's accuracy beside that of saying no to everybody."""
    asked, p = question("flowers"), answered("flowers", seed).probability
    named, bought = p > 0.5, asked.test_y > 0
    accuracy, nobody = float((named == bought).mean()), float((~bought).mean())
    better = accuracy > nobody + 0.005
    worse = accuracy < nobody - 0.005
    return Evidence(
        0 if better else 2 if worse else 1,
        {
            "accuracy": accuracy,
            "nobody": nobody,
            "buyers": int(bought.sum()),
            "found": int((named & bought).sum()),
            "area": curves.area(p, asked.test_y),
        },
    )


def who_wins(seed: int) -> Evidence:
    """The network less logistic regression, area under the ROC curve, on three questions."""
    rng, numbers = np.random.default_rng(seed), dict[str, float]()
    for label in ("month", "flowers"):
        y, p = question(label).test_y, answered(label, seed).probability
        mean, low, high = curves.area_apart(p, probabilities()[label], y, rng)
        numbers |= {f"{label}_apart": mean, f"{label}_low": low, f"{label}_high": high}
        curved = curves.area(probabilities()[f"{label} {CURVED}"], y)
        numbers |= {f"{label}_network": curves.area(p, y), f"{label}_curved": curved}
    flowers = question("flowers")
    learnt = answer(answered("flowers", seed).network, flowers.x)[:, 0].astype(np.float64)
    numbers["flowers_learnt"] = curves.area(learnt, flowers.y)
    month, bent = (probabilities()[name] for name in ("month", f"month {BENT}"))
    numbers["linear"], numbers["bent"] = (
        curves.area(each, question("month").test_y) for each in (month, bent)
    )
    right = question("month").test_y > 0
    numbers["accuracy"] = float(((answered("month", seed).probability > 0.5) == right).mean())
    numbers["linear_accuracy"] = float(((month > 0.5) == right).mean())
    ahead = 0 if numbers["month_low"] > 0 else 1 if numbers["month_high"] < 0 else 2
    return Evidence(ahead, numbers)


def worth_a_letter(seed: int) -> Evidence:
    """Flowers: whom the break-even threshold chooses, and what it brings against writing to all."""
    y, p = question("flowers").test_y, answered("flowers", seed).probability
    chosen = p > COST / MARGIN
    everybody = MARGIN * y.sum() - COST * len(y)
    some = MARGIN * y[chosen].sum() - COST * chosen.sum()
    numbers = {
        "threshold": COST / MARGIN,
        "chosen": int(chosen.sum()),
        "everybody": float(everybody),
        "some": float(some),
        "came": float(y[chosen].mean()),
    }
    return Evidence(100 * float(chosen.mean()), numbers | {"share": float(chosen.mean())})


def least_done_without(seed: int) -> Evidence:
    """By how much the loss grows when one input is shuffled; the largest of four."""
    asked, model = question("month"), answered("month", seed).network
    rng = np.random.default_rng(seed)
    growth = permutation(model, asked.test_x, asked.test_y, rng)
    few = {"latest": LATEST, "orders": ORDERS, "spend": SPEND, "basket": BASKET}
    found = {name: float(growth[at]) for name, at in few.items()}
    whole = float(curves.loss(answered("month", seed).probability, asked.test_y).mean())
    together = without(model, asked.test_x, asked.test_y, ALIKE, rng)
    numbers = found | {"loss": whole, "together": together}
    return Evidence(int(np.argmax(list(found.values()))), numbers)


def told_apart(seen: Seen) -> Check:
    """The test loss lies well below that of one probability for everybody."""
    y = seen.classes["test"]
    share = float(y.mean())
    same = float(curves.loss(np.full(len(y), share), y).mean())
    found, wanted = seen.loss("test"), PART * same
    said = f"the test loss is {found:.3f}; below {wanted:.3f} is asked for"
    return Check(found < wanted, f"{said} (one probability for everybody has {same:.3f}).")


LESSONS.add(
    "buy-again",
    Lesson(
        minutes=15,
        parts=(
            Read("eight numbers", rates),
            Live(
                "the network",
                network("adam", 0.001),
                (
                    Notice(("#network", "#side"), pointed),
                    Notice(("#curves",), trained(100)),
                    Notice(("dense_3/kernel[0,0]",), trained(300)),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("ninety-five per cent", Measured(nearly_always_right), Choice()),
            Predict("who wins", Measured(who_wins), Choice()),
            Read("an order and a probability", of_everybody, show="campaign"),
            Predict("a letter", Measured(worth_a_letter), Number(0.0, 100.0, " %")),
            Predict("what it cannot do without", Measured(least_done_without), Choice()),
            Read("one customer", show="one-customer"),
            Task(
                "tell them apart",
                network("sgd", 0.0001),
                told_apart,
                answer=network("adam", 0.01),
                updates=400,
                hide=("panels",),
            ),
            ByHand("eight letters", "confusion"),
        ),
    ),
)
