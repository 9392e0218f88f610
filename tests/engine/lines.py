"""Runs the lines of NumPy that stand beside the equations, on the arrays of a trace."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import numpy as np

from nn_core import Sequential, record
from nn_core.arrays import Array
from nn_core.plain.lines import NAMES
from nn_core.trace import Operation


def run(line: str, given: dict[str, Any]) -> dict[str, Any]:
    """The names there are when the line has run. Nothing that is given is written into."""
    kept = (np.ndarray, np.random.Generator)
    own = {name: deepcopy(v) if isinstance(v, kept) else v for name, v in given.items()}
    names: dict[str, Any] = {**NAMES, **own}
    exec(line, names)  # noqa: S102  our own
    return names


def lines_hold(model: Sequential, x: Array, y: Array, rtol: float = 1e-9) -> Iterator[Operation]:
    """Every operation of the passes whose line gave what the trace holds; AssertionError if not."""
    trace = record(model, x, y)
    for operation in trace.operations:
        if operation.phase == "update":
            continue
        assert len(operation.symbols) == len(operation.inputs), operation
        given = {s: trace[name] for s, name in zip(operation.symbols, operation.inputs)}
        found = run(operation.numpy, {**given, "rng": model.rng})[operation.name]
        expected = trace[operation.output]
        assert np.shape(found) == expected.shape, operation
        np.testing.assert_allclose(found, expected, rtol, 1e-9, err_msg=str(operation))
        yield operation
