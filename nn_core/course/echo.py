"""One recurrent unit that hears a single click: what is left of it, step by step."""

import numpy as np

from nn_core.arrays import Array

STEPS = 30


def echo(w: float, u: float, bounded: bool, steps: int = STEPS) -> Array:
    """h_t = f(w x_t + u h_{t-1}) with x_1 = 1 and x_t = 0 after it, from h_0 = 0: (T,).

    bounded: f is tanh; else nothing bends, and h_t = w u^(t - 1).
    """
    f = np.tanh if bounded else np.asarray
    h, found = 0.0, np.zeros(steps)
    for t in range(steps):
        found[t] = h = float(f(w * (t == 0) + u * h))
    return found
