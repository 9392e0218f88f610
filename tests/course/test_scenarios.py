"""Every scenario shows what it says, with more than one seed."""

from functools import cache

import pytest

from nn_core.course.scenario import Evidence
from nn_core.course.scenarios import SCENARIOS
from nn_core.course.words import asked, filled, parts
from pages.ui.content import sections

SEEDS = (1, 2, 3)


@cache
def evidence(name: str, seed: int) -> Evidence:
    return SCENARIOS.get(name).evidence(seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SCENARIOS.names())
def test_the_effect_occurs(name: str, seed: int) -> None:
    scenario, found = SCENARIOS.get(name), evidence(name, seed)
    assert found.answer == scenario.answer, found.numbers
    said = parts(sections("scenarios")[name])
    assert "[[" not in filled(said["It shows"], found.numbers)
    assert len(asked(said["Predict"])[1]) > scenario.answer


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_the_gradient_that_fifty_steps_lack(seed: int) -> None:
    found = evidence("fifty steps back", seed).numbers
    assert found["by_hand"] == 1, "the layer could remember"
    assert found["share"] < 0.001
    assert found["quiet_share"] > 0.3
    assert found["quiet"] > found["after"] + 0.2
    assert found["by_heart"] > found["after"] + 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lstm_writes_the_first_symbol_again_at_every_step(seed: int) -> None:
    found = evidence("ten steps back", seed).numbers
    assert found["kept"] < 0.1
    assert found["by_first"] > 0.9
    assert found["by_last"] < 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_forget_gates_multiply_and_clipping_mends(seed: int) -> None:
    gates = evidence("open forget gate", seed).numbers
    assert gates["usual_kept"] < 1e-5
    assert gates["opened_kept"] > 0.5
    assert evidence("exploding gradient", seed).numbers["mended"] < 1


def test_every_scenario_has_its_words_and_no_words_are_left_over() -> None:
    assert sorted(sections("scenarios")) == sorted(SCENARIOS)
    assert len(SCENARIOS.names()) >= 15
