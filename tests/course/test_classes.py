"""Classes: seats, answers, what a key opens, and what is deleted when."""

import threading
from pathlib import Path

import pytest

from nn_core.course import classes
from nn_core.course.classes import Assignment, ClassError
from nn_core.course.classes.store import MOST_PARTS

GIVEN = Assignment("one-neuron", parts=("which way", "downhill"), seed=3, hide=("rate",))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))


def test_a_class_is_what_was_given() -> None:
    code, key = classes.make_class(GIVEN)
    assert classes.find_class(code) == GIVEN
    assert classes.own_class(key) == code
    assert classes.own_class(code) is None
    assert classes.find_class(key) is None


def test_answers_come_together_and_the_last_one_counts() -> None:
    code, key = classes.make_class(GIVEN)
    ada, ben = classes.join(code, "Ada"), classes.join(code, "  Ben \n B ")
    classes.record(code, ada, "which way", "sign", -1, 0.0)
    classes.record(code, ben, "which way", "sign", 1, 1.0)
    classes.record(code, ada, "which way", "sign", 1, 1.0)
    found = [(each.nickname, each.value, each.points) for each in classes.answers(key)]
    assert found == [("Ben B", 1, 1.0), ("Ada", 1, 1.0)]
    assert [each.nickname for each in classes.learners(code).values()] == ["Ada", "Ben B"]


def test_a_nickname_is_one_learners() -> None:
    code, _ = classes.make_class(GIVEN)
    other, _ = classes.make_class(GIVEN)
    classes.join(code, "Ada")
    with pytest.raises(ClassError, match="Somebody is Ada already"):
        classes.join(code, "Ada ")
    with pytest.raises(ClassError, match="one letter"):
        classes.join(code, "  ")
    assert classes.join(other, "Ada").nickname == "Ada"


def test_no_key_opens_another_class_and_deleting_deletes_all() -> None:
    code, key = classes.make_class(GIVEN)
    other, other_key = classes.make_class(GIVEN)
    for each in (code, other):
        classes.record(each, classes.join(each, "Ada"), "downhill", "curve", [1.0], 0.5)
    classes.delete_class(key)
    assert classes.find_class(code) is None
    assert not classes.answers(key)
    assert not classes.learners(code)
    assert len(classes.answers(other_key)) == 1


def test_its_time_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    code, key = classes.make_class(GIVEN)
    classes.record(code, classes.join(code, "Ada"), "downhill", "why", "so", None)
    later = classes.ends(code) + 1
    monkeypatch.setattr("nn_core.course.classes.store.time.time", lambda: later)
    assert classes.find_class(code) is None
    assert classes.answers(key) == []


def test_a_learner_cannot_fill_the_file() -> None:
    code, key = classes.make_class(GIVEN)
    ada = classes.join(code, "Ada")
    with pytest.raises(ClassError, match="characters"):
        classes.record(code, ada, "downhill", "why", "x" * 3_000)
    for at in range(MOST_PARTS + 5):
        classes.record(code, ada, f"part {at}", "why", "x")
    assert len(classes.answers(key)) == MOST_PARTS


def test_thirty_answer_at_once() -> None:
    code, key = classes.make_class(GIVEN)

    def answer(at: int) -> None:
        classes.record(code, classes.join(code, f"learner {at}"), "which way", "sign", 1, 1.0)

    threads = [threading.Thread(target=answer, args=(at,)) for at in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(classes.answers(key)) == 30


@pytest.mark.parametrize(
    ("lesson", "scenario", "parts", "said"),
    [
        ("", "", (), "lesson or a scenario"),
        ("one-neuron", "xor", ("which way",), "lesson or a scenario"),
        ("one-neuron", "", (), "Choose one part"),
        ("one-neuron", "", ("nowhere",), "Choose one part"),
        ("", "nowhere", (), "expected one of"),
    ],
)
def test_what_cannot_be_given_is_said(
    lesson: str, scenario: str, parts: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Assignment(lesson, scenario, parts)
