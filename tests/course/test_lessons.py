"""Every lesson: its words are there, its experiments answer, its tasks can be solved and failed."""

import re
from typing import Any, cast

import numpy as np
import pytest

from nn_core.course.byhand import EXERCISES
from nn_core.course.lessons import LESSONS
from nn_core.course.measures import train
from nn_core.course.parts import ByHand, Live, Measured, Part, Predict, Read, Task
from nn_core.course.questions import Choice, Curve, Number, Order, Sign, written
from nn_core.course.scenario import Scenario
from nn_core.course.seen import Seen
from nn_core.course.words import NUMBER, asked, filled, parts, program
from nn_core.names import named
from pages.ui.content import LESSONS as PROSE
from pages.ui.content import introduction, sections
from pages.ui.course.shows import SHOWS

PARTS = [(name, part) for name in LESSONS for part in LESSONS.get(name).parts]


def every(kind: type[Part]) -> Any:
    found = [(name, part) for name, part in PARTS if isinstance(part, kind)]
    ids = [f"{name}: {part.name}" for name, part in found]
    return pytest.mark.parametrize(("lesson", "part"), found, ids=ids)


def said(lesson: str, part: Part) -> dict[str, str]:
    return parts(sections(lesson)[part.name])


@pytest.mark.parametrize("name", LESSONS.names())
def test_a_lesson_has_its_words_and_no_words_are_left_over(name: str) -> None:
    lesson = LESSONS.get(name)
    names = [part.name for part in lesson.parts]
    assert list(sections(name)) == names
    assert len(set(names)) == len(names)
    assert all(introduction(name))
    assert 5 <= lesson.minutes <= 15


@pytest.mark.parametrize("name", LESSONS.names())
def test_a_lesson_has_a_part_of_every_kind_and_code(name: str) -> None:
    found = LESSONS.get(name).parts
    assert {type(part) for part in found} == set(HEADINGS)
    assert sum(isinstance(part, Predict) for part in found) >= 2
    assert any("NumPy" in said(name, part) for part in found)


HEADINGS: dict[type[Part], set[str]] = {
    Read: {"Title", "Text"},
    Live: {"Title"},
    Predict: {"Title", "Predict", "It shows", "Why"},
    Task: {"Title", "Goal", "Hint 1", "Hint 2", "Hint 3", "Answer"},
    ByHand: {"Title"},
}
ALLOWED: dict[type[Part], set[str]] = {
    Read: {"NumPy", "Keras"},
    Live: {"Text", "Done"},
    Predict: {"Text"},
    ByHand: {"Text"},
}


@pytest.mark.parametrize(("lesson", "part"), PARTS, ids=lambda each: getattr(each, "name", each))
def test_a_part_has_the_words_of_its_kind(lesson: str, part: Part) -> None:
    found, kind = set(said(lesson, part)), type(part)
    steps = len(part.notices) if isinstance(part, Live) else 0
    wanted = HEADINGS[kind] | {f"Step {at + 1}" for at in range(steps)}
    assert wanted <= found
    assert found <= wanted | ALLOWED.get(kind, set())


@every(Read)
def test_a_texts_numbers_are_computed(lesson: str, part: Read) -> None:
    numbers = part.numbers()
    assert "[[" not in filled(said(lesson, part)["Text"], numbers)
    quoted = {name for name, _ in NUMBER.findall(said(lesson, part)["Text"])}
    assert quoted == set(numbers)
    if part.show:
        SHOWS.get(part.show)


def fits(question: Any, truth: Any, options: tuple[str, ...]) -> bool:
    """Whether what came out can be an answer to the question."""
    if isinstance(question, Choice):
        return truth in range(len(options))
    if isinstance(question, Order):
        return sorted(truth) == list(range(len(options)))
    if isinstance(question, Curve):
        inside = [question.low <= each <= question.high for each in truth]
        return len(truth) == question.PLACES and sum(inside) > 0.8 * len(inside)
    if isinstance(question, Number):
        return question.low <= truth <= question.high
    return isinstance(question, Sign) and bool(np.isfinite(truth))


