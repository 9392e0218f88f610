"""The pure parts of the stage: what a message, a number, a colour or a layout becomes."""

import base64
import json
import math
import struct
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def call(page: Page, module: str, expression: str, *arguments: Any) -> Any:
    """Imports a module as `m` and evaluates an expression of it; arguments are `a[0]`, `a[1]`."""
    script = f"async (a) => {{ const m = await import('/{module}.js'); return {expression}; }}"
    return page.evaluate(script, list(arguments))


def message(header: dict[str, Any], payload: bytes, misalign: int = 0) -> str:
    text = json.dumps(header).encode()
    text += b" " * (-(len(text) + 4) % 8 + misalign)
    return base64.b64encode(struct.pack("<I", len(text)) + text + payload).decode()


DECODE = """(() => {
  const bytes = Uint8Array.from(atob(a[0]), (c) => c.charCodeAt(0)).buffer;
  const { values, ...header } = m.decode(bytes);
  return { header, values: Object.entries(values).map(([name, v]) =>
    [name, v.constructor.name, Array.from(v), v.buffer === bytes]) };
})()"""


@pytest.mark.parametrize("misalign", [0, 3])
def test_a_message_becomes_a_header_and_arrays_over_its_own_bytes(
    page: Page, misalign: int
) -> None:
    wide = np.array([[1.5, -2.25], [0.1, math.inf]], np.float64)
    narrow = np.array([0.1, -7], np.float32)
    header = {
        "kind": "frame",
        "note": "żółć ≤ 1",
        "tensors": [
            {"name": "history", "dtype": "float64", "shape": [2, 2], "offset": 0},
            {"name": "dense_1/z", "dtype": "float32", "shape": [2], "offset": 32},
        ],
    }
    found = call(page, "wire", DECODE, message(header, wide.tobytes() + narrow.tobytes(), misalign))
    assert found["header"] == {"kind": "frame", "note": "żółć ≤ 1"}
    in_place = misalign == 0
    assert found["values"] == [
        ["history", "Float64Array", wide.ravel().tolist(), in_place],
        ["dense_1/z", "Float32Array", narrow.tolist(), in_place],
    ]


def test_an_unknown_dtype_is_named(page: Page) -> None:
    header = {"tensors": [{"name": "w", "dtype": "float16", "shape": [1], "offset": 0}]}
    with pytest.raises(Exception, match=r"Tensor w has dtype float16; expected one of float32"):
        call(page, "wire", DECODE, message(header, bytes(8)))


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.123456, 3, "0.123"),
        (-0.5, 3, "−0.500"),
        (1, 3, "1.00"),
        (12.345, 3, "12.3"),
        (99.96, 3, "100"),
        (1234.5, 3, "1235"),
        (0.00012345, 3, "1.23e−4"),
        (-1.2e38, 3, "−1.20e38"),
        (0, 3, "0"),
        (-0.0, 3, "0"),
        (0.123456, 5, "0.12346"),
        (None, 3, "?"),
    ],
)
def test_numbers_have_three_digits_and_no_needless_exponent(
    page: Page, value: float | None, digits: int, text: str
) -> None:
    assert call(page, "format", "m.format(a[0], a[1])", value, digits) == text


def test_numbers_that_are_none_say_so(page: Page) -> None:
    assert call(page, "format", "[m.format(NaN), m.format(Infinity), m.format(-Infinity)]") == [
        "NaN",
        "∞",
        "−∞",
    ]


@pytest.mark.parametrize("top", [0.0007, 0.72, 1, 3.3, 47, 12000])
def test_an_axis_has_a_few_round_numbers_from_zero(page: Page, top: float) -> None:
    ticks = call(page, "format", "m.ticks(a[0])", top)
    assert ticks[0] == 0
    assert 3 <= len(ticks) <= 6
    assert ticks[-1] <= top * 1.001
    leading = ticks[1] / 10 ** math.floor(math.log10(ticks[1]) + 1e-9)
    assert round(leading, 6) in (1, 2, 5)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", ["signed", "gradient"])
