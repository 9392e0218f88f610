"""The names of layers in a network, and the table that lists them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nn_core.arrays import Shape
from nn_core.layers.base import Layer, Weight


def named(layers: Sequence[Layer]) -> list[Layer]:
    """Gives layers without a name theirs: dense_1, dense_2, ... Raises ValueError on a repeat."""
    counts: dict[str, int] = {}
    found: list[Layer] = []
    for layer in layers:
        kind = snake(type(layer).keras_class)
        counts[kind] = counts.get(kind, 0) + 1
        found.append(layer if layer.name else replace(layer, name=f"{kind}_{counts[kind]}"))
    names = [layer.name for layer in found]
    if strange := [name for name in names if set(name) & set("/[],")]:
        raise ValueError(
            f"Layer names expect no slash, comma or bracket, since a weight is called "
            f"'name/kernel[0,2]'; received {', '.join(map(repr, strange))}."
        )
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ValueError(
            f"Layer names must differ; received {', '.join(sorted(repeated))} more than once."
        )
    return found


def snake(name: str) -> str:
    """Conv2D -> conv2d, MaxPooling2D -> max_pooling2d, SimpleRNN -> simple_rnn, as Keras names."""
    out = ""
    for index, letter in enumerate(name):
        before, after = name[index - 1 : index], name[index + 1 : index + 2]
        starts = letter.isupper() and (before.islower() or (before.isupper() and after.islower()))
        out += ("_" if index and starts else "") + letter.lower()
    return out


def table(
    layers: Sequence[Layer], shapes: Sequence[Shape], specs: Sequence[Sequence[Weight]]
) -> str:
    """Layers, output shapes and parameter counts as aligned text."""
    rows = [("layer", "output shape", "parameters")]
    total = 0
    for layer, shape, weights in zip(layers, shapes, specs):
        count = sum(int(np.prod(weight.shape)) for weight in weights)
        total += count
        name = f"{layer.name} ({type(layer).keras_class})"
        rows.append((name, f"(N, {', '.join(map(str, shape))})", f"{count:,}"))
    rows.append(("total", "", f"{total:,}"))
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(f"{a:<{wide[0]}}  {b:<{wide[1]}}  {c:>{wide[2]}}" for a, b, c in rows)
