"""The course and the teacher's page under axe-core: nothing of impact serious or critical."""

import pytest
from playwright.sync_api import Page, expect

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Part, Read
from tests.browser.audit import COLOURS, OPTIONS, audit
from tests.browser.learner import arrived, opened, press
from tests.browser.shop_views import MAIN

pytestmark = pytest.mark.browser

# A page that is drawn anew fades, and a colour in between is nobody's.
AT_ONCE = """* { transition: none !important; animation: none !important; }
[data-stale="true"] { opacity: 1 !important; }"""


@pytest.mark.parametrize("lesson", LESSONS.names())
def test_nothing_grave_is_found_in_a_lesson(server: str, page: Page, lesson: str) -> None:
    """The first part of each kind, and every text with a picture; every second one in the dark,
    where the colours alone can differ. The stage has audits of its own."""
    opened(page, server, lesson)
    page.add_style_tag(content=AT_ONCE)
    seen: set[type[Part]] = set()
    for at, part in enumerate(LESSONS.get(lesson).parts):
        if type(part) in seen and not (isinstance(part, Read) and part.show):
            continue
        seen.add(type(part))
        page.locator('[data-testid="stSidebar"] [role="radiogroup"] label').nth(at).click()
        arrived(page, lesson, part.name)
        page.emulate_media(color_scheme="dark" if at % 2 else "light")
        expect(page.locator('[data-stale="true"]')).to_have_count(0)
        inside = MAIN if at else "body"
        audit(page, inside, COLOURS if at % 2 else OPTIONS, without=".gn-grid")


def test_a_class_and_its_teacher(server: str, page: Page) -> None:
    page.goto(f"{server}/teach")
    press(page, "Make the class's link")
    expect(page.get_by_text("For the class")).to_be_visible()
    audit(page)
