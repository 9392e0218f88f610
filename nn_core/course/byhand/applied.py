"""Functions in a formula, and the derivative of an activation, which is taken at its output."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from nn_core.course.byhand.expressions import (
    NOTHING,
    Confused,
    Constant,
    Expression,
    Slip,
    Values,
)
from nn_core.course.byhand.functions import FUNCTIONS
from nn_core.course.byhand.notation import Notation
from nn_core.registry import Registry

IN_PLACE = "That is with {0} in place of {1}."


@dataclass(frozen=True)
class Apply(Expression):
    """f(x, ...), f by its name in FUNCTIONS."""

    function: str
    parts: tuple[Expression, ...]

    def value(self, values: Values) -> float:
        return FUNCTIONS.get(self.function).call(*(part.value(values) for part in self.parts))

    def write(self, how: Notation, values: Values | None) -> str:
        each = [part.write(how, values) for part in self.parts]
        return getattr(FUNCTIONS.get(self.function), how.name).format(", ".join(each), *each)

    def own_slips(self, confused: Confused) -> Iterator[Slip]:
        known = FUNCTIONS.get(self.function)
        if len(self.parts) == 1:
            said = "That is with {0} in place of {1}: the function is missing."
            yield Slip(self.parts[0], said, (self.parts[0], self), known.gates)
        for name in known.mistaken:
            other = replace(self, function=name)
            yield Slip(other, IN_PLACE, (other, self), known.gates)


def apply(function: str, *parts: Expression) -> Apply:
    return Apply(function, parts)


# f'(z), written with the output a where that is how one computes it.
SLOPES: Registry[Callable[[Expression, Expression], Expression]] = Registry("slope")
SLOPES.add("sigmoid", lambda z, a: a * (Constant(1) - a))
SLOPES.add("tanh", lambda z, a: Constant(1) - a**2)
SLOPES.add("relu", lambda z, a: apply("step", z))


@dataclass(frozen=True)
class Slope(Expression):
    """The derivative of an activation: of its name, with its input z and its output a."""

    activation: str
    z: Expression
    a: Expression

    called: ClassVar[str] = "the derivative of the activation, {0}"

    @property
    def formula(self) -> Expression:
        return SLOPES.get(self.activation)(self.z, self.a)

    def value(self, values: Values) -> float:
        return self.formula.value(values)

    def write(self, how: Notation, values: Values | None) -> str:
        return self.formula.write(how, values)

    def level(self, values: Values | None) -> int:
        return self.formula.level(values)

    def names(self) -> frozenset[str]:
        return self.formula.names()

    def slips(self, confused: Confused = NOTHING) -> Iterator[Slip]:
        subtle = self.activation == "relu"
        said = "That derivative is taken at {0}; it belongs at {1}."
        at_input = replace(self, a=self.z)
        yield Slip(at_input, said, (self.z, self.a), subtle)
        for name in SLOPES:
            if name != self.activation:
                other = replace(self, activation=name)
                yield Slip(other, IN_PLACE, (other, self), subtle or name == "relu")
        yield from self.formula.slips(confused)
