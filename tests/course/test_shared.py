"""A network that is asked by many at once answers each of them its own question."""

import threading

import numpy as np

from nn_core.course.shared import answer
from nn_core.layers import Dense
from nn_core.network import Sequential


def test_many_ask_one_network_at_once() -> None:
    model = Sequential([Dense(256, "relu"), Dense(256, "relu"), Dense(4, "softmax")], (64,), seed=1)
    rng = np.random.default_rng(0)
    asked = [rng.standard_normal((32, 64)) for _ in range(8)]
    alone = [model.predict(x) for x in asked]
    wrong: list[int] = []

    def ask(at: int) -> None:
        for _ in range(50):
            if not np.allclose(answer(model, asked[at]), alone[at], rtol=1e-5, atol=1e-6):
                wrong.append(at)

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
