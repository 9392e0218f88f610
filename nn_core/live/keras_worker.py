"""Keras in a process that stays warm, since its import takes seconds and hundreds of megabytes.

    python -m nn_core.live.keras_worker

Requests come on stdin and answers go to stdout, each a frame (`live.frames`) behind its length in
four bytes; the end of stdin is the end of the process. A request names what is wanted ("work"), the
network as the code that is exported ("code"), and has its arrays w0, w1, ... in Keras's order.
"""

import os
import struct
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import numpy as np

from nn_core.arrays import Array
from nn_core.live.frames import decode, encode

Message = tuple[dict[str, Any], dict[str, Array]]
# Networks that stay built; only their weights are set anew.
BUILT = 8
# Plays go before Keras where both want the processor.
NICE = 5


def gradients(request: dict[str, Any], arrays: dict[str, Array]) -> Message:
    """x: (N, ...), y: (N, ...) -> Keras's gradient (P,) of its own compiled loss."""
    import tensorflow as tf

    model = network(request, arrays)
    with tf.GradientTape() as tape:
        a = model(arrays["x"], training=True)
        loss = model.compute_loss(x=arrays["x"], y=arrays["y"], y_pred=a)
    found = tape.gradient(loss, model.trainable_weights)
    parts = [np.ravel(tf.convert_to_tensor(part).numpy()) for part in found]
    gradient = np.concatenate(parts).astype(np.float32)
    return {"version": tf.keras.__version__}, {"gradient": gradient}


def file(request: dict[str, Any], arrays: dict[str, Array]) -> Message:
    """The network as the bytes of a .keras file."""
    model = network(request, arrays)
    # Keras cannot open a file whose optimizer has not met its weights.
    model.optimizer.build(model.trainable_variables)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.keras"
        model.save(path)
        return {}, {"file": np.frombuffer(path.read_bytes(), np.uint8)}


WORK: dict[str, Callable[[dict[str, Any], dict[str, Array]], Message]] = {
    "gradients": gradients,
    "file": file,
}


def network(request: dict[str, Any], arrays: dict[str, Array]) -> Any:
    """The Keras model with the weights of the request."""
    model = built(request["code"])
    model.set_weights([arrays[f"w{i}"] for i in range(len(model.get_weights()))])
    return model


@lru_cache(BUILT)
def built(code: str) -> Any:
    """What the exported script calls `model`."""
    scope: dict[str, Any] = {}
    exec(compile(code, "network.py", "exec"), scope)  # noqa: S102  our server's own export
    return scope["model"]


def read(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None at the end of the pipe."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack("<I", head)
    body = pipe.read(length)
    return body if len(body) == length else None


def write(pipe: IO[bytes], frame: bytes) -> None:
    """A frame behind its length."""
    pipe.write(struct.pack("<I", len(frame)) + frame)
    pipe.flush()


def main() -> None:
    """Answers until stdin ends."""
    # What libraries print goes to stderr, or it would stand between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(NICE)
    while (frame := read(sys.stdin.buffer)) is not None:
        request, arrays = decode(frame)
        try:
            header, found = WORK[request["work"]](request, arrays)
        except Exception as error:
            header, found = {"error": f"{type(error).__name__}: {error}"}, {}
        write(answers, encode(header, found))


if __name__ == "__main__":
    main()
