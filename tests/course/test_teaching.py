"""The lesson plans keep up with the lessons that they lead through."""

import itertools
import re

import pytest

from nn_core.course.lessons import LESSONS
from nn_core.course.words import joined, parts
from pages.ui.content import introduction, sections

PLANS = sections("teaching")
TITLES = {introduction(name)[0]: name for name in LESSONS}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_names_lessons_parts_and_minutes_as_they_are(plan: str) -> None:
    text = joined(PLANS[plan])
    numbers = re.findall(r"lesson (\d+), \*([^*]+)\*", text)
    assert numbers
    for number, title in numbers:
        assert LESSONS.names()[int(number) - 1] == TITLES[title]
    for title, minutes in re.findall(r"\*([^*]+)\* \((\d+) minutes\)", text):
        assert LESSONS.get(TITLES[title]).minutes == int(minutes)
    lesson = TITLES[numbers[0][1]]
    shown = {joined(parts(each)["Title"]) for each in sections(lesson).values()}
    # What stands in italics and begins with a capital letter is the name of something.
    named = re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", text)
    assert set(named) <= shown | TITLES.keys()
    assert len(shown & set(named)) >= 4


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_fills_its_minutes(plan: str) -> None:
    spans = [(int(a), int(b)) for a, b in re.findall(r"\*\*(\d+) to (\d+)\.\*\*", PLANS[plan])]
    assert spans[0][0] == 0
    assert f"{spans[-1][1]} minutes" == plan
    assert all(end == begin for (_, end), (begin, _) in itertools.pairwise(spans))
