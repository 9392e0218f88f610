"""Frames survive the wire, aligned so that a browser need not copy."""

import numpy as np
import pytest

from nn_core.live.frames import decode, encode


def test_a_frame_comes_back_as_it_went() -> None:
    tensors = {
        "weights": np.arange(7, dtype=np.float32),
        "map": np.arange(6, dtype=np.uint8).reshape(2, 3),
        "z": np.zeros((0,), np.float64),
        "last": np.array([np.pi]),
    }
    header, found = decode(encode({"kind": "frame", "seq": 3, "loss": None}, tensors))
    assert header == {"kind": "frame", "seq": 3, "loss": None}
    for name, array in tensors.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_every_tensor_begins_at_a_multiple_of_eight() -> None:
    frame = encode({"kind": "x"}, {"a": np.zeros(3, np.uint8), "b": np.zeros(2)})
    length = int.from_bytes(frame[:4], "little")
    assert (4 + length) % 8 == 0
    assert b'"offset":8' in frame[: 4 + length]


def test_a_header_with_nan_is_refused_rather_than_sent_as_no_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode({"loss": float("nan")}, {})
