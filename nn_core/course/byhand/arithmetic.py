"""Sums, products, quotients and powers, and how each goes wrong."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from nn_core.course.byhand.expressions import (
    ATOM,
    OPERATORS,
    POWER,
    PRODUCT,
    SIGNED,
    SUM,
    Confused,
    Expression,
    Slip,
    Values,
)
from nn_core.course.byhand.notation import Notation

WITHOUT = "That is without {0}."


@dataclass(frozen=True)
class Negative(Expression):
    """-x."""

    parts: tuple[Expression, ...]

    def value(self, values: Values) -> float:
        return -self.parts[0].value(values)

    def write(self, how: Notation, values: Values | None) -> str:
        return how.minus + self.parts[0].inside(PRODUCT, how, values)

    def level(self, values: Values | None) -> int:
        return SIGNED


@dataclass(frozen=True)
class Sum(Expression):
    """x + y + ..., with a minus where a part is a Negative."""

    parts: tuple[Expression, ...]

    def value(self, values: Values) -> float:
        return math.fsum(part.value(values) for part in self.parts)

    def write(self, how: Notation, values: Values | None) -> str:
        text = self.parts[0].inside(SIGNED, how, values)
        for part in self.parts[1:]:
            minus, body = without_sign(part)
            text += f" {how.minus if minus else '+'} {body.inside(PRODUCT, how, values)}"
        return text

    def level(self, values: Values | None) -> int:
        return SUM

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        for place, part in enumerate(self.parts):
            minus, body = without_sign(part)
            yield Slip(self.swapped(place), WITHOUT, (body,))
            turned = self.swapped(place, body if minus else Negative((body,)))
            yield Slip(turned, "That is with the wrong sign before {0}.", (body,))


@dataclass(frozen=True)
class Product(Expression):
    """x y ..."""

    parts: tuple[Expression, ...]

    def value(self, values: Values) -> float:
        return math.prod(part.value(values) for part in self.parts)

    def write(self, how: Notation, values: Values | None) -> str:
        return how.times.join(part.inside(PRODUCT, how, values) for part in self.parts)

    def level(self, values: Values | None) -> int:
        return PRODUCT

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        for place, part in enumerate(self.parts):
            yield Slip(self.swapped(place), f"That is without {part.called}.", (part,))


@dataclass(frozen=True)
class Quotient(Expression):
    """x / y."""

    parts: tuple[Expression, ...]

    def value(self, values: Values) -> float:
        return self.parts[0].value(values) / self.parts[1].value(values)

    def write(self, how: Notation, values: Values | None) -> str:
        return how.fraction.format(*(part.write(how, values) for part in self.parts))

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        above, below = self.parts
        yield Slip(above, "That is without the division by {0}.", (below,))
        yield Slip(Quotient((below, above)), "That fraction is upside down: {0}.", (self,))


@dataclass(frozen=True)
class Power(Expression):
    """x to the power of a number."""

    parts: tuple[Expression, ...]

    def value(self, values: Values) -> float:
        return math.pow(self.parts[0].value(values), self.parts[1].value(values))

    def write(self, how: Notation, values: Values | None) -> str:
        base, exponent = self.parts
        return how.power.format(base.inside(ATOM, how, values), exponent.write(how, values))

    def level(self, values: Values | None) -> int:
        return POWER

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        base, exponent = self.parts
        yield Slip(base, "That is with {0} in place of {1}: the power is missing.", (base, self))
        yield Slip(Product((exponent, base)), "A power is not a product: {0}.", (self,))


def without_sign(part: Expression) -> tuple[bool, Expression]:
    """Whether it stands with a minus in a sum, and what stands behind the sign."""
    return (True, part.parts[0]) if isinstance(part, Negative) else (False, part)


def plus(left: Expression, right: Expression) -> Expression:
    return Sum((*(left.parts if isinstance(left, Sum) else (left,)), right))


def times(left: Expression, right: Expression) -> Expression:
    return Product((*(left.parts if isinstance(left, Product) else (left,)), right))


OPERATORS.add("+", plus)
OPERATORS.add("-", lambda left, right: plus(left, Negative((right,))))
OPERATORS.add("negative", lambda term: Negative((term,)))
OPERATORS.add("*", times)
OPERATORS.add("/", lambda above, below: Quotient((above, below)))
OPERATORS.add("**", lambda base, exponent: Power((base, exponent)))
