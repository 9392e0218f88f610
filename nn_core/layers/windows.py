"""Windows that slide over an input: what convolutions and pools share, on one axis or on several.

Everything here goes over the K (K * K) cells of a window, and takes for each cell its place in all
windows at once: a strided slice of the input. That reads and writes long rows, and the gradient
needs no scatter.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import TypeAlias

import numpy as np

from nn_core.arrays import Array, Shape
from nn_core.layers.checks import Named, title
from nn_core.layers.parameters import Parameters

PADDINGS = ("valid", "same")
Cells: TypeAlias = tuple[tuple[Shape, tuple[slice, ...]], ...]


@dataclass(frozen=True)
class Windows:
    """Windows of one size that stop every `strides` cells. field: (H, W), or (T,).

    padding: "valid", "same", or the margins themselves, (before, after) for each axis.
    """

    size: Shape
    strides: Shape
    padding: str | tuple[tuple[int, int], ...]

    @cached_property
    def apart(self) -> bool:
        """Whether no cell is seen by two windows."""
        return all(s >= k for k, s in zip(self.size, self.strides))

    @cached_property
    def along(self) -> "Windows":
        """Its windows on the last axis alone."""
        return Windows(self.size[-1:], self.strides[-1:], self._padding(slice(-1, None)))

    @cached_property
    def across(self) -> "Windows":
        """Its windows on all axes but the last."""
        return Windows(self.size[:-1], self.strides[:-1], self._padding(slice(-1)))

    def _padding(self, axes: slice) -> str | tuple[tuple[int, int], ...]:
        return self.padding if isinstance(self.padding, str) else self.padding[axes]

    @cached_property
    def turned(self) -> "Windows | None":
        """Windows of stops that see a cell, where every cell is a stop; None for other strides."""
        if set(self.strides) != {1}:
            return None
        # With strides of 1 the margins are the same for every field.
        margins = zip(self.size, self.margins(self.size))
        return Windows(
            self.size, self.strides, tuple((k - 1 - a, k - 1 - b) for k, (a, b) in margins)
        )

    def stops(self, field: Shape) -> Shape:
        """How often a window stops on each axis: (H, W) -> (H', W')."""
        if self.padding == "same":
            return tuple(-(-n // s) for n, s in zip(field, self.strides))
        margins = [(0, 0)] * len(field) if isinstance(self.padding, str) else self.padding
        return tuple(
            (n + a + b - k) // s + 1
            for n, k, s, (a, b) in zip(field, self.size, self.strides, margins)
        )

    def check(self, layer: Named, field: Shape) -> None:
        """Raises ValueError if a window does not fit into the field."""
        if self.padding == "valid" and any(n < k for n, k in zip(field, self.size)):
            raise ValueError(
                f"{title(layer)} expects an input at least as large as its window {self.size}; "
                f'received {field}. Take a smaller window, or padding="same".'
            )

    def margins(self, field: Shape) -> list[tuple[int, int]]:
        """Cells to add before and after each axis; the odd one goes after, as in TensorFlow."""
        if not isinstance(self.padding, str):
            return list(self.padding)
        found: list[tuple[int, int]] = []
        for n, k, s, stops in zip(field, self.size, self.strides, self.stops(field)):
            total = max((stops - 1) * s + k - n, 0) if self.padding == "same" else 0
            found.append((total // 2, total - total // 2))
        return found

    def padded(self, params: Parameters, x: Array, fill: float, name: str = "padded") -> Array:
        """x: (N, H, W, C) inside its margins, in a kept array; x itself where there are none."""
        field = x.shape[1:-1]
        margins = self.margins(field)
        if not any(map(any, margins)):
            return x
        wide = tuple(n + a + b for n, (a, b) in zip(field, margins))
        held = params.array(name, (len(x), *wide, x.shape[-1]))
        held.fill(fill)
        self.inside(held, field)[...] = x
        return held

    def inside(self, padded: Array, field: Shape) -> Array:
        """The part of a padded array that is the input itself, as a view."""
        middle = tuple(slice(a, a + n) for n, (a, _) in zip(field, self.margins(field)))
        return padded[:, *middle]

    def cells(self, field: Shape) -> Cells:
        """Each cell of a window, (i, j), with the slices of a padded input that all windows see."""
        return cells_of(self.size, self.strides, self.stops(field))

    def counts(self, field: Shape) -> Array:
        """How many cells of the field itself each window has: (H', W')."""
        wide = tuple(n + a + b for n, (a, b) in zip(field, self.margins(field)))
        ones = np.zeros((1, *wide))
        self.inside(ones, field)[...] = 1
        return np.add.reduce([ones[seen] for _, seen in self.cells(field)])[0]

    def zeros(self, params: Parameters, shape: Shape) -> tuple[Array, Array]:
        """Room to add a gradient up in: with margins, and the view without. shape: that of x."""
        field = shape[1:-1]
        wide = tuple(n + a + b for n, (a, b) in zip(field, self.margins(field)))
        held = params.array("dpadded", (shape[0], *wide, shape[-1]))
        if not self.apart:
            held.fill(0)
        return held, self.inside(held, field)

    def add(self, padded: Array, seen: tuple[slice, ...], part: Array) -> None:
        """padded[seen] += part; windows that stand apart write each of their cells only once."""
        if self.apart:
            padded[seen] = part
        else:
            padded[seen] += part

    def seen(self, field: Shape, stop: Shape) -> tuple[slice, ...]:
        """The input cells that the window at this stop sees, those in a margin left out."""
        starts = [
            p * s - before for p, s, (before, _) in zip(stop, self.strides, self.margins(field))
        ]
        ends = zip(starts, self.size, field)
        return tuple(slice(max(a, 0), min(a + k, n)) for a, k, n in ends)

    def reached(self, field: Shape, cell: Shape) -> tuple[slice, ...]:
        """The stops whose window sees this input cell; the reverse of `seen`."""
        found: list[slice] = []
        margins, stops = self.margins(field), self.stops(field)
        for p, k, s, (before, _), n in zip(cell, self.size, self.strides, margins, stops):
            first = max(-(-(p + before - k + 1) // s), 0)
            found.append(slice(first, min((p + before) // s + 1, n)))
        return tuple(found)


@lru_cache(maxsize=1024)
def cells_of(size: Shape, strides: Shape, stops: Shape) -> Cells:
    """As Windows.cells. Kept, since a small network spent more time on slices than on numbers."""
    found: list[tuple[Shape, tuple[slice, ...]]] = []
    for cell in product(*map(range, size)):
        spans = (slice(i, i + (n - 1) * s + 1, s) for i, n, s in zip(cell, stops, strides))
        found.append((cell, (slice(None), *spans)))
    return tuple(found)
