"""Handwritten digits: 1,797 of 8x8 pixels and 1,000 of 28x28, as assets/samples keeps them."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nn_core.arrays import Array

SAMPLES = Path(__file__).parents[1] / "assets" / "samples"
# The brightest a pixel of each set can be.
BRIGHTEST = {"digits8": 16, "digits28": 255}


class Digits(NamedTuple):
    """x: (n, H, W, 1) from 0 to 1, y: (n,) from 0 to 9."""

    x: Array
    y: Array


@cache
def digits(name: str) -> Digits:
    """digits8 or digits28, in the order of the file; the arrays cannot be written to."""
    if name not in BRIGHTEST:
        raise ValueError(f"Unknown digits {name!r}; expected one of: {', '.join(BRIGHTEST)}.")
    with np.load(SAMPLES / f"{name}.npz", allow_pickle=False) as file:
        x = (file["x"] / np.float32(BRIGHTEST[name])).astype(np.float32)[..., None]
        found = Digits(x, file["y"].astype(np.intp))
    for array in found:
        array.flags.writeable = False
    return found
