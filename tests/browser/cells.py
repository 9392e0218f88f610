"""The recurrent cells in NumPy, held against the numbers that the lab's page carries."""

from collections.abc import Callable

import numpy as np
from playwright.sync_api import Locator

from tests.browser.lab import array


def same(shown: np.ndarray, computed: np.ndarray) -> None:
    """To the digits of float32, after some hundred operations."""
    np.testing.assert_allclose(shown, computed, rtol=2e-4, atol=2e-6)


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


Cell = Callable[[Locator, np.ndarray, np.ndarray], None]


def simple_rnn(stage: Locator, x: np.ndarray, dh_last: np.ndarray) -> None:
    kernel, recurrent, bias = weights(stage, "simple_rnn_1")
    h, dh, dz = (array(stage, f"simple_rnn_1/{part}") for part in ("h", "dh", "dz"))
    before = np.vstack([np.zeros_like(h[:1]), h[:-1]])
    z = x @ kernel + before @ recurrent + bias
    same(array(stage, "simple_rnn_1/z"), z)
    same(h, np.tanh(z))
    same(dz, dh * (1 - h**2))
    through_time(stage, "simple_rnn_1", dh, dh_last, dz @ recurrent.T)
    gradients(stage, "simple_rnn_1", x, before, dz, dz)


def lstm(stage: Locator, x: np.ndarray, dh_last: np.ndarray) -> None:
    kernel, recurrent, bias = weights(stage, "lstm_1")
    i, f, g, o, c, h = (array(stage, f"lstm_1/{part}") for part in "ifgoch")
    c_before, h_before = (np.vstack([np.zeros_like(v[:1]), v[:-1]]) for v in (c, h))
    z = (x @ kernel + h_before @ recurrent + bias).reshape(len(x), 4, -1)
    same(array(stage, "lstm_1/z"), z)
    for gate, got in zip((0, 1, 3), (i, f, o)):
        same(got, sigmoid(z[:, gate]))
    same(g, np.tanh(z[:, 2]))
    same(c, f * c_before + i * g)
    same(h, o * np.tanh(c))
    dh, dc, dz = (array(stage, f"lstm_1/{part}") for part in ("dh", "dc", "dz"))
    later = np.vstack([dc[1:] * f[1:], np.zeros_like(dc[:1])])
    s = np.tanh(c)
    same(dc, dh * o * (1 - s**2) + later)
    parts = (
        dc * g * i * (1 - i), dc * c_before * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o)
    )  # fmt: skip
    same(dz, np.stack(parts, axis=1))
    flat = dz.reshape(len(x), -1)
    through_time(stage, "lstm_1", dh, dh_last, flat @ recurrent.T)
    gradients(stage, "lstm_1", x, h_before, flat, flat)


def gru(stage: Locator, x: np.ndarray, dh_last: np.ndarray) -> None:
    kernel, recurrent, bias = weights(stage, "gru_1")
    z, r, g, h = (array(stage, f"gru_1/{part}") for part in "zrgh")
    before = np.vstack([np.zeros_like(h[:1]), h[:-1]])
    q = (before @ recurrent + bias[1]).reshape(len(x), 3, -1)
    m = (x @ kernel + bias[0]).reshape(q.shape) + q
    m[:, 2] += (r - 1) * q[:, 2]
    same(array(stage, "gru_1/m"), m)
    same(z, sigmoid(m[:, 0]))
    same(r, sigmoid(m[:, 1]))
    same(g, np.tanh(m[:, 2]))
    same(h, z * before + (1 - z) * g)
    dh, dm, dq = (array(stage, f"gru_1/{part}") for part in ("dh", "dm", "dq"))
    dm_g = dh * (1 - z) * (1 - g**2)
    dm_r = dm_g * q[:, 2] * r * (1 - r)
    dm_z = dh * (before - g) * z * (1 - z)
    same(dm, np.stack((dm_z, dm_r, dm_g), axis=1))
    same(dq, np.stack((dm_z, dm_r, dm_g * r), axis=1))
    flat = dq.reshape(len(x), -1)
    through_time(stage, "gru_1", dh, dh_last, flat @ recurrent.T + dh * z)
    gradients(stage, "gru_1", x, before, dm.reshape(len(x), -1), flat)


def weights(stage: Locator, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    kernel, recurrent, bias = (
        array(stage, f"{name}/{part}") for part in ("kernel", "recurrent_kernel", "bias")
    )
    return kernel, recurrent, bias


def through_time(
    stage: Locator, name: str, dh: np.ndarray, dh_last: np.ndarray, back: np.ndarray
) -> None:
    """back[t]: what step t hands to the step before it."""
    same(dh[-1], dh_last)
    same(dh[:-1], back[1:])
    norms = array(stage, f"{name}/dh_norm")
    same(norms, np.linalg.norm(dh, axis=1))


def gradients(
    stage: Locator, name: str, x: np.ndarray, before: np.ndarray, dz: np.ndarray, dz_h: np.ndarray
) -> None:
    kernel = array(stage, f"{name}/kernel.sample_gradient")
    same(kernel, x.T @ dz)
    recurrent = array(stage, f"{name}/recurrent_kernel.sample_gradient")
    same(recurrent, before.T @ dz_h)


def last_h(stage: Locator, name: str, x: np.ndarray) -> np.ndarray:
    """x: (n, T, D) -> h_T: (n, U), from the weights on the screen."""
    kernel, recurrent, bias = weights(stage, name)
    h = c = np.zeros((len(x), len(recurrent)))
    for x_t in x.swapaxes(0, 1):
        if name == "simple_rnn_1":
            h = np.tanh(x_t @ kernel + h @ recurrent + bias)
        elif name == "lstm_1":
            i, f, g, o = np.split(x_t @ kernel + h @ recurrent + bias, 4, axis=1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        else:
            m = np.split(x_t @ kernel + bias[0], 3, axis=1)
            q = np.split(h @ recurrent + bias[1], 3, axis=1)
            z, r = sigmoid(m[0] + q[0]), sigmoid(m[1] + q[1])
            h = z * h + (1 - z) * np.tanh(m[2] + r * q[2])
    return h


CELLS: dict[str, tuple[str, Cell]] = {
    "SimpleRNN": ("simple_rnn_1", simple_rnn),
    "LSTM": ("lstm_1", lstm),
    "GRU": ("gru_1", gru),
}
