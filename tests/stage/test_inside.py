"""The formulas of a shop's network: what stands in them, computed anew, is the engine's number."""

from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.recommender.customer.test_neurons import NETWORKS, opened
from tests.stage.arithmetic import Line, read
from tests.stage.test_modules import call

pytestmark = pytest.mark.browser
ALL = """a[0].flatMap((layer, c) => layer.cells.flatMap((_, u) => m.explain(a[0],
  c ? {kind: 'neuron', layer: c - 1, unit: u} : {kind: 'feature', input: u}).lines))"""
EDGES = """a[0].slice(1).flatMap((layer, l) => layer.weights.flatMap((row, input) =>
  row.flatMap((_, unit) => m.explain(a[0], {kind: 'edge', layer: l, input, unit}).lines)))"""


KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (name, {}) for name in NETWORKS},
    "no cross-entropy": ("course", {"loss": "mean_squared_error", "activation": "sigmoid"}),
    "no hidden layer": ("course", {"hidden": ()}),
}


def snapshot(name: str, **options: Any) -> list[dict[str, Any]]:
    """As the page hands it over."""
    columns = [asdict(column) for column in opened(name, **options)[1]]
    return [column | {"names": list(map(str, column["names"]))} for column in columns]


def computable(line: Line) -> Line:
    """Without the words that say what a number is."""
    return [part for part in line if not (isinstance(part, str) and "(the other" in part)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_formula_gives_its_number(page: Page, kind: str) -> None:
    name, options = KINDS[kind]
    layers = snapshot(name, **options)
    lines = call(page, "insideformulas", ALL, layers) + call(page, "insideformulas", EDGES, layers)
    found = [equation for line in lines if (equation := read(computable(line)))]
    for equation in found:
        assert equation.computed == pytest.approx(equation.value, rel=3e-4, abs=2e-6), equation
    said = {equation.name.partition("[")[0] for equation in found}
    for layer in layers[1:]:
        summed = {f"{layer['layer']}/{part}" for part in ("z", "a", "dz")}
        assert summed <= said or layer["kind"] != "Dense"
    assert {f"{layers[-1]['layer']}/kernel.gradient"} <= said
    assert (f"{layers[-1]['layer']}/loss" in said) == (kind != "no cross-entropy")


def test_a_formula_says_how_many_terms_it_adds_up_in_one(page: Page) -> None:
    layers = snapshot("course")
    target = {"kind": "neuron", "layer": 1, "unit": 0}
    z, *_, da, _ = call(page, "insideformulas", "m.explain(a[0], a[1]).lines", layers, target)
    assert " (the other 54)" in z  # of 64 units, 10 are shown
    assert " (the other 150)" in da  # of 160 products
    assert z[1]["value"] == layers[2]["values"]["z"][0]


def test_a_number_in_a_formula_has_its_place(page: Page) -> None:
    layers = snapshot("course")
    product, unit, out = (layers[at]["cells"][3] for at in (0, 1, 3))
    places = {
        f"input/x[{product}]": {"kind": "feature", "input": 3},
        f"dense_1/dz[{unit}]": {"kind": "neuron", "layer": 0, "unit": 3},
        f"dense_1/kernel.gradient[{product},{unit}]": {
            "kind": "edge", "layer": 0, "input": 3, "unit": 3,
        },
        f"dense_3/bias[{out}]": {"kind": "bias", "layer": 2, "unit": 3},
        f"dense_1/rest.back[{unit}]": None,
        "dense_3/sum.of.exp": None,
    }  # fmt: skip
    found = call(page, "insideformulas", "a[1].map((n) => m.placeOf(a[0], n))", layers, [*places])
    assert found == [*places.values()]


SHOWN = """(() => {
  m.mount(document.body, {layers: a[0], hint: 'Point'});
  const shown = [...document.querySelectorAll('.gn-node > .gn-number')];
  return shown.map(({dataset}) => [dataset.name, Number(dataset.value)]);
})()"""


def test_neurons_carry_their_exact_numbers(page: Page) -> None:
    layers = snapshot("mult-vae")
    shown = call(page, "inside", SHOWN, layers)
    expected = [
        [f"{layer['layer']}/{part}[{cell}]", value]
        for layer, part in zip(layers, ["x", "a", "a", "y", "a", "a"], strict=True)
        for cell, value in zip(layer["cells"], layer["values"][part], strict=True)
    ]
    assert shown == expected
