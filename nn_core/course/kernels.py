"""A kernel over a digit: the window it stands on, the sum there, and the map of all sums."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nn_core.arrays import Array
from nn_core.digits import digits

PICTURES = "digits8"
SIZE = 3
KERNELS: dict[str, tuple[tuple[float, ...], ...]] = {
    "blur": ((1 / 9,) * 3,) * 3,
    "vertical edge": ((-1.0, 0.0, 1.0),) * 3,
    "horizontal edge": ((-1.0,) * 3, (0.0,) * 3, (1.0,) * 3),
    "sharpen": ((0.0, -1.0, 0.0), (-1.0, 5.0, -1.0), (0.0, -1.0, 0.0)),
}


def picture(digit: int) -> Array:
    """The first picture of a digit, (H, W), from 0 to 1."""
    x, y = digits(PICTURES)
    return x[int(np.flatnonzero(y == digit)[0]), :, :, 0].astype(float)


@dataclass(frozen=True)
class Slid:
    """x: (H, W) under a kernel (3, 3), as Keras has it: laid as it is, not flipped."""

    x: Array
    kernel: Array
    stride: int
    padding: str

    @cached_property
    def before(self) -> int:
        """Rows of zeros above the picture, and columns at its left."""
        if self.padding == "valid":
            return 0
        side = len(self.x)
        return max(0, (-(-side // self.stride) - 1) * self.stride + SIZE - side) // 2

    @cached_property
    def side(self) -> int:
        """Rows and columns of the map."""
        room = len(self.x) if self.padding == "same" else len(self.x) - SIZE + 1
        return -(-room // self.stride)

    @cached_property
    def padded(self) -> Array:
        """x with zeros around it, as many as any window needs."""
        behind = max(0, (self.side - 1) * self.stride + SIZE - len(self.x) - self.before)
        return np.pad(self.x, (self.before, behind))

    def corner(self, at: int) -> tuple[int, int]:
        """Where window number `at` begins in `padded`: row and column."""
        i, j = divmod(at, self.side)
        return i * self.stride, j * self.stride

    def window(self, at: int) -> Array:
        """What the kernel sees there: (3, 3)."""
        i, j = self.corner(at)
        return self.padded[i : i + SIZE, j : j + SIZE]

    @cached_property
    def map(self) -> Array:
        """z_ij = sum of window times kernel: (side, side)."""
        sums = [(self.window(at) * self.kernel).sum() for at in range(self.side**2)]
        return np.array(sums).reshape(self.side, self.side)

    def in_latex(self, at: int) -> str:
        """Window, kernel and their sum, in numbers."""
        z = self.map[divmod(at, self.side)]
        return rf"{matrix(self.window(at))} \odot {matrix(self.kernel)} \;\to\; \Sigma = {z:.2f}"


def matrix(values: Array) -> str:
    rows = r" \\ ".join(" & ".join(f"{value:.2g}" for value in row) for row in values)
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
