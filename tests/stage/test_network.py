"""What the browser draws of a network, and the formulas of its activations, held to the engine."""

import math
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from nn_core.activations import ACTIVATIONS
from nn_core.datasets import FEATURES, features
from nn_core.live.frames import decode
from nn_core.live.pictures import hello
from nn_core.live.play import Play
from nn_core.live.points import Points
from nn_core.live.settings import DRAWN, Settings, options
from tests.stage.test_modules import call

pytestmark = pytest.mark.browser

MAPS = """m.unitGrids(a[0], new Float32Array(a[1]), a[0].settings.activations,
  new Float32Array(a[2])).map((layer) => layer.map((unit) => [...unit]))"""


def test_every_activation_is_offered_but_the_one_that_mixes_units() -> None:
    assert set(DRAWN) == set(ACTIVATIONS) - {"softmax"}
    assert options()["activations"] == DRAWN


def test_browser_and_formulas_know_every_activation(page: Page) -> None:
    assert set(call(page, "network", "Object.keys(m.ACTIVATIONS)")) == set(ACTIVATIONS)
    assert set(call(page, "slopes", "Object.keys(m.SLOPES)")) == set(DRAWN)


@pytest.mark.parametrize("activation", DRAWN)
@pytest.mark.parametrize("loss", ["binary_crossentropy", "categorical_crossentropy", "mse"])
def test_the_maps_drawn_in_the_browser_are_the_engines(
    page: Page, activation: str, loss: str
) -> None:
    spec = Points(loss=loss, features=tuple(FEATURES.names()), seed=7)
    play = Play(spec, Settings(activations=(activation,) * 2))
    header, _ = decode(hello(play))
    model = play.run.model
    # Exponentials of exponentials stay numbers.
    model.weights.vector *= 0.1
    xs = np.random.default_rng(0).uniform(-6, 6, (50, 2)).astype(np.float32)
    drawn = call(page, "network", MAPS, header, model.weights.vector.tolist(), xs.ravel().tolist())
    x = features(xs, spec.features)
    passes = model.passes(x, np.zeros((50, *model.output_shape)))
    for units, cache in zip(drawn[:-1], passes.caches):
        np.testing.assert_allclose(np.transpose(units), cache.a, rtol=1e-4, atol=2e-5)
    np.testing.assert_allclose(np.transpose(drawn[-1]), model.predict(x), rtol=1e-4, atol=2e-5)


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_an_activation_in_the_browser_is_the_engines(page: Page, name: str) -> None:
    z = np.concatenate([np.linspace(-12, 12, 241), [-3, 3, 1e-9, -60, 60]]).astype(np.float32)
    expression = "(() => { const z = Float32Array.from(a[0]); m.ACTIVATIONS[a[1]]([z]);"
    drawn = call(page, "network", f"{expression} return [...z]; }})()", z.tolist(), name)
    np.testing.assert_allclose(drawn, ACTIVATIONS.get(name).forward(z), rtol=2e-5, atol=2e-6)


WORDS = {"·": "*", "−": "-", "²": "**2", "σ(": "sigmoid(", "φ(": "normal(", "≤": "<=", "[": "("}
MATHEMATICS = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "normal": lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi),
    "abs": abs,
}


def computed(line: str, da: float) -> float:
    """What a student gets who types what stands between the last two equal signs."""
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", line.rsplit(" = ", 2)[1])
    for old, new in WORDS.items():
        text = text.replace(old, new)
    return float(eval(text.replace("]", ")"), MATHEMATICS | {"da": da}))  # noqa: S307  our own formula


@pytest.mark.parametrize("name", DRAWN)
def test_dz_can_be_recomputed_from_the_numbers_beside_it(page: Page, name: str) -> None:
    f = ACTIVATIONS.get(name)
    rng = np.random.default_rng(4)
    for z in (-4.0, -1.25, -0.3, 0.4, 2.5, 5.0):
        value, da = np.array([z]), rng.normal(size=1)
        a = f.forward(value)
        numbers: dict[str, Any] = {"z": z, "a": float(a[0]), "da": float(da[0])}
        view = {
            "hello": {
                "layers": [LAYER, LAYER | {"name": "dense_2"}],
                "loss": "mse",
                "features": [],
            },
            "settings": {"activations": [name]},
            "frame": {
                "operation": None,
                "sample": {"y": 1},
                "values": {f"dense_1/{part}": {"0": v} for part, v in numbers.items()},
            },
        }
        text = "(part) => typeof part === 'string' ? part : part.name.endsWith('dz[0]') ? '?'"
        text += " : part.bare || part.value >= 0 ? String(part.value) : `(${part.value})`"
        lines = call(
            page,
            "formula",
            "m.explain(a[0], {kind: 'neuron', layer: 0, unit: 0}).lines"
            f".map((line) => line.map({text}).join(''))",
            view,
        )
        line = lines[-1].replace("=  =", "=")
        expected = f.backward(da, value, a)[0]
        assert line.startswith("dz = da")
        assert computed(line, da[0]) == pytest.approx(expected, rel=2e-5, abs=1e-9), line


LAYER = {
    "name": "dense_1",
    "units": 1,
    "inputs": 0,
    "activation": "linear",
    "kernel": [0, 0, 1],
    "bias": [0, 1],
}


NAMED = "m.columns({features: a[0], layers: [{units: 1}]}, 600, 330)[0]"


def test_the_inputs_stand_as_far_in_as_their_names_are_long(page: Page) -> None:
    """A name ends 8 pixels before its input, and begins inside the picture."""
    short, long, cut = (
        call(page, "layout", NAMED, [name]) for name in ("x_1", "spent after", "x" * 40)
    )
    assert short["x"] < long["x"] < cut["x"] < 600 / 5
    assert long["x"] - long["width"] / 2 - 8 > 75
