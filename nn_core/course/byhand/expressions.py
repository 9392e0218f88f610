"""Formulas as trees: each can be computed, written down, and gone wrong with as learners do.

z = Symbol("w") * Symbol("x") + Symbol("b")
z.value({"w": 0.5, "x": 2.0, "b": 0.1})      1.1
z.latex(), z.latex({"w": 0.5, ...})          in symbols, with the numbers in their places
[slip.sentence for slip in z.slips()]        without w x, b with the wrong sign, ...
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast

from nn_core.course.byhand.notation import HTML, LATEX, Notation
from nn_core.registry import Registry

Values = Mapping[str, float]
Confused = Mapping[str, str]
# What binds how strongly: a part that binds less than its place asks for stands in brackets.
SIGNED, SUM, PRODUCT, POWER, ATOM = range(5)
NOTHING: Mapping[str, str] = {}


class Expression(ABC):
    """A formula. parts: the formulas in it, a field of every kind that has some."""

    parts: tuple[Expression, ...] = ()
    # What it is as a factor, where one is left out.
    called: ClassVar[str] = "the factor {0}"

    @abstractmethod
    def value(self, values: Values) -> float:
        """The number it comes to. Raises KeyError for a symbol without a number."""

    @abstractmethod
    def write(self, how: Notation, values: Values | None) -> str:
        """In symbols, or with the numbers in their places."""

    def level(self, values: Values | None) -> int:
        return ATOM

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        """What goes wrong at this very place."""
        yield from ()

    def slips(self, confused: Confused = NOTHING) -> Iterator[Slip]:
        """Every formula that one slip makes of this one; confused: a symbol -> one taken for it."""
        yield from self.own_slips(confused)
        for place, part in enumerate(self.parts):
            for slip in part.slips(confused):
                yield replace(slip, expression=self.swapped(place, slip.expression))

    def swapped(self, place: int, *others: Expression) -> Expression:
        """The same with other parts, or with none, at a place."""
        parts = (*self.parts[:place], *others, *self.parts[place + 1 :])
        return cast(Expression, replace(cast(Any, self), parts=parts))

    def names(self) -> frozenset[str]:
        """The symbols in it."""
        return frozenset[str]().union(*(part.names() for part in self.parts))

    def inside(self, least: int, how: Notation, values: Values | None) -> str:
        """As a part of another formula, in brackets where they are needed."""
        text = self.write(how, values)
        return text if self.level(values) >= least else how.brackets.format(text)

    def latex(self, values: Values | None = None) -> str:
        return self.write(LATEX, values)

    def html(self, values: Values | None = None) -> str:
        return self.write(HTML, values)

    def __add__(self, other: Expression) -> Expression:
        return OPERATORS.get("+")(self, other)

    def __sub__(self, other: Expression) -> Expression:
        return OPERATORS.get("-")(self, other)

    def __mul__(self, other: Expression) -> Expression:
        return OPERATORS.get("*")(self, other)

    def __truediv__(self, other: Expression) -> Expression:
        return OPERATORS.get("/")(self, other)

    def __pow__(self, exponent: float) -> Expression:
        return OPERATORS.get("**")(self, Constant(exponent))

    def __neg__(self) -> Expression:
        return OPERATORS.get("negative")(self)


OPERATORS: Registry[Callable[..., Expression]] = Registry("operator")


@dataclass(frozen=True)
class Slip:
    """A formula gone wrong, and a sentence in which {0}, {1} stand for `terms`.

    subtle: with some numbers the slip does not show, and that is no fault of the exercise.
    """

    expression: Expression
    sentence: str
    terms: tuple[Expression, ...] = ()
    subtle: bool = False


@dataclass(frozen=True)
class Symbol(Expression):
    """A number by its name: `w_21`, `dh_1`, `b'`."""

    name: str

    def value(self, values: Values) -> float:
        return values[self.name]

    def write(self, how: Notation, values: Values | None) -> str:
        return how.symbol(self.name) if values is None else how.number(values[self.name])

    def level(self, values: Values | None) -> int:
        return SIGNED if values is not None and values[self.name] < 0 else ATOM

    def names(self) -> frozenset[str]:
        return frozenset([self.name])

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        if self.name in confused:
            other = Symbol(confused[self.name])
            yield Slip(other, "That is with {0} in place of {1}.", (other, self))


@dataclass(frozen=True)
class Constant(Expression):
    """A number that belongs to the formula itself."""

    number: float

    def value(self, values: Values) -> float:
        return self.number

    def write(self, how: Notation, values: Values | None) -> str:
        return how.number(self.number)


def symbols(names: str) -> tuple[Symbol, ...]:
    """Several symbols at once, spaces between their names."""
    return tuple(Symbol(name) for name in names.split())
