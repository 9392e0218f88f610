"""The question after one weight's gradient: in terms, as a finite difference, and Keras's own."""

import math
from typing import Any

import numpy as np

from nn_core.arrays import Array
from nn_core.export import network_code
from nn_core.live.asks import Answer, Scene, ask, ask_elsewhere
from nn_core.live.samples import samples_depend
from nn_core.live.warm_keras import the_keras
from nn_core.network import Sequential
from nn_core.receipt import Receipt, receipt
from nn_core.terms import Term
from nn_core.trace import record
from nn_core.weight_names import locate, split

# Terms that are shown one by one, unless the question says how many.
SHOWN = 10
# Up to so many numbers of an array are shown one by one.
MOST_NUMBERS = 8
# A weight that is used at more places than this takes seconds to account for.
MOST_PLACES = 100_000


@ask
def gradient_receipt(scene: Scene, message: dict[str, Any]) -> Answer:
    """weight: its name; over: "sample" or "batch"; most: how many terms -> the receipt in JSON.

    The terms come largest first; `rest` says how many are left out, and what they add up to.
    """
    weight, (x, y, rows) = str(message["weight"]), data(scene, message)
    check(scene.model, weight, len(x))
    found = receipt(scene.model, x, y, weight)
    if not all(math.isfinite(n) for n in (found.total, found.numeric, found.gradient)):
        raise ValueError("The gradient is not a finite number any more, so it has no receipt.")
    most = max(1, int(message.get("most", SHOWN)))
    terms = sorted(found.terms, key=lambda term: -abs(term.product))
    header = summary(found, terms, most)
    header["chain"] = chain(scene.model, x, y, found)
    header["terms"] = [told(term, rows, len(x) == 1) for term in terms[:most]]
    over = message.get("over", "sample")
    which = scene.shown[0] if over == "sample" else "train"
    about = {"samples": len(x), "over": over, "set": which, "keras_warm": the_keras().warm}
    return {**header, **about}, {}


@ask_elsewhere
def keras_gradient(scene: Scene, message: dict[str, Any]) -> Answer:
    """weight and over as above -> Keras's float32 value of it, the engine's, and their distance."""
    weight, (x, y, _) = str(message["weight"]), data(scene, message)
    at = locate(scene.model, weight)
    header, found = the_keras().ask(*question("gradients", scene.model, x, y))
    own, theirs = scene.model.passes(x, y).gradient[at], found["gradient"][at]
    if not math.isfinite(theirs):
        raise ValueError("Keras's gradient is not a finite number either.")
    return {
        "gradient": float(own),
        "keras": float(theirs),
        "off": abs(float(theirs) - float(own)),
        "version": header["version"],
    }, {}


def question(
    work: str, model: Sequential, x: Array | None = None, y: Array | None = None
) -> tuple[dict[str, Any], dict[str, Array]]:
    """What the Keras worker is asked. Raises ValueError on a network whose draws differ there."""
    drawing = [layer.name for layer in model.layers if layer.draws]
    if x is not None and drawing:
        raise ValueError(
            f"{drawing[0]} draws random numbers, and Keras draws others; it cannot be compared."
        )
    arrays = {f"w{i}": array for i, array in enumerate(model.get_weights())}
    if x is not None and y is not None:
        arrays |= {"x": x, "y": y.astype(np.int32) if y.dtype.kind in "iu" else y}
    return {"work": work, "code": network_code(model)}, arrays


def data(scene: Scene, message: dict[str, Any]) -> tuple[Array, Array, list[int]]:
    """x: (N, ...), y: (N, ...) of the shown sample or of the last batch, and their row numbers."""
    over = message.get("over", "sample")
    if over == "sample" and samples_depend(scene.model):
        raise ValueError(
            "Samples of a batch depend on each other here, by its statistics or by numbers drawn "
            "for it, so one alone has no gradient of its own. Choose the last batch."
        )
    if over == "sample":
        return *scene.sample, [scene.shown[1]]
    if over != "batch":
        raise ValueError(f"A receipt is over sample or batch; received {over!r}.")
    x, y = scene.run.sets["train"]
    return x[scene.batch], y[scene.batch], [int(row) for row in scene.batch]


def check(model: Sequential, weight: str, samples: int) -> None:
    """Raises ValueError on a weight that is not there, or is used at too many places."""
    layer = split(model, weight)[0].rsplit("/", 1)[0]
    at = next(i for i, own in enumerate(model.layers) if own.name == layer)
    places = samples * math.prod(model.shapes[at][:-1])
    if places > MOST_PLACES:
        raise ValueError(
            f"This batch of {samples} uses the weight at up to {places:,} places. Choose a smaller "
            "batch size and step once, or the shown sample alone."
        )


def summary(found: Receipt, terms: list[Term], most: int) -> dict[str, Any]:
    """All of a receipt but its terms."""
    rest = terms[most:]
    return {
        "weight": found.weight,
        "value": found.value,
        "rest": {"count": len(rest), "total": float(sum(term.product for term in rest))},
        "sum": float(sum(term.product for term in terms)),
        "penalty": found.penalty,
        "total": found.total,
        "gradient": found.gradient,
        "numeric": found.numeric,
        "difference": found.step,
        "numeric_error": abs(found.numeric - found.gradient),
        "total_error": abs(found.total - found.gradient),
    }


def chain(model: Sequential, x: Array, y: Array, found: Receipt) -> list[dict[str, Any]]:
    """The operations from the loss to the weight, each with the shape of what it gives.

    Of a single sample also the numbers, where they are few; of the last one the weight's own.
    """
    trace = record(model, x, y)
    links: list[dict[str, Any]] = []
    for operation in found.chain:
        array = trace[operation.output]
        last = operation is found.chain[-1]
        own = array[split(model, found.weight)[1]] if last else array
        few = last or (len(x) == 1 and own.size <= MOST_NUMBERS)
        links.append(
            {
                "layer": operation.layer,
                "name": operation.name,
                "equation": operation.equation,
                "output": operation.output,
                "shape": array.shape,
                "numbers": own.ravel().tolist() if few else [],
            }
        )
    return links


def told(term: Term, rows: list[int], alone: bool) -> dict[str, Any]:
    """A term with its sample's row number; alone: names leave out which sample, as the stage's."""
    factors = [
        {"name": f.name.replace("[0,", "[", 1) if alone else f.name, "value": f.value}
        for f in term.factors
    ]
    return {
        "sample": rows[term.sample],
        "place": term.place,
        "factors": factors,
        "product": term.product,
    }
