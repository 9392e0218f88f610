"""The lines of an optimizer's rule for one weight can be recomputed from the numbers in them."""

import math
import re

import pytest

from nn_core.network import Sequential
from nn_core.rule_lines import Line, Number, rule_lines
from tests.engine.cases import data, network
from tests.engine.test_lines import RULES

FUNCTIONS = {
    "sqrt": math.sqrt,
    "max": max,
    "min": min,
    "sign": lambda v: (v > 0) - (v < 0),
    "abs": abs,
}
# Between two things that stand side by side is a product: "0.9 v", "0.5 (1 - 0.9)", ") (".
PRODUCT = re.compile(r"(?<=[\d)]) +(?=[\d(a-z])(?!\*)")


def recomputed(line: Line) -> float:
    """The right-hand side as somebody reads it off the page."""
    text = "".join(f"({p.value!r})" if isinstance(p, Number) else p for p in line.parts)
    assert not re.search(r"[A-Za-z]", re.sub(r"sqrt|max|min|sign|e-\d", "", text)), text
    text = PRODUCT.sub(" * ", re.sub(r"\|(.*?)\|", r"abs(\1)", text)).replace("^", "**")
    return eval(text, {"__builtins__": {}}, FUNCTIONS)  # noqa: S307  our own equations


def steps(model: Sequential, updates: int) -> None:
    for _ in range(updates):
        model.train_on_batch(*data("mse"))


@pytest.mark.parametrize("weight", ["dense_1/kernel[2,3]", "dense_2/bias[1]"])
@pytest.mark.parametrize("name", RULES)
def test_every_line_follows_from_its_numbers_and_the_last_is_the_step(
    name: str, weight: str
) -> None:
    model = network(optimizer=RULES[name])
    steps(model, 3)
    lines = rule_lines(model, weight, *data("mse"))
    for line in lines:
        # Nadam's 0.96 and Adam's powers go through float32, as in Keras.
        assert recomputed(line) == pytest.approx(line.result, rel=1e-6, abs=1e-12), line
    before = model.weights.vector.copy()
    moved = [line for line in lines if line.symbol == "w"][-1].result
    array, index = weight[:-1].split("[")
    assert (model.weights.vector == before).all()
    steps(model, 1)
    assert model.named_weights[array][tuple(map(int, index.split(",")))] == moved


def test_a_line_names_what_it_reads_and_goes_on_with_what_it_wrote() -> None:
    model = network(optimizer=RULES["adadelta"])
    steps(model, 2)
    lines = {line.symbol: line for line in rule_lines(model, "dense_1/bias[0]", *data("mse"))}
    assert list(lines) == ["v", "d", "u", "w"]
    given = {p.symbol: p.value for p in lines["d"].parts if isinstance(p, Number)}
    assert given["v"] == lines["v"].result
    assert given["u"] != lines["u"].result
    assert Number("d", lines["d"].result) in lines["w"].parts


def test_a_wrong_number_is_found() -> None:
    line = Line("w", "w - learning_rate g", (Number("w", 1.0), " - ", Number("g", 0.5)), 0.25)
    assert recomputed(line) != pytest.approx(line.result)
