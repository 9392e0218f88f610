"""Sheets of paper: one page each, whole in themselves, the same again from name and seed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from nn_core.course.byhand import EXERCISES
from nn_core.course.byhand.__main__ import main
from nn_core.course.byhand.notation import HTML, html_symbol
from nn_core.course.byhand.worksheet import pages, worksheet


@pytest.mark.parametrize("name", EXERCISES.names())
def test_a_worksheet_keeps_the_answers_and_its_solution_has_them_all(name: str) -> None:
    sheet, solved = worksheet(name, 3), worksheet(name, 3, solution=True)
    found = EXERCISES.get(name)(3)
    values = found.rounded()
    for blank in found.blanks:
        assert f"<th>{html_symbol(blank.name)} =</th><td></td>" in sheet
        assert f"<b>{HTML.number(values[blank.name])}</b>" in solved
    assert sheet.count("<td></td>") == len(found.blanks)
    assert "<b>" not in sheet
    assert "seed 3, worksheet" in sheet
    assert worksheet(name, 3) == sheet
    assert worksheet(name, 4) != sheet


@pytest.mark.parametrize("name", EXERCISES.names())
def test_every_given_number_stands_in_the_list_or_in_the_drawing(name: str) -> None:
    sheet = worksheet(name, 5)
    label = re.search(r'aria-label="([^"]*)"', sheet)
    assert label
    for one in EXERCISES.get(name)(5).given:
        listed = f"<li>{html_symbol(one.name)} = {HTML.number(one.value)}</li>" in sheet
        assert listed is one.shown
        if one.shown is False and not one.name.startswith(("y_", "k_", "x_")):
            assert f"{one.value:g}" in label[1]


def test_a_sheet_loads_nothing() -> None:
    sheet = pages("convolution", [1, 2])
    assert not re.search(r"<script|<link|<img|@import|url\((?!#)|\bon\w+=", sheet)
    assert set(re.findall(r"https?://[^\"' ]+", sheet)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.browser
def test_every_sheet_and_every_solution_prints_on_one_page(browser: Browser) -> None:
    """All at once: as many pages as sheets, none of them with more than one."""
    page = browser.new_page()
    for name in EXERCISES:
        for solution in (False, True):
            page.set_content(pages(name, [0, 1, 2], solution))
            printed = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 3, (name, solution)
    page.close()


def test_the_command_writes_a_sheet_for_each_of_a_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheets.html"
    assert main(["rnn", "--seed", "3", "--count", "4", "--solution", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == pages("rnn", [3, 4, 5, 6], solution=True)
    assert "4 solutions" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rnnn", "--out", "x.html"], "network forward"),
        (["rnn"], "--out"),
        (["rnn", "--count", "0", "--out", "x.html"], "1 or more"),
        (["rnn", "--seed", "-1", "--out", "x.html"], "0 or more"),
    ],
)
def test_wrong_use_is_said_and_ends_with_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert says in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "sheet.html"
    assert main(["rnn", "--out", str(out)]) == 2
    assert str(out) in capsys.readouterr().err
