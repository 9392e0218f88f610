"""A learner in a browser: answers predictions and exercises, first wrongly, then rightly."""

import re
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from nn_core.course.byhand import EXERCISES
from nn_core.course.lessons import LESSONS
from nn_core.course.parts import ByHand, Predict
from nn_core.course.questions import Choice, Number, Order, Sign
from nn_core.course.words import asked
from pages.ui.course.asking import SIGNS
from pages.ui.course.place import words
from tests.browser.lab import rest


def opened(page: Page, server: str, lesson: str, part: str = "") -> None:
    page.goto(f"{server}/course?lesson={lesson}&part={part.replace(' ', '+')}")
    arrived(page, lesson, part or LESSONS.get(lesson).parts[0].name)


def arrived(page: Page, lesson: str, part: str) -> None:
    title = words(lesson, part)["Title"]
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
    # Until the page is whole, what stood below the old heading still stands there, paler.
    rest(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def stage(page: Page) -> Locator:
    found = page.get_by_test_id("stage")
    expect(found).to_have_attribute("data-state", "paused")
    expect(found.locator('[data-name="loss"]')).to_have_attribute("data-value", re.compile(r"\d"))
    return found


def step(page: Page, at: int, of: int) -> None:
    """The step that the lesson is at now."""
    expect(page.get_by_text(f"{at} of {of}.")).to_be_visible()


def predict(page: Page, lesson: str, part: Predict) -> None:
    """A wrong answer, then the right one; then why."""
    said = words(lesson, part.name)
    options = asked(said["Predict"])[1]
    truth = part.experiment.evidence(1).answer
    press(page, "Run it")
    expect(page.get_by_text("First your prediction: ")).to_be_visible()
    for guess in (wrong(part.question, truth, options), truth):
        answer(page, part.question, guess, options)
        press(page, "Run it")
        told = "Success" if guess is truth else "Info"
        expect(page.get_by_test_id(f"stAlertContent{told}")).to_be_visible()
    why = page.get_by_label("Why? One sentence of your own.")
    why.fill("Because of the slope.")
    why.press("Enter")


def wrong(question: Any, truth: Any, options: Sequence[str]) -> Any:
    """An answer that is as far off as can be."""
    if isinstance(question, Sign):
        return -1 if truth > 0 else 1
    if isinstance(question, Order):
        return tuple(reversed(truth))
    if isinstance(question, Choice):
        return (truth + 1) % len(options)
    far = question.high - truth > truth - question.low
    return question.high if far else question.low


def answer(page: Page, question: Any, guess: Any, options: Sequence[str]) -> None:
    main = page.locator(".stMain")
    if isinstance(question, Sign):
        main.get_by_role("radio", name=SIGNS[(guess > 0) - (guess < 0)]).click()
    elif isinstance(question, Choice):
        main.get_by_role("radiogroup").locator("label").nth(guess).click()
    elif isinstance(question, Number):
        box = main.get_by_role("spinbutton").first
        box.fill(f"{guess:.6g}")
        box.press("Enter")
    elif isinstance(question, Order):
        order(page, [options[int(at)] for at in guess])
    rest(page)


def order(page: Page, names: Sequence[str]) -> None:
    """Picks one option for each place, from the first place down."""
    for place, name in enumerate(names, start=1):
        page.get_by_role("combobox", name=f"Place {place}", exact=True).click()
        page.get_by_role("option", name=name, exact=True).click()
        expect(page.get_by_role("option")).to_have_count(0)
        # A page that is drawn anew closes a menu that was opened meanwhile.
        rest(page)


def by_hand(page: Page, part: ByHand) -> None:
    """All blanks wrong, then all right."""
    found = EXERCISES.get(part.exercise)(1)
    numbers = found.solution()
    fields = page.locator(".stMain form, .stMain [data-testid=stForm]").get_by_role("textbox")
    expect(fields).to_have_count(len(found.blanks))
    for right in (False, True):
        for at, blank in enumerate(found.blanks):
            value = numbers[blank.name] + (0 if right else 7)
            fields.nth(at).fill(f"{value:.{blank.decimals}f}")
        press(page, "Check")
        if not right:
            expect(page.get_by_text("Not this number").first).to_be_visible()
    expect(page.get_by_text("Not this number")).to_have_count(0)