def test_a_scale_says_the_sign_by_hue_and_the_size_by_depth(
    page: Page, theme: str, scale: str
) -> None:
    points = call(page, "colours", "[-2, -1, 0, 1, 2, NaN].map((t) => m.pick(a[0], a[1], t))",
                  theme, scale)  # fmt: skip
    below, low, zero, high, above, none = points
    assert below == low != zero != high == above
    assert none == zero
    assert max(zero) - min(zero) <= 14, "zero is grey"
    distance = [sum(abs(p - q) for p, q in zip(end, zero)) for end in (low, high)]
    assert min(distance) > 150


def test_the_two_scales_have_no_end_in_common(page: Page) -> None:
    for ends in call(page, "colours", "Object.values(m.SCALES).map(({ signed, gradient }) =>"
                     "[signed[0], signed[2], gradient[0], gradient[2]])"):  # fmt: skip
        for i, one in enumerate(ends):
            for other in ends[i + 1 :]:
                assert sum(abs(p - q) for p, q in zip(one, other)) > 100


def test_ink_reads_on_every_fill(page: Page) -> None:
    contrasts = call(
        page,
        "colours",
        """["light", "dark"].flatMap((theme) => [-1, -0.6, -0.3, 0, 0.3, 0.6, 0.8, 1].map((t) => {
          const fill = m.pick(theme, "signed", t);
          const ink = m.inkOn(fill).match(/[0-9a-f]{2}/g).map((h) => parseInt(h, 16));
          const [x, y] = [m.luminance(fill), m.luminance(ink)].sort((p, q) => q - p);
          return (x + 0.05) / (y + 0.05);
        }))""",
    )
    assert min(contrasts) >= 4.5


