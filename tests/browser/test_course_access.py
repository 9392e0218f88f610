"""The course and the teacher's page under axe-core: nothing of impact serious or critical."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Predict, Read
from tests.browser.audit import COLOURS, OPTIONS, audit
from tests.browser.learner import opened, press
from tests.browser.shop_views import MAIN

pytestmark = pytest.mark.browser

# A page that is drawn anew fades, and a colour in between is nobody's.
AT_ONCE = """* { transition: none !important; animation: none !important; }
[data-stale="true"] { opacity: 1 !important; }"""


def kinds() -> Iterator[tuple[int, str, str]]:
    """(number, lesson, part): the first of each kind of part, of question and of picture."""
    seen: set[object] = set()
    for lesson in LESSONS.names():
        for part in LESSONS.get(lesson).parts:
            kind = (
                type(part),
                part.show if isinstance(part, Read) else "",
                type(part.question) if isinstance(part, Predict) else None,
            )
            if kind not in seen:
                seen.add(kind)
                yield len(seen), lesson, part.name


@pytest.mark.parametrize(("at", "lesson", "part"), [*kinds()])
def test_nothing_grave_is_found_in_any_kind_of_part(
    server: str, page: Page, at: int, lesson: str, part: str
) -> None:
    """Every second one in the dark, where the colours alone can differ. The stage has audits of
    its own."""
    page.emulate_media(color_scheme="dark" if at % 2 else "light")
    opened(page, server, lesson, part)
    page.add_style_tag(content=AT_ONCE)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    audit(page, MAIN, COLOURS if at % 2 else OPTIONS, without=".gn-grid")


def test_a_class_and_its_teacher(server: str, page: Page) -> None:
    page.goto(f"{server}/teach")
    press(page, "Make the class's link")
    expect(page.get_by_text("For the class")).to_be_visible()
    audit(page)
