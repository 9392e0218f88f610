"""Convolutions: what Conv1D and Conv2D share.

Every line of the input is cut into its windows: strips of K C numbers, one for each stop. A window
of K lines is K strips, and z_p = sum_i strip_(p + i) W_i. Whole windows, K K C numbers a stop, are
never written out: copying them took longer than multiplying. A Conv1D has windows of one line.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided

from nn_core.arrays import Array, Shape
from nn_core.layers.base import UNREAD, Grads
from nn_core.layers.parameters import Parameters
from nn_core.layers.windows import Windows

# So many numbers and their like stay in a processor's second cache.
IN_CACHE = 1 << 16


def forward(windows: Windows, params: Parameters, x: Array) -> tuple[Array, Array]:
    """x: (N, H, W, C) -> columns: (N, H', W', K, K, C), a view to read; z: (N, H', W', F)."""
    z = convolved(windows, params, x, params.block, "z")
    return columns(windows, params.arrays["strips for z"], x.shape), z


def backward(windows: Windows, params: Parameters, shape: Shape, dz: Array) -> tuple[Array, Grads]:
    """dz: (N, H', W', F) -> dx: `shape`, and the gradients of kernel and bias."""
    rows, held = dz.reshape(len(dz), -1, dz.shape[-1]), params.arrays["strips for z"]
    # dW_i = sum_p strip_(p + i)^T dz_p, db = sum_p dz_p
    for w, strip in lines(windows, held, shape, len(params.dblock)):
        np.matmul(strip.swapaxes(1, 2), rows).sum(axis=0, out=params.dblock[w])
    if not params.wants_dx:
        return UNREAD, params.gradients
    return input_gradient(windows, params, shape, dz), params.gradients


def input_gradient(windows: Windows, params: Parameters, shape: Shape, dz: Array) -> Array:
    """dx[what cell k of the windows saw] += dz W_k^T, for each of the cells. shape: that of x."""
    kernel = params["kernel"].reshape(-1, *params["kernel"].shape[-2:])
    if windows.turned:
        # With strides of 1 this is itself a convolution: of dz, with W turned round.
        block = kernel[::-1].swapaxes(1, 2).reshape(-1, shape[-1])
        return convolved(windows.turned, params, dz, block, "dx")
    padded, dx = windows.zeros(params, shape)
    rows, part = dz.reshape(-1, dz.shape[-1]), params.array("part", (*dz.shape[:-1], shape[-1]))
    for w, (_, seen) in zip(kernel, windows.cells(shape[1:-1])):
        np.dot(rows, w.T, part.reshape(len(rows), -1))
        windows.add(padded, seen, part)
    return dx


def convolved(windows: Windows, params: Parameters, x: Array, block: Array, name: str) -> Array:
    """x: (N, H, W, C), block: (K K C, F), or (K K C + 1, F) with a bias -> (N, H', W', F)."""
    out = params.array(name, (len(x), *windows.stops(x.shape[1:-1]), block.shape[-1]))
    total = out.reshape(len(x), -1, block.shape[-1])
    held = strips(windows, params, x, len(block), name)
    first, *others = lines(windows, held, x.shape, len(block))
    # A few samples at a time, so that what is added up is still in the cache.
    n = max(1, IN_CACHE // total[0].size)
    part = params.array(f"part of {name}", total[:n].shape)
    for start in range(0, len(x), n):
        now = slice(start, start + n)
        # z_p = sum_i strip_(p + i) W_i + b
        z = np.matmul(first[1][now], block[first[0]], total[now])
        for w, strip in others:
            z += np.matmul(strip[now], block[w], part[: len(z)])
    return out


def strips(windows: Windows, params: Parameters, x: Array, rows: int, name: str) -> Array:
    """x: (N, H, W, C) -> (N, H with margins, W', K C), before ones if `rows` has one for a bias."""
    field, channels, along = x.shape[1:-1], x.shape[-1], windows.along
    padded = windows.padded(params, x, 0, f"padded for {name}")
    shape = (*padded.shape[:-2], *along.stops(field[-1:]))
    width, bias = along.size[0] * channels, rows - math.prod(windows.size) * channels
    held = params.array(f"strips for {name}", (*shape, width + bias))
    held[..., width:] = 1
    cells = held[..., :width].reshape(*shape, *along.size, channels)
    for (j,), (_, seen) in along.cells(field[-1:]):
        cells[..., j, :] = padded[..., seen, :]
    return held


def lines(windows: Windows, held: Array, shape: Shape, rows: int) -> Iterator[tuple[slice, Array]]:
    """For each line i of a window: its rows of W, and its strip at every stop, (N, H' W', K C).

    The last line takes the bias and its ones with it. shape: that of x; rows: those of W and b.
    """
    width = windows.size[-1] * shape[-1]
    bias = held.shape[-1] - width
    for i, (_, seen) in enumerate(windows.across.cells(shape[1:-2])):
        start, wide = i * width, width + bias * ((i + 1) * width + bias == rows)
        yield slice(start, start + wide), held[seen][..., :wide].reshape(len(held), -1, wide)


def columns(windows: Windows, held: Array, shape: Shape) -> Array:
    """The window at every stop, read out of the strips: (N, H', W', K, K, C). shape: that of x."""
    n, *across, along, cell = held.strides
    stops = (*(a * s for a, s in zip(across, windows.strides)), along)
    return as_strided(
        held,
        (len(held), *windows.stops(shape[1:-1]), *windows.size, shape[-1]),
        (n, *stops, *across, shape[-1] * cell, cell),
        writeable=False,
    )