NETWORK = {
    "features": ["x1", "x2"],
    "layers": [
        {"name": "dense_1", "units": 3, "inputs": 2, "activation": "tanh",
         "kernel": [0, 2, 3], "bias": [6, 3]},
        {"name": "dense_2", "units": 1, "inputs": 3, "activation": "sigmoid",
         "kernel": [9, 3, 1], "bias": [12, 1]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("hidden", [[], [8, 8], [16] * 6, [1], [16, 2]])
@pytest.mark.parametrize("inputs", [1, 7])
def test_neurons_stay_inside_and_apart(page: Page, hidden: list[int], inputs: int) -> None:
    units = [inputs, *hidden, 1]
    layers = [{"units": u, "inputs": i} for i, u in pairwise(units)]
    network = {"features": ["x1"] * inputs, "layers": layers}
    columns = call(page, "layout", "m.columns(a[0], 646, 328)", network)
    for column in columns:
        below = 15 if column["maps"] else 0
        assert column["ys"][0] - column["height"] / 2 >= 0
        assert column["ys"][-1] + column["height"] / 2 + below <= 329
        pitch = np.diff(column["ys"])
        assert (pitch >= column["height"] + below).all()
    for left, right in pairwise(columns):
        assert right["x"] - right["width"] / 2 - left["x"] - left["width"] / 2 >= 20
    assert columns[-1]["x"] + columns[-1]["width"] / 2 <= 646


def test_every_edge_is_found_under_the_pointer(page: Page) -> None:
    found = call(
        page,
        "layout",
        """(() => {
          const list = m.edges(a[0].layers, m.columns(a[0], 646, 328));
          return [...list.weight.keys()].map((e) => m.edgeAt(list, ...m.along(list, e, 0.8)));
        })()""",
        NETWORK,
    )
    assert found == list(range(9))


def test_a_map_is_the_network_in_float32(page: Page) -> None:
    rng = np.random.default_rng(0)
    w = rng.normal(size=13).astype(np.float32)
    xs = rng.uniform(-6, 6, (40, 2)).astype(np.float32)
    hidden = np.tanh(xs @ w[:6].reshape(2, 3) + w[6:9])
    expected = 1 / (1 + np.exp(-(hidden @ w[9:12] + w[12])))
    got = call(
        page,
        "network",
        "Array.from(m.predictGrid(a[0], Float32Array.from(a[1]), ['tanh'],"
        " Float32Array.from(a[2])))",
        NETWORK,
        w.tolist(),
        xs.ravel().tolist(),
    )
    np.testing.assert_allclose(got, expected, atol=2e-6)


def test_history_thins_itself_and_keeps_both_ends(page: Page) -> None:
    first, last, n, again = call(
        page,
        "curves",
        """(() => {
          const past = m.history();
          for (let step = 0; step <= 20000; step++)
            past.append(Float32Array.of(step, 0, 1 / (step + 1), 0, 0, 0));
          past.append(Float32Array.of(20000, 0, 9, 9, 9, 9));
          const rows = past.rows();
          return [rows[0][0], rows[rows.length - 1][0], rows.length, rows[rows.length - 1][2]];
        })()""",
    )
    assert (first, last) == (0, 20000)
    assert 500 < n <= 1601
    assert again < 1, "a step that was already there is not drawn twice"


VIEW = """(() => {
  const f = (...v) => Float32Array.from(v);
  return { hello: { ...a[0], loss: "binary_crossentropy" }, settings: { activations: ["tanh"] },
    frame: { operation: null, sample: { y: 1 }, values: {
      input: f(0.5, -1), weights: f(1, 2, 3, 4, 5, 6, 0.1, 0.2, 0.3, -1, -2, -3, 0.4),
      "dense_1/z": f(-3.4, -3.8, -4.2), "dense_1/a": f(-0.9978, -0.999, -0.9996),
      "dense_1/da": f(1, 2, 3), "dense_1/dz": f(0.01, 0.02, 0.03),
      "dense_2/z": f(6.4), "dense_2/a": f(0.9983), "dense_2/dz": f(-0.0017),
      sample_gradient: f(...Array(13).keys()) } } };
})()"""


def lines(page: Page, target: dict[str, Any]) -> list[str]:
    """The formula as text: numbers by their names."""
    return call(
        page,
        "formula",
        f"m.explain({VIEW}, a[1]).lines.map((line) => line.map((part) =>"
        " typeof part === 'string' ? part : `{${part.name}}`).join(''))",
        NETWORK,
        target,
    )


def test_the_formula_of_a_neuron_names_every_number_in_it(page: Page) -> None:
    forward, activation, above, backward = lines(page, {"kind": "neuron", "layer": 0, "unit": 1})
    assert forward == (
        "z = Σ x·w + b = {input[0]}·{dense_1/kernel[0,1]} + {input[1]}·{dense_1/kernel[1,1]}"
        " + {dense_1/bias[1]} = {dense_1/z[1]}"
    )
    assert activation == "a = tanh(z) = tanh({dense_1/z[1]}) = {dense_1/a[1]}"
    assert above == "da = Σ w·dz = {dense_2/kernel[1,0]}·{dense_2/dz[0]} = {dense_1/da[1]}"
    a, da, dz = "{dense_1/a[1]}", "{dense_1/da[1]}", "{dense_1/dz[1]}"
    assert backward == f"dz = da · (1 − a²) = {da} · (1 − {a}²) = {dz}"


def test_cross_entropy_goes_through_the_logit(page: Page) -> None:
    *_, backward = lines(page, {"kind": "neuron", "layer": 1, "unit": 0})
    assert backward.startswith("dz = a − y = {dense_2/a[0]} − {y} = {dense_2/dz[0]}")


def test_the_formula_of_an_edge_is_input_times_dz(page: Page) -> None:
    _, gradient, _ = lines(page, {"kind": "edge", "layer": 1, "input": 2, "unit": 0})
    assert gradient.startswith(
        "dkernel = x·dz = {dense_1/a[2]}·{dense_2/dz[0]} = {dense_2/kernel.sample_gradient[2,0]}"
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([1, " ", 2], "N · N"),
        ([1, " + (1 - ", 2, ") (", 3, ")"], "N + (1 − N) · (N)"),
        ([1, " sqrt(1 - ", 2, ") / (", 3, ") ", 4], "N · √(1 − N) / (N) · N"),
    ],
)
def test_numbers_side_by_side_get_the_dot_of_their_product(
    page: Page, parts: list[Any], text: str
) -> None:
    shown = "m.dotted(a[0]).map((p) => (typeof p === 'string' ? p : 'N')).join('')"
    assert call(page, "rule", shown, parts) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.9, "0.9"), (0.03, "0.03"), (-0.00133180123, "−0.0013318"), (48, "48"),
                        (1e-7, "1e−7"), (8.375951e-5, "8.37595e−5"), (120, "120")],
)  # fmt: skip
def test_a_rules_numbers_have_six_digits_and_no_idle_zeros(
    page: Page, value: float, text: str
) -> None:
    assert call(page, "rule", "m.digits(a[0])", value) == text