@pytest.mark.parametrize("seed", [1, 2, 3])
@every(Predict)
def test_an_experiment_answers_its_question(lesson: str, part: Predict, seed: int) -> None:
    found = part.experiment.evidence(seed)
    words = said(lesson, part)
    assert fits(part.question, found.answer, asked(words["Predict"])[1])
    for heading in ("It shows", "Why"):
        assert "[[" not in filled(words[heading], found.numbers)
    if isinstance(part.experiment, Scenario) and part.experiment.answer is not None:
        assert found.answer == part.experiment.answer, found.numbers
    guess = np.sign(found.answer) if isinstance(part.question, Sign) else found.answer
    assert part.question.score(guess, found.answer).good


@every(Predict)
def test_another_seed_is_offered_only_where_it_changes_something(
    lesson: str, part: Predict
) -> None:
    tried = part.experiment
    if isinstance(tried, Measured) and not tried.chance:
        assert tried.evidence(1) == tried.evidence(2)


@pytest.mark.parametrize(
    ("value", "text"),
    [(4.2e-5, "0.000042"), (0.5, "0.5"), (-12.345, "-12.3"), (100.0, "100"), (423456.0, "423,000")],
)
def test_a_number_is_written_as_people_write_it(value: float, text: str) -> None:
    assert written(value) == text


@every(Task)
def test_a_task_can_be_solved_and_is_not_solved_at_its_start(lesson: str, part: Task) -> None:
    assert not part.goal(Seen.of(part.start.run(None))).reached
    solved = part.goal(Seen.of(train(part.answer.run(None), part.updates)))
    assert solved.reached, solved.said
    wrong = part.goal(Seen.of(train(part.start.run(None), part.updates)))
    assert not wrong.reached, "to train as it stands must not be enough"


@every(ByHand)
def test_an_exercise_is_one_of_those_there_are(lesson: str, part: ByHand) -> None:
    assert EXERCISES.get(part.exercise)(1).blanks


@every(Live)
def test_what_a_step_lights_is_there(lesson: str, part: Live) -> None:
    run = part.start.run(None)
    layers = {layer.name for layer in named(run.model.layers)}
    for name in (name for notice in part.notices for name in notice.lit):
        assert name.startswith("#") or name.split("/")[0].split("[")[0] in layers | {"input", "y"}
        assert not name.startswith("#") or is_region(name[1:]), name


def is_region(name: str) -> bool:
    """Whether the stage has a region or a control of that name."""
    stage = PROSE.parents[1] / "stage"
    regions = (stage / "lit.js").read_text(encoding="utf-8").partition("const REGIONS")[2]
    code = "".join(path.read_text(encoding="utf-8") for path in stage.glob("*.js"))
    return f"{name}:" in regions.partition("};")[0] or f'"{name}"' in code


@every(Live)
def test_no_step_is_done_before_it_is_done(lesson: str, part: Live) -> None:
    seen = Seen.of(part.start.run(None))
    assert not any(notice.done and notice.done(seen, seen) for notice in part.notices)


CODES = [(name, part) for name, part in PARTS if "NumPy" in said(name, part)]


@pytest.mark.parametrize(("lesson", "part"), CODES, ids=lambda each: getattr(each, "name", each))
def test_numpy_and_keras_come_to_the_same(lesson: str, part: Part) -> None:
    """Both end in an array of one name, that of the last line of each."""
    ends: list[Any] = []
    for heading in ("NumPy", "Keras"):
        code = program(said(lesson, part)[heading])
        space: dict[str, Any] = {}
        exec(code, space)  # noqa: S102  our own lesson
        last = cast(Any, re.match(r"(\w+)", code.splitlines()[-1]))[1]
        ends.append(np.asarray(space[last], float))
    np.testing.assert_allclose(*ends, rtol=1e-4, atol=1e-6)
