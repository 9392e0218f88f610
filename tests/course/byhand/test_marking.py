"""Answers are marked for what they are: right, following, slipped at a term, wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.course.byhand.applied import Slope, apply
from nn_core.course.byhand.exercise import Exercise, Given
from nn_core.course.byhand.expressions import Symbol, symbols
from nn_core.course.byhand.marking import Blank, Kind, Mark, number

w, x, b, z, h = symbols("w x b z h")
VALUES = {"w": 0.5, "x": 3.0, "b": -0.2, "u": 0.7}
TINY = Exercise(
    tuple(Given(name, value) for name, value in VALUES.items()),
    (
        Blank("z", w * x + b),
        Blank("h", apply("tanh", z)),
        Blank("dz", h * Slope("tanh", z, h)),
    ),
    confused={"w": "u"},
)
RIGHT = {"z": "1.3", "h": "0.862", "dz": "0.222"}


def mark(**answers: str) -> dict[str, Mark]:
    return TINY.mark(answers)


def test_the_rounded_solution_is_right() -> None:
    assert [one.kind for one in mark(**RIGHT).values()] == [Kind.RIGHT] * 3


@pytest.mark.parametrize(
    ("blank", "answer", "says"),
    [
        ("z", "1.5", "without $b$"),
        ("z", "-0.2", "without $w \\cdot x$"),
        ("z", "1.7", "wrong sign before $b$"),
        ("z", "2.8", "without the factor $w$"),
        ("z", "0.3", "without the factor $x$"),
        ("z", "-1.3", "sign of the whole"),
        ("z", "1.9", "with $u$ in place of $w$"),
        ("h", "1.3", r"$z$ in place of $\tanh\left(z\right)$: the function is missing"),
        ("h", "0.786", r"$\sigma\left(z\right)$ in place of"),
        ("h", "0.86", "3 decimals are asked for"),
        ("h", "0.861", "round, do not cut"),
        ("dz", "0.862", "without the derivative of the activation, $1 - h^{2}$"),
        ("dz", "-0.595", "taken at $z$; it belongs at $h$"),
        ("dz", "0.103", r"$h \cdot \left(1 - h\right)$ in place of"),
    ],
)
def test_a_slip_is_named_by_its_term(blank: str, answer: str, says: str) -> None:
    found = mark(**RIGHT | {blank: answer})[blank]
    assert found.kind is Kind.SLIP
    assert says in found.latex()


@pytest.mark.parametrize("answer", ["1", "0", "0.0"])
def test_a_bare_zero_or_one_is_no_beginning_of_an_answer(answer: str) -> None:
    assert "decimals" not in mark(**RIGHT | {"h": answer, "dz": answer})["dz"].says
    assert "decimals" not in mark(**RIGHT | {"h": answer})["h"].says


def test_what_follows_from_a_wrong_number_is_told_from_what_is_wrong() -> None:
    marks = mark(z="1.5", h="0.905", dz="0.5")
    assert [one.kind for one in marks.values()] == [Kind.SLIP, Kind.FOLLOWS, Kind.WRONG]
    assert "your $z$" in marks["h"].latex()


def test_what_follows_may_slip_with_ones_own_numbers() -> None:
    assert "tanh" in mark(z="1.5", h="1.5")["h"].latex()


def test_the_right_answer_by_rounded_numbers_is_right() -> None:
    """From z = 1.3004 written as 1.300, and the other way, with the exact one."""
    third = Exercise(
        (Given("x", 1.0),),
        (Blank("y", x / Symbol("three")), Blank("z", Symbol("y") * Symbol("large"))),
    )
    third = Exercise((*third.given, Given("three", 3.0), Given("large", 60.0)), third.blanks)
    for answer in ("20", "19.98"):
        assert third.mark({"y": "0.333", "z": answer})["z"].kind is Kind.RIGHT
    assert third.mark({"y": "0.333", "z": "19.9"})["z"].kind is Kind.WRONG


@pytest.mark.parametrize("text", ["abc", "1,234.5", "1/2", "nan", "inf", "1e999", "--1", "."])
def test_what_is_no_number_says_what_one_looks_like(text: str) -> None:
    found = mark(z=text)["z"]
    assert found.kind is Kind.UNREADABLE
    assert "-0.25" in found.says


def test_an_empty_blank_is_no_fault_of_the_next() -> None:
    marks = mark(z=" ", h="0.862")
    assert [marks["z"].kind, marks["h"].kind] == [Kind.EMPTY, Kind.RIGHT]


@given(st.decimals(-1000, 1000, places=3))
def test_point_comma_and_minus_of_print_are_read_alike(value: object) -> None:
    text = str(value)
    assert number(text) == float(text)
    assert number(text.replace(".", ",").replace("-", "\N{MINUS SIGN}")) == float(text)
