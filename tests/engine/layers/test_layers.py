"""The conformance suite: every registered layer, in configs that cover its fields."""

from collections.abc import Callable

import pytest

from nn_core.layers import LAYERS
from tests.engine.layers.cases import CASES, Case
from tests.engine.layers.checks import CHECKS


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_layer(check: Callable[[Case], None], case: Case) -> None:
    check(case)


def test_every_registered_layer_is_in_the_suite() -> None:
    assert {type(case.layer) for case in CASES} == {LAYERS.get(name) for name in LAYERS}
