"""What can go wrong outside the notebook: leakage, privacy, popularity, explanations, cost."""

import numpy as np

from nn_core.course import groceries
from nn_core.course.buying.customers import NUMBERS
from nn_core.course.buying.learning import answered, explained, question, without
from nn_core.course.buying.stage import Leaking
from nn_core.course.lesson import LESSONS, Lesson
from nn_core.course.outside import alone, leaking, multiplications, tail
from nn_core.course.parts import ByHand, Check, Live, Measured, Notice, Predict, Read, Task
from nn_core.course.questions import Number, Sign
from nn_core.course.scenario import Evidence, Start, one
from nn_core.course.seen import Seen, changed, trained
from nn_core.live.run import Change, Script

LEAK = "dense_1/kernel[7,0]"
ENOUGH = 0.7
ASKED = 60


def neuron(script: Script | None = None) -> Start:
    """One neuron over the customers, one of whose inputs comes from after the cut."""
    return one(Leaking(), script, optimizer="adam", learning_rate=0.01, batch_size=32)


def leak(seed: int) -> Evidence:
    """The area under the ROC curve with the leak, as it is reported; and in use."""
    found = leaking(seed)
    return Evidence(found["in_use"] - found["honest"], found)


def alone_by_eight(seed: int) -> Evidence:
    """How many households are the only ones with eight of their products."""
    split = groceries.parted(seed)
    found = {k: alone(split, k, np.random.default_rng(seed)) for k in (4, 8)}
    return Evidence(100 * found[8], {"four": found[4], "eight": found[8]})


def rare_on_lists(seed: int) -> Evidence:
    """The share of places that go to products outside of the best-selling fifth."""
    split = groceries.parted(seed)
    scores = groceries.network_scores(seed, "all"), groceries.model_scores("repeats", split, "all")
    found, own = (tail(split, groceries.lists(each, split, "all")) for each in scores)
    return Evidence(100 * found["listed"], found | {"repeats": own["listed"]})


def two_reasons(seed: int) -> Evidence:
    """Two networks that differ in their first weights: for how many customers they name another
    number as the most important one."""
    pairs = [[explained("month", s, at) for s in (seed, seed + 1)] for at in range(ASKED)]
    first = [[int(np.abs(each.shares).argmax()) for each in pair] for pair in pairs]
    other = float(np.mean([a != b for a, b in first]))
    apart = float(np.mean([abs(a.answer - b.answer) for a, b in pairs]))
    asked, at = question("month"), list(NUMBERS).index("spend")
    spend = {
        f"{name}_spend": without(
            answered("month", s).network,
            asked.test_x,
            asked.test_y,
            (at,),
            np.random.default_rng(s),
        )
        for name, s in (("first", seed), ("second", seed + 1))
    }
    return Evidence(100 * other, {"other": other, "apart": apart, "customers": ASKED, **spend})


def cost(seed: int) -> Evidence:
    """Multiplications to score one customer over 8,000 products, EASE's for one of the network."""
    found = multiplications(8_000)
    return Evidence(found["ease"] / found["network"], found)


def without_the_leak(seen: Seen) -> Check:
    """The neuron does without what it cannot know, and still tells customers apart."""
    weight, right = seen.weight(LEAK), seen.accuracy("test")
    said = (
        f"the weight of the leak is {weight:.2f}, and {right:.0%} of the test customers are right"
    )
    return Check(
        abs(weight) < 0.01 and right >= ENOUGH, f"{said}; 0 and {ENOUGH:.0%} are asked for."
    )


LESSONS.add(
    "outside",
    Lesson(
        minutes=15,
        parts=(
            Read("five things"),
            Live(
                "a number from the future",
                neuron(),
                (
                    Notice((LEAK, "#curves"), trained(300)),
                    Notice((LEAK, "#curves", "#strip"), changed(LEAK)),
                ),
                hide=("optimizer", "batch", "panels"),
            ),
            Predict("in use", Measured(leak), Sign()),
            Predict("eight products", Measured(alone_by_eight), Number(0.0, 100.0, " %")),
            Predict("the rich get richer", Measured(rare_on_lists), Number(0.0, 100.0, " %")),
            Predict("two reasons", Measured(two_reasons), Number(0.0, 100.0, " %")),
            Predict(
                "what a list costs",
                Measured(cost, chance=False),
                Number(1.0, 1_000.0, " times", "log"),
            ),
            Read("counted"),
            ByHand("by hand", "outside"),
            Task(
                "without the leak",
                neuron(),
                without_the_leak,
                answer=neuron(Script((Change(100, weight=LEAK, value=0.0),))),
                updates=100,
                hide=("panels",),
            ),
        ),
    ),
)
