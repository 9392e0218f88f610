"""Logistic regression by scikit-learn, in a process of its own: its import takes seconds.

python -m nn_core.course.buying.logistic < question.npz > answer.npz
"""

import io
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np

from nn_core.arrays import Array
from nn_core.course.buying.learning import Question, question, standardised
from nn_core.course.buying.year import LABELS, moments

ROOT = Path(__file__).parents[3]
CURVED, BENT = "with logarithms", "with the days' logarithm"
# Among the eight numbers: days since the last order.
DAYS = slice(0, 1)


@cache
def probabilities() -> dict[str, Array]:
    """label -> (N,) for the customers of `question(label)` that are judged on; and the same of
    "LABEL with logarithms", where each number stands beside its logarithm, and of "LABEL with the
    days' logarithm", where only the days since the last order do."""
    arrays: dict[str, Array] = {}
    for label in LABELS:
        ways = {label: question(label), f"{label} {CURVED}": curved(label)}
        for name, asked in (ways | {f"{label} {BENT}": curved(label, DAYS)}).items():
            arrays |= {f"{name} x": asked.x, f"{name} y": asked.y, f"{name} test": asked.test_x}
    return asked_of_worker(arrays)


def curved(label: str, columns: slice = slice(None)) -> Question:
    """The same question, with the logarithms of these columns beside the eight numbers."""
    learnt, judged = moments()
    x, test_x = standardised(
        *(np.column_stack([m.x, logarithm(m.x[:, columns])]) for m in (learnt, judged))
    )
    return Question(x, learnt.y[label], test_x, judged.y[label])


def logarithm(x: Array) -> Array:
    """log(1 + |x|) with the sign of x: a day more counts less the more there are already."""
    return np.sign(x) * np.log1p(np.abs(x))


def asked_of_worker(arrays: dict[str, Array]) -> dict[str, Array]:
    """ "LABEL x" (N, D), "LABEL y" (N,), "LABEL test" (M, D) -> LABEL: (M,)."""
    sent = saved(arrays)
    command = [sys.executable, "-m", "nn_core.course.buying.logistic"]
    done = subprocess.run(command, input=sent, capture_output=True, cwd=ROOT, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(
            "The logistic regression of scikit-learn ended with an error: "
            f"{said[-1] if said else 'nothing was said'}. Is scikit-learn installed?"
        )
    return loaded(done.stdout)


def saved(arrays: dict[str, Array]) -> bytes:
    """What `loaded` reads."""
    file, named = io.BytesIO(), cast(Any, arrays)
    np.savez(file, **named)
    return file.getvalue()


def loaded(sent: bytes) -> dict[str, Array]:
    """Arrays by their names; nothing is unpickled."""
    with np.load(io.BytesIO(sent), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def answer(x: Array, y: Array, test_x: Array) -> Array:
    """As scikit-learn has it, with its usual penalty (C = 1)."""
    from sklearn.linear_model import LogisticRegression

    found: Array = LogisticRegression(max_iter=1_000).fit(x, y).predict_proba(test_x)[:, 1]
    return found


def answers(arrays: dict[str, Array]) -> dict[str, Array]:
    """What `asked_of_worker` is answered."""
    labels = {name.rpartition(" ")[0] for name in arrays}
    return {
        label: answer(*(arrays[f"{label} {part}"] for part in ("x", "y", "test")))
        for label in sorted(labels)
    }


if __name__ == "__main__":
    sys.stdout.buffer.write(saved(answers(loaded(sys.stdin.buffer.read()))))
