"""An activation as a curve: its value, its derivative, its range, and where it is nearly flat."""

from dataclasses import dataclass

import numpy as np

from nn_core.activations import ACTIVATIONS
from nn_core.arrays import Array
from nn_core.network import QUIET

# As far as the picture goes, and as far as one goes to see whether a curve ends.
NEAR, FAR = 6.0, 1e4
# A derivative under this is called nearly flat: what comes back is less than a hundredth.
FLAT = 0.01


@dataclass(frozen=True)
class Bend:
    """z: (n,) -> f(z) and f'(z), (n,) each, of one activation."""

    name: str
    z: Array
    value: Array
    slope: Array


def bend(name: str, z: Array | None = None) -> Bend:
    """The engine's own forward and backward pass at these sums, or along the picture."""
    f = ACTIVATIONS.get(name)
    z = np.linspace(-NEAR, NEAR, 481) if z is None else np.asarray(z, float)
    with np.errstate(**QUIET):
        value = f.forward(z.copy()[:, None])[:, 0]
        slope = f.backward(np.ones((len(z), 1)), z[:, None], value[:, None])[:, 0]
    return Bend(name, z, value, slope)


def at(name: str, z: float) -> tuple[float, float]:
    """f(z) and f'(z) at one sum."""
    found = bend(name, np.array([z]))
    return float(found.value[0]), float(found.slope[0])


def limits(name: str) -> tuple[float, float]:
    """Between what its values lie; infinite where it goes on rising or falling."""
    ends, inside = bend(name, np.array([-FAR, FAR])), bend(name, np.linspace(-50, 50, 20_001))
    low, high = (slope < 1e-6 for slope in np.abs(ends.slope))
    least = min(float(ends.value[0]), float(inside.value.min())) if low else -np.inf
    most = float(ends.value[1]) if high else np.inf
    return round(least, 6) + 0.0, round(most, 6)


def flat(name: str) -> tuple[float | None, float | None]:
    """Below and above which sum the derivative is smaller than FLAT; None where it never is."""
    found = bend(name, np.linspace(-20, 20, 40_001))
    steep = found.z[np.abs(found.slope) >= FLAT]
    first, last = float(steep[0]), float(steep[-1])
    return (None if first <= -20 else first), (None if last >= 20 else last)


def told(name: str) -> str:
    """Range and flat ends in two sentences."""
    low, high = limits(name)
    below, above = flat(name)
    ends = [f"{side} {z:.2g}" for side, z in (("below", below), ("above", above)) if z is not None]
    floor = "no lower limit" if low == -np.inf else f"lower limit {low:.3g}"
    roof = "no upper limit" if high == np.inf else f"upper limit {high:.3g}"
    nearly = f"Nearly flat (derivative under {FLAT:g}) {' and '.join(ends)}." if ends else ""
    return f"Values: {floor}, {roof}. {nearly or 'Nowhere nearly flat.'}".replace(
        "-", "\N{MINUS SIGN}"
    )
