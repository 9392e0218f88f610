"""The course as a learner goes through it, in a real browser; every part of it under axe-core."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import Live, Task
from pages.ui.course.place import words
from tests.browser.audit import COLOURS, OPTIONS, audit

pytestmark = pytest.mark.browser


def opened(page: Page, server: str, lesson: str, part: str = "") -> None:
    page.goto(f"{server}/course?lesson={lesson}&part={part.replace(' ', '+')}")
    arrived(page, lesson, part or LESSONS.get(lesson).parts[0].name)


def arrived(page: Page, lesson: str, part: str) -> None:
    title = words(lesson, part)["Title"]
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def stage(page: Page) -> Locator:
    found = page.get_by_test_id("stage")
    expect(found).to_have_attribute("data-state", "paused")
    expect(found.locator('[data-name="loss"]')).to_have_attribute("data-value", re.compile(r"\d"))
    return found


def step(page: Page, at: int, of: int) -> None:
    expect(page.get_by_text(f"{at} of {of}.")).to_be_visible()


# Where the middle of what is lit stands in the window.
LIT = """(stage) => { const beam = stage.querySelector('.gn-beam');
  const box = beam.ownerSVGElement.getBoundingClientRect();
  const at = beam.getPointAtLength ? beam.getPointAtLength(beam.getTotalLength() / 3) : null;
  if (beam.tagName === 'path') return [box.x + at.x, box.y + at.y];
  const own = beam.getBoundingClientRect();
  return [own.x + own.width / 2, own.y + own.height / 2]; }"""


def set_lit(page: Page, value: str) -> None:
    """Clicks the weight that is lit, and gives it another value."""
    found = page.get_by_test_id("stage")
    expect(found.locator(".gn-beam")).to_have_count(1)
    page.mouse.click(*found.evaluate(LIT))
    box = found.get_by_role("spinbutton", name="Set this weight")
    box.fill(value)
    box.press("Enter")


@pytest.mark.parametrize("lesson", LESSONS.names())
def test_nothing_grave_is_found_in_any_part(server: str, page: Page, lesson: str) -> None:
    """One part after the other; every second one in the dark."""
    opened(page, server, lesson)
    for at, part in enumerate(LESSONS.get(lesson).parts):
        arrived(page, lesson, part.name)
        if isinstance(part, Live | Task):
            stage(page)
        page.emulate_media(color_scheme="dark" if at % 2 else "light")
        audit(page, options=COLOURS if at % 2 else OPTIONS)
        if at + 1 < len(LESSONS.get(lesson).parts):
            press(page, "Next")


def test_a_class_and_its_teacher(server: str, page: Page) -> None:
    page.goto(f"{server}/teach")
    press(page, "Make the class's link")
    expect(page.get_by_text("For the class")).to_be_visible()
    audit(page)


def test_lesson_1_as_a_learner_goes_through_it(server: str, page: Page) -> None:
    """With wrong answers on the way: they are told apart from right ones, and stop nobody."""
    opened(page, server, "one-neuron")
    press(page, "Next")
    stage(page)
    for at, value in enumerate(("-0.5", "0.8", "1.5"), start=1):
        step(page, at, 5)
        set_lit(page, value)
    step(page, 4, 5)
    expect(page.locator(".gn-strip.gn-lit")).to_be_visible()
    page.locator(".gn-dots").click(position={"x": 80, "y": 190})
    step(page, 5, 5)
    page.get_by_test_id("stage").get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text("You have moved the line by hand")).to_be_visible()
    press(page, "Next")
    wrong_and_right_sign(page)
    press(page, "Next")
    draw(page)
    press(page, "Run it")
    expect(page.get_by_text("apart on the mean")).to_be_visible()
    expect(page.get_by_text("Draw the loss before you see it").first).to_be_visible()


def wrong_and_right_sign(page: Page) -> None:
    arrived(page, "one-neuron", "which way")
    expect(page.get_by_role("button", name="Run it")).to_be_disabled()
    page.get_by_role("radio", name="negative").click()
    press(page, "Run it")
    expect(page.get_by_text("You said negative; it is +")).to_be_visible()
    page.get_by_role("radio", name="positive").click()
    press(page, "Run it")
    expect(page.get_by_text("You said positive; it is +")).to_be_visible()
    why = page.get_by_label("Why? One sentence of your own.")
    why.fill("It says blue too often.")
    why.press("Enter")
    expect(page.get_by_text("It says too much blue")).to_be_visible()


def draw(page: Page) -> None:
    """A falling line, by keyboard: down at the right end."""
    arrived(page, "one-neuron", "downhill")
    curve = page.get_by_role("slider")
    curve.focus()
    for key in ("PageUp", "PageUp", "ArrowRight", "PageDown", "PageDown", "PageDown"):
        page.keyboard.press(key)
    curve.blur()
    expect(page.get_by_role("button", name="Run it")).to_be_enabled()
