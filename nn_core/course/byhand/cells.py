"""Drawings of recurrent cells: a unit unrolled, and one step of a cell with gates."""

from collections.abc import Mapping

from nn_core.course.byhand.pictures import SIGMA
from nn_core.course.byhand.svg import box, circle, drawing, edge, line, named, symbol, text

Values = Mapping[str, float]
TIMES, PLUS = "\N{MULTIPLICATION SIGN}", "+"


def unrolled(values: Values) -> str:
    """Three time steps from left to right; the loss reads the last."""
    parts: list[str] = []
    for t in (1, 2, 3):
        x = 65.0 + 135 * (t - 1)
        parts += [circle(x, 175, symbol(f"x_{t}")), circle(x, 80, symbol(f"h_{t}"))]
        parts += [edge((x, 175), (x, 80), symbol("w")), text(x, 211, named(f"x_{t}", values))]
        if t < 3:
            parts.append(edge((x, 80), (x + 135, 80), symbol("u")))
    parts += [line((335, 20), (335, 57)), text(325, 34, named("dh_3", values), "end")]
    title = "One recurrent unit at three time steps, from left to right."
    return drawing(400, 220, title, *parts)


def gate(x: float, name: str, activation: str) -> str:
    """A box that reads the line at the bottom, the gate's name beside it."""
    label = text(x + 24, 140, symbol(name), "start")
    return box(x, 150, activation, width=40) + line((x, 200), (x, 166)) + label


def knot(x: float, y: float, sign: str) -> str:
    return circle(x, y, sign, radius=11)


def lstm() -> str:
    """The cell's line on top, the gates below it, h_1 out at the right."""
    places = zip((90, 175, 265, 340), "figo", (SIGMA, SIGMA, "tanh", SIGMA))
    parts = [gate(x, name, act) for x, name, act in places]
    parts += [line((40, 40), (78, 40)), knot(90, 40, TIMES), line((101, 40), (208, 40))]
    parts += [knot(220, 40, PLUS), line((231, 40), (430, 40)), line((90, 135), (90, 52))]
    parts += [line((175, 135), (212, 103)), line((265, 135), (228, 103)), knot(220, 95, TIMES)]
    parts += [line((220, 84), (220, 52)), line((400, 40), (400, 78)), box(400, 93, "tanh")]
    parts += [line((400, 108), (400, 138)), knot(400, 150, TIMES), line((360, 150), (388, 150))]
    parts += [line((411, 150), (430, 150)), text(436, 155, symbol("h_1"), "start")]
    parts += [text(34, 45, symbol("c_0"), "end"), text(436, 45, symbol("c_1"), "start")]
    parts += bottom(360)
    return drawing(465, 230, "One LSTM cell: gates f, i and o, the candidate g.", *parts)


def gru() -> str:
    """The state's line on top; z shares it between the old state and the candidate g."""
    places = zip((100, 215, 310), "zrg", (SIGMA, SIGMA, "tanh"))
    parts = [gate(x, name, act) for x, name, act in places]
    parts += [line((40, 40), (88, 40)), knot(100, 40, TIMES), line((111, 40), (298, 40))]
    parts += [knot(310, 40, PLUS), line((321, 40), (400, 40)), line((100, 135), (100, 52))]
    parts += [line((310, 135), (310, 107)), knot(310, 95, TIMES), line((310, 84), (310, 52))]
    parts += [line((100, 95), (298, 95)), text(200, 88, f"1 &#8722; {symbol('z')}")]
    parts += [line((235, 150), (288, 150)), text(34, 45, symbol("h_0"), "end")]
    parts += [text(406, 45, symbol("h_1"), "start"), *bottom(330)]
    return drawing(440, 230, "One GRU cell: gates z and r, the candidate g.", *parts)


def bottom(right: float) -> list[str]:
    """The line of x and h_0, which every gate reads."""
    return [
        line((40, 200), (right, 200), arrow=False),
        text(40, 221, f"{symbol('x')}, {symbol('h_0')}", "start"),
    ]
