"""One weight by its name, "dense_1/kernel[0,2]", and its place in the flat vector."""

import re

import numpy as np

from nn_core.network import Sequential

PATTERN = re.compile(r"(?P<array>[^\[\]]+)\[(?P<index>\s*\d+(\s*,\s*\d+)*\s*)\]")


def split(model: Sequential, weight: str) -> tuple[str, tuple[int, ...]]:
    """ "dense_1/kernel[0,2]" -> ("dense_1/kernel", (0, 2)). Raises ValueError if there is none."""
    match = PATTERN.fullmatch(weight.strip())
    arrays = model.named_weights
    if match is None or match["array"] not in arrays:
        first, array = next(iter(arrays.items()))
        example = f"{first}[{','.join('0' * array.ndim)}]"
        raise ValueError(
            f"Unknown weight {weight!r}; expected one of {', '.join(arrays)} with an index, as "
            f"{example!r}."
        )
    index = tuple(int(part) for part in match["index"].split(","))
    shape = arrays[match["array"]].shape
    if len(index) != len(shape) or any(i >= size for i, size in zip(index, shape)):
        raise ValueError(
            f"{match['array']} has the shape {shape}; received the index {list(index)}. Every "
            "index counts from 0 and stays below its axis."
        )
    return match["array"], index


def locate(model: Sequential, weight: str) -> int:
    """The place of a weight in the flat vector of all weights."""
    name, index = split(model, weight)
    start = 0
    for other, array in model.named_weights.items():
        if other == name:
            return start + int(np.ravel_multi_index(index, array.shape))
        start += array.size
    raise AssertionError(name)
