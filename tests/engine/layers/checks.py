"""What every layer must hold to, each check a function of one case."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np

from nn_core import Sequential, record
from nn_core.arrays import Array
from nn_core.layers.parameters import Parameters
from tests.engine.layers.cases import Case
from tests.engine.lines import lines_hold

STEP = 1e-6


def shapes_and_config(case: Case) -> None:
    """A layer says beforehand what shape comes out, and its fields rebuild it."""
    layer, (x, y) = case.layer, case.data()
    again = type(layer)(**{field.name: getattr(layer, field.name) for field in fields(layer)})
    assert again == layer
    assert hash(again) == hash(layer)
    assert replace(layer, name="other").name == "other"
    model = case.network()
    passes = model.passes(x, y)
    out = passes.caches[1].x
    assert out.shape == (case.n, *layer.output_shape(case.input_shape))
    assert passes.dx.shape == x.shape
    assert passes.dx.dtype == out.dtype == np.float64
    low = case.network("float32").passes(x, y)
    assert low.dx.dtype == low.caches[1].x.dtype == low.gradient.dtype == np.float32


def gradients_along_random_directions(case: Case) -> None:
    """The gradients of weights and input against finite differences."""
    gradients_of(case.network(), *case.data(), case.layer.reads_indices)


def gradients_of(model: Sequential, x: Array, y: Array, indices: bool = False) -> None:
    """gradient . d against (L(+h d) - L(-h d)) / 2h, for the weights and for the input."""
    passes = model.passes(x, y)
    w = model.weights.vector
    start = w.copy()

    def at(w_now: Array, x_now: Array) -> float:
        w[:] = w_now
        return model.passes(x_now, y).loss

    rng = np.random.default_rng(5)
    for _ in range(3):
        d = rng.standard_normal(w.size)
        compare(passes.gradient, d, lambda h, d=d: at(start + h * d, x))
        if not indices:
            e = rng.standard_normal(x.shape)
            compare(passes.dx, e, lambda h, e=e: at(start, x + h * e))
    w[:] = start


def compare(analytic: Array, direction: Array, loss: Callable[[float], float]) -> None:
    """Raises AssertionError unless both agree to 1e-6 relative."""
    numeric = (loss(STEP) - loss(-STEP)) / (2 * STEP)
    product = float(np.vdot(analytic, direction))
    scale = float(np.abs(analytic).ravel() @ np.abs(direction).ravel())
    assert abs(product - numeric) <= 1e-6 * max(scale, 1e-3), (product, numeric)


def trace_is_complete(case: Case) -> None:
    """Every operation names what is there, and the trace foretells the step to the last bit."""
    model, (x, y) = case.network("float32"), case.data()
    model.train_on_batch(x, y)
    trace = record(model, x, y)
    for operation in trace.operations:
        for name in (*operation.inputs, operation.output):
            assert np.isfinite(trace[name]).all(), (operation, name)
    first = model.layers[0]
    written = {step.output for step in (*first.forward_steps(), *first.backward_steps())}
    given = {"x", "h_0", "c_0", f"d{first.output_name}", *model.weights.own[0].values}
    for full in trace.values:
        layer, _, name = full.partition("/")
        inner = name.removeprefix("forward_").removeprefix("backward_")
        if layer == first.name and name not in written | given and inner not in given:
            assert name.endswith(".update") or name.startswith("dpenalty_"), (
                f"no operation writes {name}"
            )
    foretells(model, x, y)


def numpy_lines_compute_the_trace(case: Case) -> None:
    """The line of NumPy beside each equation, run on the trace's arrays, gives its output."""
    model, (x, y) = case.network(), case.data()
    for operation in lines_hold(model, x, y):
        assert operation.layer, operation


def foretells(model: Sequential, x: Array, y: Array) -> None:
    """The traced loss, gradient and update are those of the next step."""
    trace = record(model, x, y)
    gradients = model.gradients(x, y)
    assert model.train_on_batch(x, y) == trace["loss"]
    assert (model.weights.vector == trace["update/w"]).all()
    for key, gradient in zip(model.named_weights, gradients):
        assert (trace[key.replace("/", "/d")] == gradient).all()


def a_step_allocates_in_kept_memory(case: Case) -> None:
    """Two steps in kept memory compute what two steps in fresh memory would."""
    model, other, (x, y) = case.network(), case.network(), case.data()
    for _ in range(2):
        model.train_on_batch(x, y)
        passes = other.passes(x, y)
        other.rng.bit_generator.state = model.rng.bit_generator.state
        other.states = model.states
        other.weights.vector -= 0.02 * passes.gradient
        np.testing.assert_allclose(model.weights.vector, other.weights.vector, rtol=1e-9)


def kept_memory_forgets(case: Case) -> None:
    """A pass over one batch leaves nothing behind in the gradients of the next."""
    model, (x, _) = case.network(), case.data()
    layer, state = model.layers[0], model.states[0]

    def gradients(params: Parameters, data: Array) -> list[Array]:
        out, _, cache = layer.forward(params, state, data, True, np.random.default_rng(4))
        dy = np.random.default_rng(5).normal(size=out.shape)
        dx, grads = layer.backward(params, dy, cache)
        return [array.copy() for array in (dx, *grads.values())]

    kept, fresh = (model.weights.fresh().parameters[0] for _ in range(2))
    gradients(kept, x)
    for got, expected in zip(gradients(kept, x[::-1]), gradients(fresh, x[::-1])):
        assert (got == expected).all()


CHECKS = [
    shapes_and_config,
    gradients_along_random_directions,
    trace_is_complete,
    numpy_lines_compute_the_trace,
    a_step_allocates_in_kept_memory,
    kept_memory_forgets,
]
