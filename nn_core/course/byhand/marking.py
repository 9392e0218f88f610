"""Answers marked: right, right by the learner's own earlier numbers, or gone wrong at which term.

An answer may be half a unit of its last decimal off, and as much more as the rounding of the
answers that went into it can move it.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from nn_core.course.byhand.arithmetic import Negative
from nn_core.course.byhand.expressions import NOTHING, Expression, Slip, Symbol

FORM = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?")


class Kind(StrEnum):
    """How good an answer is."""

    RIGHT = "right"
    FOLLOWS = "follows"
    SLIP = "slip"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    EMPTY = "empty"


@dataclass(frozen=True)
class Mark:
    """says: a sentence in which {0}, {1} stand for `terms`."""

    kind: Kind
    says: str
    terms: tuple[Expression, ...] = ()

    def latex(self) -> str:
        """The sentence in Markdown, its terms as LaTeX."""
        return self.says.format(*(f"${term.latex()}$" for term in self.terms))

    def html(self) -> str:
        """The sentence, its terms as HTML."""
        return self.says.format(*(term.html() for term in self.terms))


@dataclass(frozen=True)
class Blank:
    """A number to be found: its symbol, its formula, and the decimals asked for; 0 for a count.

    slips       what goes wrong with it beyond the slips that any formula has
    may_vanish  it may well be 0, as what comes out of a ReLU
    ties        a slip of its formula may change nothing, as in a sum with zeros; `slips` never
    """

    name: str
    expression: Expression
    decimals: int = 3
    slips: tuple[Slip, ...] = ()
    may_vanish: bool = False
    ties: bool = False

    @property
    def half(self) -> float:
        """Half a unit of the last decimal; a count is exact."""
        return 0.5 * 10.0**-self.decimals if self.decimals else 0.0

    def all_slips(self, confused: Mapping[str, str]) -> Iterator[Slip]:
        yield from self.slips
        yield Slip(Negative((self.expression,)), "The sign of the whole is wrong.")
        yield from self.expression.slips(confused)


@dataclass(frozen=True)
class Marking:
    """One set of answers beside the truth. exact, own: with the solution's, and the learner's."""

    blanks: tuple[Blank, ...]
    exact: Mapping[str, float]
    answers: Mapping[str, str]
    confused: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @cached_property
    def own(self) -> dict[str, float]:
        read = {b.name: number(self.answers.get(b.name, "")) for b in self.blanks}
        return dict(self.exact) | {name: x for name, x in read.items() if x is not None}

    def marks(self) -> dict[str, Mark]:
        """Every blank's mark, in the order of the blanks."""
        done: dict[str, Mark] = {}
        for blank in self.blanks:
            done[blank.name] = self.mark(blank, done)
        return done

    def mark(self, blank: Blank, earlier: Mapping[str, Mark]) -> Mark:
        text = self.answers.get(blank.name, "").strip()
        given = number(text)
        if not text:
            return Mark(Kind.EMPTY, "Still empty.")
        if given is None:
            return Mark(Kind.UNREADABLE, "No number: write it like -0.25 or 3,5.")
        if self.fits(blank, blank.expression, given, self.exact):
            return Mark(Kind.RIGHT, "Right.")
        if self.fits(blank, blank.expression, given, self.own):
            return follows(blank, earlier)
        return self.coarse(blank, text, given) or self.slip(blank, given) or WRONG

    def fits(
        self, blank: Blank, expression: Expression, given: float, values: Mapping[str, float]
    ) -> bool:
        """Whether the formula comes to the answer, within what rounding allows."""
        expected = value(expression, values)
        room = blank.half + self.spread(expression, values) + 1e-9
        return math.isfinite(expected) and abs(given - expected) <= room

    def spread(self, expression: Expression, values: Mapping[str, float]) -> float:
        """How far the rounding of earlier answers can move a formula."""
        centre, names = value(expression, values), expression.names()
        moved = (
            value(expression, {**values, b.name: values[b.name] + b.half}) - centre
            for b in self.blanks
            if b.name in names
        )
        return sum(abs(step) for step in moved if math.isfinite(step))

    def coarse(self, blank: Blank, text: str, given: float) -> Mark | None:
        """Right but for its decimals: too few, or cut off in place of rounded."""
        for values in (self.exact, self.own):
            expected = value(blank.expression, values)
            if not math.isfinite(expected):
                continue
            written = decimals(text)
            # A bare 0 or 1 says too little to be called a beginning.
            short = given != 0 and 1 <= written < blank.decimals
            if short and math.isclose(round(expected, written), given):
                said = f"So far so good, but {blank.decimals} decimals are asked for."
                return Mark(Kind.SLIP, said)
            if abs(given - expected) <= 2 * blank.half:
                return Mark(Kind.SLIP, "The last decimal is off: round, do not cut.")
        return None

    def slip(self, blank: Blank, given: float) -> Mark | None:
        """The first slip that makes this very number, and how many others do."""
        made = [
            slip
            for slip in blank.all_slips(self.confused)
            if any(self.fits(blank, slip.expression, given, by) for by in (self.exact, self.own))
        ]
        if not made:
            return None
        more = len(made) - 1
        others = f" (Or {more} other slip{'s' if more > 1 else ''}.)" if more else ""
        return Mark(Kind.SLIP, made[0].sentence + others, made[0].terms)


WRONG = Mark(Kind.WRONG, "Not this number: check each term.")


def follows(blank: Blank, earlier: Mapping[str, Mark]) -> Mark:
    """Right by the learner's own numbers; which of these are not right."""
    wrong = [
        Symbol(name)
        for name, mark in earlier.items()
        if name in blank.expression.names() and mark.kind not in (Kind.RIGHT, Kind.EMPTY)
    ]
    listed = " and ".join(f"{{{place}}}" for place in range(len(wrong)))
    return Mark(Kind.FOLLOWS, f"Right with your {listed}: mend that first.", tuple(wrong))


def number(text: str) -> float | None:
    """A decimal point or comma, a sign, an exponent; None for anything else."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    return float(text.replace(",", ".")) if FORM.fullmatch(text) else None


def decimals(text: str) -> int:
    """How many digits stand behind the point or comma."""
    return len(re.split("[.,]", text)[1]) if re.search("[.,]", text) else 0


def value(expression: Expression, values: Mapping[str, float]) -> float:
    """What a formula comes to, or not-a-number where a slip leads out of its range."""
    try:
        return expression.value(values)
    except (ArithmeticError, ValueError):
        return math.nan
