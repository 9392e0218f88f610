"""Every exercise has its words, and a symbol is written alike on the page and on paper."""

import re

import pytest

from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.notation import html_symbol, latex_symbol, number, plain_symbol
from nn_core.course.byhand.words import all_words


def test_every_exercise_has_its_section_and_no_section_is_left_over() -> None:
    assert sorted(all_words()) == sorted(EXERCISES.names())


@pytest.mark.parametrize("name", EXERCISES.names())
def test_a_task_is_short_and_speaks_of_the_exercises_own_symbols(name: str) -> None:
    words, found = all_words()[name], EXERCISES.get(name)(0)
    assert len(words.title) < 45
    assert 1 <= len(re.findall(r"[.!?](?= |$)", words.task)) <= 4
    known = set(found.solution())
    letters = {re.sub(r"_\w+$", "", one) for one in known}
    for symbol in re.findall(r"\{([^}]+)\}", words.task):
        # w_ij stands for all of w_11, w_12, ...
        stem = re.sub(r"_(ij|i|j|t)$", "", symbol)
        assert symbol in known or stem in letters, symbol
    assert "{" not in words.html()
    assert "{" not in re.sub(r"\$[^$]+\$", "", words.markdown())


@pytest.mark.parametrize(
    ("name", "latex", "html"),
    [
        ("x", "x", "<i>x</i>"),
        ("dw_21", r"\mathrm{d}w_{21}", "d<i>w</i><sub>21</sub>"),
        ("v_1'", "v_{1}'", "<i>v</i><sub>1</sub>\N{PRIME}"),
        ("do", r"\mathrm{d}o", "d<i>o</i>"),
        ("DCG", r"\mathrm{DCG}", "DCG"),
        ("eta", r"\eta", "<i>η</i>"),
        ("logvar", r"\ln\sigma^2", "ln <i>σ</i><sup>2</sup>"),
        ("W_max", r"W_{\mathrm{max}}", "<i>W</i><sub>max</sub>"),
    ],
)
def test_a_symbols_name_is_written_in_latex_and_in_html(name: str, latex: str, html: str) -> None:
    assert (latex_symbol(name), html_symbol(name)) == (latex, html)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dw_21", "dw₂₁"),
        ("z_f", "z_f"),
        ("logvar", "ln σ²"),
        ("v_1'", "v₁\N{PRIME}"),
        ("DCG", "DCG"),
    ],
)
def test_a_symbol_is_text_where_no_markup_is_read(name: str, text: str) -> None:
    assert plain_symbol(name) == text


def test_what_is_no_symbol_is_refused() -> None:
    with pytest.raises(ValueError, match="Try w_21"):
        latex_symbol("<b>w</b>")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (-0.0, "0"),
        (3.0, "3"),
        (1e-4, "0.0001"),
        (1200.0, "1200"),
        (12.3456, "12.3456"),
    ],
)
def test_numbers_are_short_and_have_no_exponent(value: float, text: str) -> None:
    assert number(value) == text
