"""The course as a learner goes through it, in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nn_core.course.lessons import LESSONS
from nn_core.course.parts import ByHand, Live, Part, Predict, Task
from tests.browser.learner import arrived, by_hand, opened, predict, press, stage, step

pytestmark = pytest.mark.browser

# One of the two, but for a moment while the next step is drawn.
ONWARD = re.compile("^(Skip|Go on)$")

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


def test_lesson_1_as_a_learner_goes_through_it(server: str, page: Page) -> None:
    """With wrong answers on the way: they are told apart from right ones, and stop nobody."""
    opened(page, server, "one-neuron")
    press(page, "Next")
    stage(page)
    for at, value in enumerate(("-0.5", "0.8", "1.5"), start=1):
        step(page, at, 6)
        set_lit(page, value)
    step(page, 4, 6)
    dots = page.locator(".gn-dots").bounding_box() or {}
    page.mouse.click(dots["x"] + 0.3 * dots["width"], dots["y"] + 0.7 * dots["height"])
    step(page, 5, 6)
    expect(page.locator(".gn-strip.gn-told")).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_text("5 of 6.")).to_be_in_viewport(ratio=0.99)
    press(page, "Go on")
    step(page, 6, 6)
    page.get_by_test_id("stage").get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text("You have moved the line by hand")).to_be_visible()
    press(page, "Next")
    predict(page, "one-neuron", the("one-neuron", "which way"))
    expect(page.get_by_text("It says too much blue")).to_be_visible()
    press(page, "Next")
    draw(page)
    press(page, "Run it")
    expect(page.get_by_text("apart on the mean")).to_be_visible()
    press(page, "Next")
    by_hand(page, the("one-neuron", "by hand"))
    press(page, "Next")
    stage(page)
    expect(page.get_by_text("Not yet: ")).to_be_visible()
    set_second_edge(page, "1")
    expect(page.get_by_text("Reached: ")).to_be_visible()
    # Nothing is to be played here, and what was set by hand can still be taken back.
    press(page, "Undo")
    expect(page.get_by_text("Not yet: ")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_hidden()
    page.reload()
    arrived(page, "one-neuron", "be the neuron")
    expect(
        page.locator('[data-testid="stSidebar"] [data-testid="stIconMaterial"]')
    ).not_to_have_count(0)


def the(lesson: str, name: str) -> Any:
    """A part, by its name."""
    return LESSONS.get(lesson).part(name)


def set_second_edge(page: Page, value: str) -> None:
    """Sets the second edge into the output, by keyboard."""
    found = page.get_by_test_id("stage")
    found.locator('.gn-node[data-layer="0"]').first.focus()
    for key in ("PageDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    box = found.get_by_role("spinbutton", name="Set this weight")
    box.fill(value)
    box.press("Enter")


def through(page: Page, server: str, lesson: str) -> None:
    """Every part: predictions and exercises answered, on the stage each step gone through."""
    opened(page, server, lesson)
    parts = LESSONS.get(lesson).parts
    for at, part in enumerate(parts):
        arrived(page, lesson, part.name)
        go_through(page, lesson, part)
        if at + 1 < len(parts):
            press(page, "Next")


def go_through(page: Page, lesson: str, part: Part) -> None:
    if isinstance(part, Predict):
        predict(page, lesson, part)
    elif isinstance(part, ByHand):
        by_hand(page, part)
    elif isinstance(part, Live):
        stage(page)
        for at in range(1, len(part.notices) + 1):
            step(page, at, len(part.notices))
            expect(page.get_by_role("button", name=ONWARD)).to_have_count(1)
            page.get_by_role("button", name=ONWARD).click()
        expect(page.get_by_role("button", name=ONWARD)).to_have_count(0)
    elif isinstance(part, Task):
        stage(page)
        expect(page.get_by_text("Not yet: ")).to_be_visible()


@pytest.mark.parametrize("lesson", ["back-propagation", "lstm"])
def test_a_lesson_from_its_beginning_to_its_end(server: str, page: Page, lesson: str) -> None:
    through(page, server, lesson)


def test_the_walk_of_back_propagation_waits_for_every_operation(server: str, page: Page) -> None:
    """Step by step, as the text asks for it; nothing is skipped."""
    opened(page, server, "back-propagation", "the walk")
    found = stage(page)
    found.get_by_label("Step by").select_option(label="operation")
    for at, presses in enumerate((2, 3, 1, 3, 1, 2), start=1):
        step(page, at, 7)
        for _ in range(presses):
            found.get_by_role("button", name="Step", exact=True).click()
    step(page, 7, 7)


def draw(page: Page) -> None:
    """A falling line, by keyboard: down at the right end."""
    arrived(page, "one-neuron", "downhill")
    curve = page.get_by_role("slider")
    curve.focus()
    for key in ("PageUp", "PageUp", "ArrowRight", "PageDown", "PageDown", "PageDown"):
        page.keyboard.press(key)
    curve.blur()
