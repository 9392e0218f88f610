"""How a formula is written: in LaTeX for a page, in HTML for a sheet of paper."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# By the word in a symbol's name: LaTeX and HTML. What is not here stands as it is.
SIGNS = {
    "beta": (r"\beta", "<i>β</i>"),
    "delta": (r"\delta", "<i>δ</i>"),
    "epsilon": (r"\varepsilon", "<i>ε</i>"),
    "eta": (r"\eta", "<i>η</i>"),
    "lambda": (r"\lambda", "<i>\N{GREEK SMALL LETTER LAMDA}</i>"),
    "mu": (r"\mu", "<i>μ</i>"),
    "sigma": (r"\sigma", "<i>\N{GREEK SMALL LETTER SIGMA}</i>"),
    "logvar": (r"\ln\sigma^2", "ln <i>\N{GREEK SMALL LETTER SIGMA}</i><sup>2</sup>"),
    "theta": (r"\theta", "<i>θ</i>"),
    "mhat": (r"\hat{m}", "<i>m̂</i>"),
    "shat": (r"\hat{s}", "<i>ŝ</i>"),
}
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NAME = re.compile(r"(?P<d>d(?=[A-Za-z]+(_|$)))?(?P<base>[A-Za-z]+)(_(?P<low>\w+))?(?P<prime>'?)")


def split(name: str) -> tuple[str, str, str, str]:
    """`dw_21'` -> ("d", "w", "21", "'"). Raises ValueError for a name that is none."""
    if name in SIGNS:
        return "", name, "", ""
    found = NAME.fullmatch(name)
    if not found:
        raise ValueError(
            f"A symbol's name is letters, then _ and a subscript, then '; received {name!r}. "
            "Try w_21, dh_1 or b'."
        )
    d, base = found["d"] or "", found["base"]
    if d and len(base) > 1 and base not in SIGNS:
        d, base = "", d + base
    return d, base, found["low"] or "", found["prime"]


def latex_symbol(name: str) -> str:
    """`dw_21` -> \\mathrm{d}w_{21}."""
    d, base, low, prime = split(name)
    body = SIGNS[base][0] if base in SIGNS else latex_word(base)
    sub = f"_{{{low if len(low) <= 2 else latex_word(low)}}}" if low else ""
    return (r"\mathrm{d}" if d else "") + body + sub + prime


def latex_word(word: str) -> str:
    """One letter is a quantity and stands in italics; more are a word and stand upright."""
    return word if len(word) == 1 else rf"\mathrm{{{word}}}"


def html_symbol(name: str) -> str:
    """`dw_21` -> d<i>w</i><sub>21</sub>."""
    d, base, low, prime = split(name)
    body = SIGNS[base][1] if base in SIGNS else f"<i>{base}</i>" if len(base) == 1 else base
    return d + body + (f"<sub>{low}</sub>" if low else "") + ("\N{PRIME}" if prime else "")


def plain_symbol(name: str) -> str:
    """`dw_21` -> dw₂₁, as text without markup; letters below the line stay as _f."""
    written = re.sub("<sub>(.*?)</sub>", lambda low: lowered(low[1]), html_symbol(name))
    return re.sub("<.*?>", "", written.replace("<sup>2</sup>", "\N{SUPERSCRIPT TWO}"))


def lowered(low: str) -> str:
    return low.translate(LOW) if low.isdigit() else f"_{low}"


def number(value: float) -> str:
    """At most six digits, no exponent, no negative zero: -0.25, 1200, 0.0004."""
    text = f"{value:.6f}" if abs(value) < 1 else f"{value:.6g}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Notation:
    """The pieces of one way to write. `name` is also the field of a Function that fits it."""

    name: str
    symbol: Callable[[str], str]
    number: Callable[[float], str]
    times: str
    minus: str
    fraction: str
    power: str
    brackets: str


LATEX = Notation(
    "latex",
    latex_symbol,
    number,
    times=r" \cdot ",
    minus="-",
    fraction=r"\frac{{{0}}}{{{1}}}",
    power="{0}^{{{1}}}",
    brackets=r"\left({0}\right)",
)
HTML = Notation(
    "html",
    html_symbol,
    lambda value: number(value).replace("-", "\N{MINUS SIGN}"),
    times=" · ",
    minus="\N{MINUS SIGN}",
    fraction='<span class="fraction"><span>{0}</span><span>{1}</span></span>',
    power="{0}<sup>{1}</sup>",
    brackets="({0})",
)
