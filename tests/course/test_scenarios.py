"""Every scenario shows what it says, with more than one seed."""

import pytest

from nn_core.course.scenarios import SCENARIOS
from nn_core.course.words import asked, filled, parts
from pages.ui.content import sections

SEEDS = (1, 2, 3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SCENARIOS.names())
def test_the_effect_occurs(name: str, seed: int) -> None:
    scenario = SCENARIOS.get(name)
    found = scenario.evidence(seed)
    assert found.answer == scenario.answer, found.numbers
    said = parts(sections("scenarios")[name])
    assert "[[" not in filled(said["It shows"], found.numbers)
    assert len(asked(said["Predict"])[1]) > scenario.answer


def test_every_scenario_has_its_words_and_no_words_are_left_over() -> None:
    assert sorted(sections("scenarios")) == sorted(SCENARIOS)
    assert len(SCENARIOS.names()) >= 15
