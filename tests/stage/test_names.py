"""From a number's name to its place and back: the number is what lies under the pointer there."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from nn_core.live.convolution import Block, Pictures
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.spec import Spec
from tests.stage.test_modules import call
from tests.stage.test_scenes import told

pytestmark = pytest.mark.browser

TWO = Pictures(samples=60, blocks=(Block(3, 3, "same"), Block(2, 2)))

# Names, and the kind and index of the place they have; None where they have none.
PLACES: dict[str, tuple[Spec, dict[str, dict[str, Any] | None]]] = {
    "points": (
        Points(),
        {
            "input[1]": {"kind": "feature", "input": 1},
            "dense_1/kernel[0,2]": {"kind": "edge", "layer": 0, "input": 0, "unit": 2},
            "dense_2/kernel.gradient[3,1]": {"kind": "edge", "layer": 1, "input": 3, "unit": 1},
            "dense_1/bias.update[3]": {"kind": "bias", "layer": 0, "unit": 3},
            "dense_2/dz[1]": {"kind": "neuron", "layer": 1, "unit": 1},
            "y": {"kind": "neuron", "layer": 2, "unit": 0},
            "loss": None,
            "penalty/rate": None,
        },
    ),
    "pictures": (
        TWO,
        {
            "input[1,2,0]": {"kind": "input", "index": [1, 2, 0]},
            "conv2d_1/dx[7,0,0]": {"kind": "input", "index": [7, 0, 0]},
            "conv2d_2/z[0,1,1]": {"kind": "value", "layer": 2, "part": "a", "index": [0, 1, 1]},
            "max_pooling2d_1/argmax[3,0,2]": {
                "kind": "value",
                "layer": 1,
                "part": "y",
                "index": [3, 0, 2],
            },
            "conv2d_2/kernel.sample_gradient[1,0,2,1]": {
                "kind": "weight",
                "layer": 2,
                "part": "kernel",
                "index": [1, 0, 2, 1],
            },
            "y[4]": {"kind": "value", "layer": 5, "part": "a", "index": [4]},
            "confusion[1,2]": None,
        },
    ),
    "LSTM": (
        Sequences(samples=60),
        {
            "lstm_1/f[5,2]": {"kind": "value", "layer": 0, "part": "f", "index": [5, 2]},
            "lstm_1/dz[5,2,7]": {"kind": "value", "layer": 0, "part": "g", "index": [5, 7]},
            "lstm_1/s[0,1]": {"kind": "value", "layer": 0, "part": "c", "index": [0, 1]},
            "lstm_1/dh_norm[3]": {"kind": "value", "layer": 0, "part": "dh_norm", "index": [3]},
            "lstm_1/recurrent_kernel[0,31]": {
                "kind": "weight",
                "layer": 0,
                "part": "recurrent_kernel",
                "index": [0, 31],
            },
        },
    ),
    "GRU": (
        Sequences(samples=60, cell="GRU"),
        {"gru_1/dm[1,1,0]": {"kind": "value", "layer": 0, "part": "r", "index": [1, 0]}},
    ),
    "SimpleRNN": (
        Sequences(samples=60, cell="SimpleRNN"),
        {"simple_rnn_1/dz[4,1]": {"kind": "value", "layer": 0, "part": "z", "index": [4, 1]}},
    ),
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_name_has_its_place(page: Page, kind: str) -> None:
    spec, places = PLACES[kind]
    header = told(spec)
    for name, place in places.items():
        assert call(page, "names", "m.resolve(a[0], a[1])", header, name) == place, name


def names_of(header: dict[str, Any]) -> list[str]:
    """The first and the last number of every array that a frame carries or that is trained."""
    shapes = {**header["shapes"], "input": header["input_shape"]}
    for layer in header["layers"]:
        shapes |= {f"{layer['name']}/{part}": w["shape"] for part, w in layer["weights"].items()}
    found: list[str] = []
    for name, shape in shapes.items():
        if name not in ("output", "sample_gradient"):
            ends = ([0] * len(shape), [n - 1 for n in shape])
            found += [f"{name}[{','.join(map(str, end))}]" for end in ends]
    return found


UNDER = {
    "points": """async (header, names) => {
      const [layout, { resolve, same }] = await load("layout", "names");
      const placed = layout.columns(header, 600, 300);
      const list = layout.edges(header.layers, placed);
      return names.filter((name) => {
        const target = resolve(header, name);
        const spot = layout.spotOf(placed, list, target, 0);
        if (target.kind !== "edge") return !spot || spot.width < 5;
        const middle = [0, 1].map((axis) => (spot.from[axis] + spot.to[axis]) / 2);
        const e = layout.edgeAt(list, ...middle);
        return ["input", "unit", "layer"].some((key) => list[key][e] !== target[key]);
      });
    }""",
    "pictures": """async (header, names) => {
      const [layout, { resolve, same }] = await load("chainlayout", "names");
      const columns = layout.place(header, 622, 314);
      return names.filter((name) => {
        const target = resolve(header, name);
        const spot = layout.spotOf(header, columns, target);
        // Outputs are elements of their own, and of a Dense kernel there is no map.
        if (!spot) return target.layer !== header.layers.length - 1;
        const at = ({ x, y, width, height }, part) => [x + width * part, y + height * part];
        const bias = target.part === "bias";
        const under = layout.hit(header, columns, ...at(spot, bias ? 0.05 : 0.5));
        return bias ? under?.index[3] !== target.index[0] : !same(under, target);
      });
    }""",
    "sequences": """async (header, names) => {
      const [time, { resolve, same }] = await load("timeline", "names");
      const rows = time.rowsOf(header, 314);
      const [steps] = header.input_shape;
      return names.filter((name) => {
        const target = resolve(header, name);
        const bad = [0, 1].filter((unit) => {
          const spot = time.spotOf(rows, steps, 414, unit, target);
          if (!spot) return target.kind !== "weight" && target.layer !== 1;
          const { x, y, width, height } = spot;
          const under = time.under(header, rows, 414, unit, x + width / 2, y + height / 2);
          return target.part === "dh_norm" ? under?.part !== "dh" : !same(under, target);
        });
        return bad.length > 0;
      });
    }""",
}
LOAD = "(...names) => Promise.all(names.map((name) => import(`/${name}.js`)))"


@pytest.mark.parametrize(
    "spec",
    [
        Points(hidden=(Hidden(3), Hidden(2))),
        Pictures(samples=60),
        TWO,
        *(Sequences(samples=60, cell=cell) for cell in CELLS),
        Sequences(samples=60, dataset="adding", loss="mse"),
    ],
    ids=lambda spec: re.sub(r"\W+", "-", repr(spec))[:60],
)
def test_under_a_numbers_place_lies_that_number(page: Page, spec: Spec) -> None:
    header = told(spec)
    names = names_of(header)
    assert len(names) > 20
    script = f"async ([header, names]) => {{ const load = {LOAD};"
    script += f" return ({UNDER[spec.scene]})(header, names); }}"
    assert page.evaluate(script, [header, names]) == []


FACTORS: dict[str, tuple[Spec, dict[tuple[str, str], str]]] = {
    "points": (
        Points(),
        {
            ("dense_1/dz[2]", "sample"): "dense_1/dz[2]",
            ("tanh'(dense_2/z[7,1])", "batch"): "dense_2/z[1]",
            ("dense_1/x[1]", "sample"): "input[1]",
            ("dense_2/x[31,3]", "batch"): "dense_1/a[3]",
        },
    ),
    "pictures": (
        TWO,
        {
            # The window of the output cell 2, 5 begins at 1, 4: padding adds a cell before.
            ("conv2d_1/columns[2,5,1,2,0]", "sample"): "input[2,6,0]",
            ("conv2d_1/columns[9,2,5,1,2,0]", "batch"): "input[2,6,0]",
            ("conv2d_1/columns[0,0,0,0,0]", "sample"): "",
            ("conv2d_1/share[3]", "batch"): "",
        },
    ),
    "sequences": (
        Sequences(samples=60, cell="LSTM"),
        {
            ("lstm_1/dz[4,1,2]", "sample"): "lstm_1/dz[4,1,2]",
            ("lstm_1/h[0,3,2]", "batch"): "lstm_1/h[3,2]",
            ("lstm_1/x[4,0]", "sample"): "input[4,0]",
        },
    ),
}


@pytest.mark.parametrize("name", FACTORS)
def test_a_receipts_factor_has_the_place_of_its_number(page: Page, name: str) -> None:
    spec, places = FACTORS[name]
    hello = told(spec)
    for (factor, over), place in places.items():
        found = call(
            page, "receiptplaces", "m.placeOfFactor(a[0], a[1], a[2])", hello, factor, over
        )
        assert found == place, factor
        if place:
            assert call(page, "names", "m.resolve(a[0], a[1])", hello, place) is not None
