"""Every exercise, with many seeds: its numbers suit it, its solution is right by its own marks."""

import math

import pytest

from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.marking import Kind, value

SEEDS, SLIPPED = range(30), range(4)


@pytest.mark.parametrize("name", EXERCISES.names())
def test_the_solution_is_marked_right_with_every_seed(name: str) -> None:
    for seed in SEEDS:
        found = EXERCISES.get(name)(seed)
        exact = found.solution()
        written = {b.name: f"{exact[b.name]:.{b.decimals}f}" for b in found.blanks}
        assert {one.kind for one in found.mark(written).values()} == {Kind.RIGHT}, seed


@pytest.mark.parametrize("name", EXERCISES.names())
def test_a_slip_is_never_marked_right(name: str) -> None:
    """With every seed each slip that shows makes a number that is marked as a slip."""
    for seed in SLIPPED:
        found = EXERCISES.get(name)(seed)
        assert found.sound(), seed
        exact = found.solution()
        written = {one: f"{x:.12f}" for one, x in exact.items()}
        for blank in found.blanks:
            slips = blank.slips if blank.ties else blank.all_slips(found.confused)
            for slip in slips:
                wrong = value(slip.expression, exact)
                if math.isfinite(wrong) and not slip.subtle:
                    marking = found.marking(written | {blank.name: f"{wrong:.12f}"})
                    assert marking.mark(blank, {}).kind is Kind.SLIP, (seed, blank.name, slip)


@pytest.mark.parametrize("name", EXERCISES.names())
def test_a_seed_is_an_exercise_and_another_seed_another(name: str) -> None:
    make = EXERCISES.get(name)
    assert make(1).rounded() == make(1).rounded()
    assert len({tuple(make(seed).rounded().values()) for seed in range(5)}) > 3


@pytest.mark.parametrize("name", EXERCISES.names())
def test_every_formula_stands_on_what_is_there_before_it(name: str) -> None:
    found = EXERCISES.get(name)(0)
    known = {one.name for one in found.given}
    for blank in found.blanks:
        assert blank.expression.names() <= known, blank.name
        assert blank.name not in known
        known.add(blank.name)


def test_an_unknown_exercise_names_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"network forward"):
        EXERCISES.get("network sideways")
