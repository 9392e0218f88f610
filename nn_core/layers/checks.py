"""Checks of a layer's config and input shape, with errors that teach."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from nn_core.arrays import Shape


class Named(Protocol):
    """A layer, as far as an error speaks of it."""

    @property
    def name(self) -> str: ...


def title(layer: Named) -> str:
    """How an error calls a layer: "Dense 'hidden'"."""
    return f"{type(layer).__name__} {layer.name!r}"


def axes(layer: Named, input_shape: Shape, expected: str, advice: str) -> None:
    """Raises ValueError unless input_shape has as many axes as `expected`, "H, W, C" say."""
    if len(input_shape) != expected.count(",") + 1:
        received = ", ".join(("N", *map(str, input_shape)))
        raise ValueError(f"{title(layer)} expects (N, {expected}); received ({received}). {advice}")


def whole(layer: Named, field: str, value: Any, advice: int) -> None:
    """Raises ValueError unless value is a whole number of 1 or more."""
    if not number(value) or value < 1 or value != int(value):
        raise ValueError(
            f"{title(layer)} expects {field} as a whole number of 1 or more; "
            f"received {value!r}. Try {field}={advice}."
        )


def number(value: Any) -> bool:
    """Whether it is one number. True and False are none."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def positive(layer: Named, field: str, value: Any, advice: float) -> None:
    """Raises ValueError unless value is a number above 0."""
    if not number(value) or not value > 0:
        raise ValueError(
            f"{title(layer)} expects {field} above 0; received {value!r}. Try {field}={advice}."
        )


def choice(layer: Named, field: str, value: Any, choices: Sequence[Any]) -> None:
    """Raises ValueError unless value is one of the choices."""
    if value not in choices:
        raise ValueError(
            f"{title(layer)} expects {field} as one of {', '.join(map(repr, choices))}; "
            f"received {value!r}. Try {field}={choices[0]!r}."
        )


def below_one(layer: Named, field: str, value: float, advice: float) -> None:
    """Raises ValueError unless 0 <= value < 1."""
    if not number(value) or not 0 <= value < 1:
        raise ValueError(
            f"{title(layer)} expects {field} from 0 to below 1; received {value!r}. "
            f"Try {field}={advice}."
        )


def sizes(layer: Named, field: str, value: int | tuple[int, ...], count: int) -> Shape:
    """One whole number an axis: 3 -> (3, 3) for two axes. Raises ValueError if there are others."""
    found = (value,) * count if isinstance(value, int) else tuple(value)
    if len(found) != count or any(size < 1 or size != int(size) for size in found):
        raise ValueError(
            f"{title(layer)} expects {field} as a whole number of 1 or more, or {count} of them; "
            f"received {value!r}. Try {field}={(2,) * count}."
        )
    return found
