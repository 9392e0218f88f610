"""Drawings of nets and curves: what is given stands in them with its number."""

import math
from collections.abc import Mapping
from itertools import product

from nn_core.course.byhand.svg import (
    box,
    circle,
    curve,
    drawing,
    edge,
    line,
    named,
    spoken,
    symbol,
    text,
)

Values = Mapping[str, float]
SIGMA = '<tspan font-style="italic">\N{GREEK SMALL LETTER SIGMA}</tspan>'


def neuron(values: Values) -> str:
    """Three inputs, a weighted sum, the sigmoid."""
    centre, parts = (230.0, 100.0), list[str]()
    for place in (1, 2, 3):
        at = (50.0, 100.0 + 72 * (place - 2))
        label = named(f"w_{place}", values)
        parts += [circle(*at, symbol(f"x_{place}")), edge(at, centre, label, 0.46)]
        parts.append(text(at[0], at[1] + 35, value_of(f"x_{place}", values)))
    parts += [circle(*centre, symbol("z")), edge(centre, (330, 100), SIGMA)]
    parts += [circle(330, 100, symbol("a")), text(230, 138, named("b", values))]
    title = f"Three inputs lead to one neuron with a sigmoid: {spoken(values)}"
    return drawing(370, 215, title, *parts)


def value_of(name: str, values: Values) -> str:
    return named(name, values).partition(" = ")[2]


def net(values: Values, activation: str, title: str) -> str:
    """2-2-1: weights along the edges, biases below the units."""
    inputs = {"1": (45.0, 50.0), "2": (45.0, 180.0)}
    hidden = {"1": (230.0, 50.0), "2": (230.0, 180.0)}
    out, parts = (390.0, 115.0), list[str]()
    for i, j in product("12", "12"):
        parts.append(
            edge(inputs[i], hidden[j], named(f"w_{i}{j}", values), 0.5 if i == j else 0.27)
        )
    for j in "12":
        parts.append(edge(hidden[j], out, named(f"v_{j}", values)))
        parts += [circle(*inputs[j], symbol(f"x_{j}")), circle(*hidden[j], symbol(f"h_{j}"))]
        below = inputs[j][0], inputs[j][1] + 36
        parts.append(text(*below, value_of(f"x_{j}", values)))
        parts.append(text(hidden[j][0], hidden[j][1] + 36, named(f"b_{j}", values)))
    parts += [circle(*out, symbol("a")), text(out[0], out[1] + 36, named("c", values))]
    parts += [text(230, 14, activation), text(390, 80, SIGMA)]
    title = f"{title} Two inputs, two hidden units, one output: {spoken(values)}"
    return drawing(430, 225, title, *parts)


def chain(title: str, *stages: str) -> str:
    """Boxes in a row, an arrow from each to the next."""
    parts = [box(68 + 138 * place, 30, stage, width=116) for place, stage in enumerate(stages)]
    parts += [line((126 + 138 * p, 30), (147 + 138 * p, 30)) for p in range(len(stages) - 1)]
    return drawing(-2 + 138 * len(stages), 60, title, *parts)


def parabola(values: Values) -> str:
    """The loss over the weight, its lowest point c, and where the weight starts."""
    c, k, w = values["c"], values["k"], values["w_0"]
    reach = 1.15 * abs(w - c)
    at = [c + reach * (step / 24 - 1) for step in range(49)]
    scale = 150 / (k / 2 * reach**2)

    def place(weight: float) -> tuple[float, float]:
        return 200 + (weight - c) / reach * 170, 175 - scale * k / 2 * (weight - c) ** 2

    start = place(w)
    dot = f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="5"/>'
    side, anchor = (-12, "end") if w > c else (12, "start")
    label = text(start[0] + side, start[1] + 5, named("w_0", values), anchor)
    axis = line((15, 175), (390, 175))
    names = text(200, 195, named("c", values)) + text(388, 195, symbol("w"), "end")
    title = "The loss over the weight is a parabola."
    return drawing(400, 205, title, curve([place(one) for one in at]), axis, dot, label, names)


def bells(values: Values) -> str:
    """The latent unit's normal distribution, and the standard one dashed."""
    mu, sigma = values["mu"], math.exp(values["logvar"] / 2)

    def bell(mean: float, spread: float) -> list[tuple[float, float]]:
        xs = [-4 + step / 10 for step in range(81)]
        return [
            (200 + 45 * x, 145 - 130 * math.exp(-((x - mean) ** 2) / (2 * spread**2)) / spread / 2)
            for x in xs
        ]

    middle = 200 + 45 * mu
    mark = line((middle, 145), (middle, 152), arrow=False) + text(middle, 167, symbol("mu"))
    title = "Two bell curves: the latent unit's, and dashed the standard normal one."
    axis = line((15, 145), (390, 145))
    return drawing(400, 172, title, curve(bell(mu, sigma)), curve(bell(0, 1), True), axis, mark)


def shares(values: Values) -> str:
    """z through the sigmoid to a, and three shares as bars with the target named."""
    parts = [circle(40, 90, symbol("z")), edge((40, 90), (130, 90), SIGMA)]
    parts += [circle(130, 90, symbol("a")), text(40, 126, value_of("z", values))]
    for place in (1, 2, 3):
        y, share = 35 + 45 * place, values[f"p_{place}"]
        bar = f'<rect x="240" y="{y - 22}" width="{120 * share:g}" height="24" opacity="0.35"/>'
        target = " \N{LEFTWARDS ARROW} the target" if values[f"y_{place}"] else ""
        label = text(248 + 120 * share, y - 5, value_of(f"p_{place}", values) + target, "start")
        parts += [bar, text(225, y - 5, symbol(f"p_{place}"), "end"), label]
    parts.append(text(85, 36, f"target {named('y', values)}"))
    parts.append(text(300, 36, "shares of a softmax"))
    return drawing(430, 185, "One output of a sigmoid, and three of a softmax.", *parts)
