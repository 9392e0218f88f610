"""Frames on the wire: [uint32 header length][JSON header][payload], little-endian.

The header names each tensor with its dtype, shape and offset into the payload; header and tensors
are padded to 8 bytes, so that a browser makes typed arrays over the buffer without a copy.
"""

import json
import math
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import Array, Shape

ALIGN = 8
# `dtype.name` takes 10 us a tensor, which thirty viewers would feel.
NAMES = {np.dtype(name): name for name in ("float32", "float64", "uint8", "int32")}

JSON = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def encode(header: Mapping[str, Any], tensors: Mapping[str, Array]) -> bytes:
    """A frame. Arrays are float32, float64, uint8 or int32; NaN in the header becomes null."""
    chunks: list[bytes] = []
    for array in tensors.values():
        data = array.tobytes()
        chunks.append(data)
        if gap := -len(data) % ALIGN:
            chunks.append(bytes(gap))
    shapes = tuple([(name, array.dtype, array.shape) for name, array in tensors.items()])
    text = JSON.encode(header)
    comma = "," if header else ""
    head = f'{text[:-1]}{comma}"tensors":{described(shapes)}}}'.encode()
    head += b" " * (-(len(head) + 4) % ALIGN)
    return b"".join((struct.pack("<I", len(head)), head, *chunks))


@lru_cache(256)
def described(shapes: tuple[tuple[str, np.dtype, Shape], ...]) -> str:
    """The tensors of a frame in JSON: from picture to picture they are the same."""
    found: list[dict[str, Any]] = []
    offset = 0
    for name, dtype, shape in shapes:
        found.append({"name": name, "dtype": NAMES[dtype], "shape": shape, "offset": offset})
        size = math.prod(shape) * dtype.itemsize
        offset += size + -size % ALIGN
    return json.dumps(found, separators=(",", ":"))


def decode(frame: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """The header and the tensors of a frame, for clients in Python."""
    (length,) = struct.unpack_from("<I", frame)
    header: dict[str, Any] = json.loads(frame[4 : 4 + length])
    tensors: dict[str, Array] = {}
    for tensor in header.pop("tensors"):
        shape: list[int] = tensor["shape"]
        start = 4 + length + int(tensor["offset"])
        flat = np.frombuffer(frame, tensor["dtype"], math.prod(shape), start)
        tensors[tensor["name"]] = flat.reshape(shape)
    return header, tensors
