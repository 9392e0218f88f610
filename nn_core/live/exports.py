"""The questions after the network to take home: a NumPy script, a Keras script, a .keras file."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

import numpy as np

from nn_core.arrays import Array
from nn_core.export import WEIGHTS_IN_SCRIPT, keras_code, save_weights, shortest
from nn_core.export_numpy import named_arrays, numpy_code, save_numpy_weights
from nn_core.live.asks import Answer, Scene, ask, ask_elsewhere
from nn_core.live.receipts import question
from nn_core.live.samples import depending
from nn_core.live.updates import MOST
from nn_core.live.warm_keras import the_keras
from nn_core.network import Sequential
from nn_core.registry import Registry


@dataclass(frozen=True)
class Form:
    """A kind of script: how it is written, and what it calls a prediction.

    needs: the packages it needs, as pip knows them.
    """

    code: Callable[[Sequential, str], str]
    weights: Callable[[Sequential, IO[bytes]], None]
    predict: str
    needs: str


FORMS: Registry[Form] = Registry("form")
FORMS.add("numpy", Form(numpy_code, save_numpy_weights, "predict(x)", "numpy"))
FORMS.add("keras", Form(keras_code, save_weights, "model.predict(x, verbose=0)", "tensorflow"))


@ask
def script(scene: Scene, message: dict[str, Any]) -> Answer:
    """form: numpy or keras -> the script, with the shown sample at its end as a check.

    Where the weights do not stand in it, the .npz that belongs beside it comes as bytes.
    """
    name = str(message["form"])
    form = FORMS.get(name)
    file, weights_file = f"network_{name}.py", f"network_{name}_weights.npz"
    code = form.code(scene.model, weights_file).rstrip("\n")
    header: dict[str, Any] = {
        "code": f"{code}\n\n\n{proof(scene, form)}",
        "file": file,
        "needs": form.needs,
        "in_training": [layer.name for layer in depending(scene.model)],
    }
    if sum(array.size for array in named_arrays(scene.model).values()) <= WEIGHTS_IN_SCRIPT:
        return {**header, "weights_file": None}, {}
    beside = io.BytesIO()
    form.weights(scene.model, beside)
    return {**header, "weights_file": weights_file}, {"weights": as_bytes(beside.getvalue())}


@ask_elsewhere
def keras_file(scene: Scene, message: dict[str, Any]) -> Answer:
    """The network as the bytes of a .keras file, which the Keras worker writes."""
    header, found = the_keras().ask(*question("file", scene.model))
    return {"file": "network.keras", **header}, {"bytes": found["file"]}


@ask
def updates(scene: Scene, message: dict[str, Any]) -> Answer:
    """Of every `every`-th update the loss of its batch (k,), and how many epochs had ended (k,)."""
    every, losses, epochs = scene.updates
    return {"every": every, "most": MOST}, {"losses": losses, "epochs": epochs}


def proof(scene: Scene, form: Form) -> str:
    """The lines that predict the shown sample, and what the engine says of it."""
    (x, _), (which, row) = scene.sample, scene.shown
    columns = scene.run.spec.about.get("features")
    says = "predicts" if depending(scene.model) else "puts out"
    said = f"The lab's {which} sample {row}; there the network {says}"
    lines = [
        'if __name__ == "__main__":',
        f"    # {said}",
        f"    # {shortest(scene.model.predict(x))}",
        *in_training(scene.model),
        *([f"    # Columns of x: {', '.join(columns)}"] if columns else []),
        f"    x = np.array({shortest(x)}, {x.dtype.name!r})",
        f"    print({form.predict})",
    ]
    return "\n".join(lines) + "\n"


def in_training(model: Sequential) -> list[str]:
    """What the stage shows otherwise: there some layers work on a batch, as in training."""
    names = [layer.name for layer in depending(model)]
    if not names:
        return []
    return [
        f"    # The stage shows {', '.join(names)} as in training, with the sample as a row of the",
        "    # next batch, so its numbers differ from this prediction.",
    ]


def as_bytes(data: bytes) -> Array:
    """Bytes as an array that travels."""
    return np.frombuffer(data, np.uint8)
