"""Drawings of tables: a picture and its kernel, a list of products, customers by their score."""

from collections.abc import Mapping

from nn_core.course.byhand.notation import number
from nn_core.course.byhand.svg import drawing, line, named, symbol, text

Values = Mapping[str, float]
CELL = 30


def grid(left: int, top: int, cells: list[list[str]], title: str) -> str:
    """Rows of cells, their content escaped already, with a title above."""
    parts = [text(left + CELL * len(cells[0]) / 2, top - 9, title)]
    for row, line_of_cells in enumerate(cells):
        for column, inside in enumerate(line_of_cells):
            x, y = left + CELL * column, top + CELL * row
            parts.append(
                f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="none" '
                f'stroke="currentColor"/>{text(x + CELL / 2, y + 20, inside)}'
            )
    return "".join(parts)


def whole(value: float) -> str:
    return number(value).replace("-", "&#8722;")


def square(name: str, size: int, values: Values) -> list[list[str]]:
    """The numbers name_11, name_12, ... or empty cells where they are to be found."""
    digits = range(1, size + 1)
    names = [[f"{name}_{i}{j}" for j in digits] for i in digits]
    return [[whole(values[one]) if one in values else "" for one in row] for row in names]


def spoken(values: Values, name: str, size: int) -> str:
    """The rows of a grid as a sentence has them."""
    rows = [[f"{name}_{i}{j}" for j in range(1, size + 1)] for i in range(1, size + 1)]
    return "; ".join(" ".join(number(values[one]) for one in row) for row in rows)


def convolution(values: Values) -> str:
    parts = [grid(10, 35, square("x", 4, values), f"picture {symbol('x')}")]
    parts.append(grid(200, 50, square("k", 3, values), f"kernel {symbol('k')}"))
    parts.append(grid(10, 190, square("z", 2, {}), symbol("z")))
    parts.append(grid(140, 190, square("a", 2, {}), symbol("a")))
    parts += [text(105, 213, "ReLU"), line((75, 220), (135, 220))]
    parts += [text(231, 213, "max"), line((205, 220), (257, 220))]
    parts.append(grid(262, 205, [[""]], symbol("p")))
    title = f"Picture, row by row: {spoken(values, 'x', 4)}. Kernel: {spoken(values, 'k', 3)}."
    return drawing(305, 258, title, *parts)


def listing(values: Values) -> str:
    """Five places of a list from the top, each a hit or not."""
    ranks, parts = (values["r_1"], values["r_2"]), [text(40, 20, "rank"), text(190, 20, "bought?")]
    for rank in range(1, 6):
        y, hit = 20 + 27 * rank, rank in ranks
        parts += [text(40, y, str(rank)), text(190, y, "\N{CHECK MARK} hit" if hit else "no")]
        parts += [
            text(115, y, f"product {'ABCDE'[rank - 1]}"),
            line((15, y + 8), (235, y + 8), False),
        ]
    parts.append(line((15, 28), (235, 28), arrow=False))
    missed = int(values["relevant"]) - 2
    said = f"bought too, but not listed: {missed} product{'s' if missed > 1 else ''}"
    return drawing(275, 192, "A list of five products.", *parts, text(15, 182, said, "start"))


def customers(values: Values) -> str:
    """Eight customers by falling score, a line where the threshold cuts."""
    parts = [
        text(8, y, label, "start")
        for y, label in ((22, f"score {symbol('s')}"), (52, f"bought {symbol('y')}"))
    ]
    above = 0
    for place in range(1, 9):
        x = 58 + 46 * place
        above += values[f"s_{place}"] > values["theta"]
        mark = "\N{CHECK MARK}" if values[f"y_{place}"] else "\N{EN DASH}"
        parts += [text(x, 22, whole(values[f"s_{place}"])), text(x, 52, mark)]
    cut = 58 + 46 * above + 23
    parts.append(line((cut, 4), (cut, 66), arrow=False))
    parts.append(text(cut, 84, named("theta", values)))
    each = (
        f"{number(values[f's_{place}'])} {'bought' if values[f'y_{place}'] else 'did not buy'}"
        for place in range(1, 9)
    )
    title = f"Eight customers by their score: {', '.join(each)}."
    return drawing(460, 92, title, line((5, 31), (452, 31), False), *parts)


def places(values: Values) -> str:
    """The best seller's part of all sales, and of all places on lists, as filled bars."""
    parts: list[str] = []
    for y, part, total, said in ((20, "s", "S", "sales"), (75, "l", "P", "places on lists")):
        width = 240 * values[part] / values[total]
        bar = f'<rect x="120" y="{y}" height="24"'
        parts.append(f'{bar} width="240" fill="none" stroke="currentColor"/>')
        parts.append(f'{bar} width="{width:g}" opacity="0.35"/>')
        parts += [text(112, y + 17, said, "end"), text(124, y + 42, named(part, values), "start")]
        parts.append(text(360, y + 42, named(total, values), "end"))
    sold, placed = (
        f"{number(values[part])} of {number(values[total])}" for part, total in ("sS", "lP")
    )
    title = f"Bars: the best seller has {sold} sales, and {placed} places on lists."
    return drawing(370, 125, title, *parts)
