"""Every layer's formulas: what stands in them, computed anew, is the number behind them."""

import base64
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from nn_core.layers import LAYERS
from nn_core.live.convolution import Pictures
from nn_core.live.frames import decode
from nn_core.live.notation import parse
from nn_core.live.play import Play
from nn_core.live.points import Points
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.settings import DRAWN
from nn_core.live.spec import Spec
from nn_core.live.stack import Stack
from tests.stage.arithmetic import Equation, read
from tests.stage.test_modules import call

pytestmark = pytest.mark.browser
DIGITS = Pictures(samples=60)
SYMBOLS = Sequences(samples=60, steps=5)
SINE = Sequences(dataset="sine", samples=60, steps=5, loss="mse")
SIDES = "bidirectional(gru(2,return_sequences=true))", "bidirectional(lstm(2),merge_mode=mul)"
EACH = "dense(2,activation={})"


def stacked(source: Any, text: str) -> Stack:
    return Stack(source=source, hidden=parse(text))


SPECS: dict[str, Spec] = {
    "pictures": Pictures(samples=60),
    **{cell: Sequences(samples=60, steps=5, cell=cell, units=3) for cell in CELLS},
    "windows": stacked(
        DIGITS,
        "conv2d(2,3,activation=relu)-max_pooling2d-conv2d(2,2,padding=same,activation=tanh)"
        "-average_pooling2d(2,padding=same)-flatten-dense(3,activation=softmax)",
    ),
    "overlapping": stacked(
        DIGITS,
        "conv2d(2,3,strides=2,use_bias=false)-max_pooling2d(2,strides=1)"
        "-activation(silu)-global_average_pooling2d",
    ),
    "in time": stacked(
        SYMBOLS,
        "embedding(4,3)-layer_normalization-lstm(2,return_sequences=true)-conv1d(3,2,strides=2)"
        "-gru(2,return_sequences=true)-simple_rnn(2)",
    ),
    "both ways": stacked(SYMBOLS, f"{SIDES[0]}-{SIDES[1]}-dense(2)"),
    "turned": stacked(
        SINE,
        "gru(2,reset_after=false,return_sequences=true,go_backwards=true)"
        "-bidirectional(simple_rnn(2,return_sequences=true),merge_mode=ave)-lstm(2,use_bias=false)",
    ),
    "batch": stacked(
        Points(points=60),
        "dense(4,activation=sigmoid)-batch_normalization-dropout(0.3)-gaussian_sampling"
        "-reshape(2,1)-flatten",
    ),
    "half of f": stacked(
        SINE, "flatten-" + "-".join(map(EACH.format, DRAWN[: len(DRAWN) // 2]))
    ),
    "other half": stacked(
        SINE, "flatten-" + "-".join(map(EACH.format, DRAWN[len(DRAWN) // 2 :]))
    ),
}  # fmt: skip
# What is drawn or counted, or belongs to the whole batch, follows from nothing on the screen.
GIVEN = re.compile(
    r"/(mask|noise|row|argmax|kl|dy_mean|dy_normal_mean|dh_norm|(forward_|backward_)dx)$"
)
OF_BATCH = re.compile(r"batch_normalization_\d/(mean|variance)$")
# Of some cells of every array and every weight: the lines, with their numbers, and the grids.
SAID = """(async () => {
  const { decode } = await import("/wire.js");
  const { scene } = await import("/scenes.js");
  const { partsOf } = await import("/stackparts.js");
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
  const [hello, frame] = a.map((text) => decode(bytes(text)));
  const view = { hello, frame, settings: hello.settings, code: null, theme: "light",
    edges: "weights", target: null, pinned: false, history: () => [], still: true };
  const { explain } = scene(hello, () => view, () => {}, () => {});
  const some = (shape) => {
    const all = shape.reduce((found, n) =>
      found.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])), [[]]);
    const step = Math.max(1, Math.floor(all.length / 12));
    return all.filter((_, i) => i % step === 0 || i === all.length - 1);
  };
  const shown = (l) => hello.scene === "stack" ? partsOf(hello, l)
    : l || hello.scene === "pictures" ? [hello.layers[l].output]
    : { SimpleRNN: ["z", "h"], LSTM: [..."ifgoch"], GRU: [..."zrgh"] }[hello.layers[l].type];
  const targets = [
    ...some(hello.input_shape).map((index) => ({ kind: "input", index })),
    ...hello.layers.flatMap(({ name, weights }, l) => [
      ...shown(l).flatMap((part) => some(hello.shapes[`${name}/${part}`])
        .map((index) => ({ kind: "value", layer: l, part, index }))),
      ...Object.entries(weights).flatMap(([part, { shape }]) => some(shape)
        .map((index) => ({ kind: "weight", layer: l, part, index }))),
    ])];
  return targets.map((target) => ({ target, ...explain(view, target) }));
})()"""


def pictured(spec: Spec, **order: Any) -> tuple[dict[str, Any], list[str]]:
    """The hello, decoded, and hello and frame as the browser gets them."""
    play = Play(spec, spec.start)
    sent: list[bytes] = []
    play.send = sent.append
    play.post({"type": "step", "kind": "batch"})
    play.turn(100.0, 1.0, 1 / 30)
    if order:
        play.post(order)
        play.turn(101.0, 1.0, 1 / 30)
    told = [base64.b64encode(one).decode() for one in (sent[0], sent[-1])]
    return decode(sent[0])[0], told


def equations(cells: list[dict[str, Any]]) -> list[Equation]:
    lines = [found for cell in cells for line in cell["lines"] if (found := read(line))]
    return lines + [found for cell in cells if (found := windowed(cell))]


def windowed(cell: dict[str, Any]) -> Equation | None:
    """Of a cell whose sum stands in grids, pairs of them: the sum, with what is added to it."""
    grids, weight = cell.get("grids", []), cell["target"]["kind"] == "weight"
    if len(grids) < 2:
        return None
    tables = [
        np.array([[0 if isinstance(p, str) else p["value"] for p in row] for row in g["rows"]])
        for g in grids
    ]
    products = sum(float((x * w).sum()) for x, w in zip(tables[::2], tables[1::2]))
    result, *more = (p for p in cell["lines"][int(weight)] if not isinstance(p, str))
    return Equation(result["name"], result["value"], products + sum(p["value"] for p in more))


def owed(header: dict[str, Any]) -> set[str]:
    """The arrays whose numbers follow from others on the screen; gradients of weights too, where
    they are the shown sample's own."""
    given = {name for name in header["shapes"] if GIVEN.search(name) or OF_BATCH.search(name)}
    weights = {
        f"{layer['name']}/{part}.sample_gradient"
        for layer in header["layers"]
        for part in layer["weights"]
        if not header["depend"]
    }
    if header["scene"] == "sequences":
        # Its picture shows y as h of the last step.
        given |= {name for name in header["shapes"] if name.endswith(("/y", "/dy"))}
    return {name for name in header["shapes"] if "/" in name} - given | weights


@pytest.mark.parametrize("name", SPECS)
def test_the_numbers_of_a_formula_give_its_value(page: Page, name: str) -> None:
    header, told = pictured(SPECS[name])
    cells = call(page, "stackexplain", SAID, *told)
    found = equations(cells)
    for equation in found:
        assert equation.computed == pytest.approx(equation.value, rel=3e-4, abs=3e-6), equation
    reached = {equation.name.split("[")[0] for equation in found}
    assert not owed(header) - reached


def test_every_type_of_layer_is_among_them() -> None:
    used = {type(layer) for spec in SPECS.values() for layer in spec.layers(spec.start.activations)}
    assert used == {LAYERS.get(name) for name in LAYERS.names()}


@pytest.mark.parametrize("name", ["windows", "in time", "batch"])
def test_what_slow_motion_has_not_computed_yet_is_left_open(page: Page, name: str) -> None:
    _, told = pictured(SPECS[name], type="step", kind="operation")
    cells = call(page, "stackexplain", SAID, *told)
    values = [part["value"] for cell in cells for line in cell["lines"] for part in line
              if not isinstance(part, str) and "value" in part]  # fmt: skip
    assert any(value is not None for value in values)
    # JSON leaves out what is undefined, and has null for what is not computed.
    assert any("value" not in part or part["value"] is None for cell in cells
               for line in cell["lines"] for part in line if not isinstance(part, str))  # fmt: skip
