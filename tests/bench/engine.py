"""`python -m tests.bench.engine`: the engine's `fit` beside Keras's, as ratios in one run.

Each network is trained in both, interleaved, on the same data and batches; what is printed is the
best of several rounds, since a busy machine can only make a round slower. One table has one thread
for each engine, the other all threads.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 5


def networks() -> dict[str, tuple[Any, tuple[int, ...], list[int]]]:
    """name -> (layers, input shape, batch sizes)."""
    from nn_core.layers import Dense

    found: dict[str, tuple[Any, tuple[int, ...], list[int]]] = {}
    for units in ((4, 2), (8, 8), (8,) * 6):
        layers = [*(Dense(u, activation="tanh") for u in units), Dense(1, activation="tanh")]
        found["-".join(map(str, (2, *units, 1)))] = (layers, (2,), [10, 32, 128])
    return found


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

    scope: dict[str, Any] = {}
    exec(keras_code(model).replace("model.summary()", ""), scope)  # noqa: S102  our own script
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
    steps = 60
    x = rng.normal(size=(batch * steps, *shape)).astype(np.float32)
    y = rng.uniform(-1, 1, (len(x), *model.output_shape)).astype(np.float32)

    def train_ours() -> None:
        for _ in range(10):
            for _ in fit(model, x, y, epochs=1, batch_size=batch):
                pass

    def train_theirs() -> None:
        keras_model.fit(x, y, epochs=1, batch_size=batch, verbose=0)

    train_theirs()
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        best[0] = min(best[0], seconds_a_step(train_ours, steps * 10))
        best[1] = min(best[1], seconds_a_step(train_theirs, steps))
    return (
        f"| {name} | {batch} | {best[0] * 1e6:.0f} | {best[1] * 1e6:.0f} | "
        f"{best[1] / best[0]:.0f} | {batch / best[0] / 1e3:.0f} | {batch / best[1] / 1e3:.1f} |"
    )


def table(threads: int) -> None:
    """Prints the table in this process. threads: 0 for all."""
    if threads:
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    print(
        "| network | batch | ours, us a step | Keras, us a step | times as fast |"
        " ours, k samples/s | Keras, k samples/s |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, (layers, shape, batches) in networks().items():
        for batch in batches:
            print(compare(name, layers, shape, batch), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, help="only this table; 0 for all threads")
    arguments = parser.parse_args()
    if arguments.threads is not None:
        table(arguments.threads)
        return
    for threads, title in ((1, "One thread each"), (0, "All threads each")):
        print(f"\n{title}:\n", flush=True)
        environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
        if threads:
            environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "tests.bench.engine", "--threads", str(threads)]
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
