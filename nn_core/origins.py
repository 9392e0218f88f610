"""Origins: which cells and weights made a cell of a convolution or a pool, and the way back.

Forward, an output cell is a sum of products, input cell times factor; backward, an input cell's
gradient is a sum too, over the output cells that it helped to make. Both are read from a trace,
and add up to its numbers. A cell is named by its indices, the sample first: (n, row, column, c).
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

from nn_core.arrays import Shape
from nn_core.layers import AveragePooling2D, Conv1D, Conv2D, Layer, MaxPooling2D
from nn_core.trace import Trace

Windowed: TypeAlias = Conv1D | Conv2D | MaxPooling2D | AveragePooling2D


class Part(NamedTuple):
    """One product of a sum: the value at `cell`, times a factor, which stands at `weight`.

    A pool has no weights: its factor is 1 for the cell that won, or a share of the mean.
    """

    cell: Shape
    value: float
    weight: Shape | None
    factor: float

    @property
    def product(self) -> float:
        return self.value * self.factor


def made_of(layer: Layer, trace: Trace, cell: Shape) -> list[Part]:
    """The input cells of an output cell: they add up to z without its bias, or to a pool's y."""
    found, x = windowed(layer), trace[f"{layer.name}/x"]
    n, *stop, channel = cell
    parts: list[Part] = []
    for at in inside(found.windows.seen(x.shape[1:-1], tuple(stop))):
        for c, weight, factor in links(found, trace, n, at, tuple(stop), channel, True):
            parts.append(Part((n, *at, c), float(x[(n, *at, c)]), weight, factor))
    return parts


def felt_by(layer: Layer, trace: Trace, cell: Shape) -> list[Part]:
    """The output cells that an input cell helped to make: they add up to its gradient dx."""
    found, x = windowed(layer), trace[f"{layer.name}/x"]
    above = trace[f"{layer.name}/{'dz' if layer.ends_in_activation else 'dy'}"]
    n, *at, channel = cell
    parts: list[Part] = []
    for stop in inside(found.windows.reached(x.shape[1:-1], tuple(at))):
        for f, weight, factor in links(found, trace, n, tuple(at), stop, channel, False):
            parts.append(Part((n, *stop, f), float(above[(n, *stop, f)]), weight, factor))
    return parts


def links(
    layer: Windowed, trace: Trace, n: int, at: Shape, stop: Shape, channel: int, forward: bool
) -> Iterator[tuple[int, Shape | None, float]]:
    """How input cell `at` enters the window at `stop`: (other channel, weight, factor).

    channel: of the output cell if forward, else of the input cell; the other one runs.
    """
    windows, field = layer.windows, trace[f"{layer.name}/x"].shape[1:-1]
    before = (a for a, _ in windows.margins(field))
    k = tuple(p + a - q * s for p, a, q, s in zip(at, before, stop, windows.strides))
    if isinstance(layer, Conv1D | Conv2D):
        kernel = trace[f"{layer.name}/kernel"]
        for other in range(kernel.shape[-2 if forward else -1]):
            weight = (*k, other, channel) if forward else (*k, channel, other)
            yield other, weight, float(kernel[weight])
    elif isinstance(layer, AveragePooling2D):
        yield channel, None, 1 / float(trace[f"{layer.name}/cells"][(*stop, 0)])
    elif trace[f"{layer.name}/argmax"][(n, *stop, channel)] == k[0] * windows.size[1] + k[1]:
        yield channel, None, 1.0


def inside(spans: tuple[slice, ...]) -> Iterator[Shape]:
    """All places in a box."""
    return product(*(range(span.start, span.stop) for span in spans))


def windowed(layer: Layer) -> Windowed:
    """The layer, if it has windows. Raises ValueError if it has none."""
    if isinstance(layer, Conv1D | Conv2D | MaxPooling2D | AveragePooling2D):
        return layer
    raise ValueError(
        f"Origins expect a convolution or a pool; received {layer.keras_class} {layer.name!r}. "
        "Every unit of a Dense layer is made of all its inputs: read z = x W + b."
    )
