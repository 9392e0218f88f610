"""`python -m tests.bench.engine`: the engine's `fit` beside Keras's, as ratios in one run.

Each network is trained in both, interleaved, on the same data and batches; what is printed is the
best of several rounds, since a busy machine can only make a round slower. One table has one thread
for each engine, the other all threads.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 5


Network = tuple[str, list[Any], tuple[int, ...], list[int]]


def networks() -> list[Network]:
    """(name, layers, input shape, batch sizes): dense, convolutional and recurrent."""
    return [*dense_nets(), *conv_nets(), *recurrent_nets()]


def dense_nets() -> list[Network]:
    from nn_core.layers import Dense

    found: list[Network] = []
    for units in ((4, 2), (8, 8), (8,) * 6):
        layers = [*(Dense(u, activation="tanh") for u in units), Dense(1, activation="tanh")]
        found.append(("-".join(map(str, (2, *units, 1))), layers, (2,), [1, 10, 32, 128]))
    return found


def conv_nets() -> list[Network]:
    """Conv 8 - pool - Conv 16 - pool - Dense 10 on 8x8 and 28x28 pictures."""
    from nn_core.layers import Conv2D, Dense, Flatten, MaxPooling2D

    layers = [
        *(Conv2D(8, 3, activation="relu", padding="same"), MaxPooling2D(2)),
        *(Conv2D(16, 3, activation="relu", padding="same"), MaxPooling2D(2)),
        *(Flatten(), Dense(10, activation="softmax")),
    ]
    return [(f"conv {n}x{n}", layers, (n, n, 1), [1, 10, 32, 128]) for n in (8, 28)]


def recurrent_nets() -> list[Network]:
    """One recurrent layer and Dense 1 over T steps of one number."""
    from nn_core.layers import GRU, LSTM, Dense, SimpleRNN

    return [
        (f"{cell.__name__} T {t}, {units} units", [cell(units), Dense(1)], (t, 1), [1, 10, 32, 128])
        for cell in (SimpleRNN, LSTM, GRU)
        for t, units in ((20, 16), (50, 32), (100, 64))
    ]


def ours(layers: Any, shape: tuple[int, ...]) -> Any:
    """The network in the engine, compiled with SGD and mean squared error."""
    from nn_core import Sequential
    from nn_core.optimizers import SGD

    model = Sequential(layers, shape, seed=1)
    model.compile(SGD(0.03), "mse")
    return model


def theirs(model: Any) -> Any:
    """The same network in Keras, from the exported script."""
    from nn_core import keras_code
    from nn_core.export import save_weights

    with tempfile.TemporaryDirectory() as folder:
        save_weights(model, Path(folder) / "weights.npz")
        scope: dict[str, Any] = {"__file__": str(Path(folder) / "network.py")}
        exec(keras_code(model).replace("model.summary()", ""), scope)  # noqa: S102  our own
    return scope["model"]


def seconds_a_step(train: Callable[[], object], steps: int) -> float:
    """One round of so many steps."""
    start = time.perf_counter()
    train()
    return (time.perf_counter() - start) / steps


def compare(name: str, layers: Any, shape: tuple[int, ...], batch: int) -> str:
    """One line of the table: microseconds a step of both, their ratio, samples a second."""
    import numpy as np

    from nn_core.training import fit

    model = ours(layers, shape)
    keras_model = theirs(model)
    rng = np.random.default_rng(0)
    steps, times = (60, 10) if len(shape) == 1 else (10, 1)
    x = rng.normal(size=(batch * steps, *shape)).astype(np.float32)
    y = rng.uniform(-1, 1, (len(x), *model.output_shape)).astype(np.float32)

    def train_ours() -> None:
        for _ in range(times):
            for _ in fit(model, x, y, epochs=1, batch_size=batch):
                pass

    def train_theirs() -> None:
        keras_model.fit(x, y, epochs=1, batch_size=batch, verbose=0)

    train_theirs()
    train_ours()
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        best[0] = min(best[0], seconds_a_step(train_ours, steps * times))
        best[1] = min(best[1], seconds_a_step(train_theirs, steps))
    return (
        f"| {name} | {batch} | {best[0] * 1e6:.0f} | {best[1] * 1e6:.0f} | "
        f"{best[1] / best[0]:.1f} | {batch / best[0] / 1e3:.0f} | {batch / best[1] / 1e3:.1f} |"
    )


def table(threads: int, only: str) -> None:
    """Prints the table in this process. threads: 0 for all; only: networks whose name has it."""
    if threads:
        os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    print(
        "| network | batch | ours, us a step | Keras, us a step | times as fast |"
        " ours, k samples/s | Keras, k samples/s |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, layers, shape, batches in networks():
        if only not in name:
            continue
        for batch in batches:
            print(compare(name, layers, shape, batch), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, help="only this table; 0 for all threads")
    parser.add_argument("--only", default="", help="networks whose name contains this")
    arguments = parser.parse_args()
    if arguments.threads is not None:
        table(arguments.threads, arguments.only)
        return
    for threads, title in ((1, "One thread each"), (0, "All threads each")):
        print(f"\n{title}:\n", flush=True)
        environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
        command = [sys.executable, "-m", "tests.bench.engine", "--threads", str(threads)]
        command += ["--only", arguments.only]
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
