"""Every equation is LaTeX that a page can set: braces close, and commands have their arguments."""

import re
from typing import Any

import pytest

from nn_core.activations import ACTIVATIONS
from nn_core.losses import LOSSES
from nn_core.optimizers import OPTIMIZERS
from tests.engine.layers.cases import CASES


def well_formed(latex: str) -> bool:
    """Braces are balanced, \\mathrm and \\text are followed by one, \\left by a \\right."""
    depth = 0
    for letter in re.sub(r"\\[{}]", "", latex):
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    naked = re.search(r"\\(mathrm|text|frac|sqrt|operatorname)(?![{\[a-z])", latex)
    lefts, rights = (len(re.findall(rf"\\{word}\b", latex)) for word in ("left", "right"))
    return depth == 0 and naked is None and lefts == rights


@pytest.mark.parametrize("case", CASES, ids=str)
def test_layers(case: Any) -> None:
    for step in (*case.layer.forward_steps(), *case.layer.backward_steps()):
        assert well_formed(step.latex), step


def test_activations_and_losses() -> None:
    for member in (*map(ACTIVATIONS.get, ACTIVATIONS), *map(LOSSES.get, LOSSES)):
        found = {name: getattr(member, name) for name in dir(member) if name.endswith("latex")}
        assert found
        for name, latex in found.items():
            assert well_formed(latex), (member, name)


def test_optimizers() -> None:
    for name in OPTIMIZERS:
        for line in OPTIMIZERS.get(name)().equations():
            assert well_formed(line.latex), (name, line)


def test_a_lost_argument_is_noticed() -> None:
    assert well_formed(r"\mathrm{d}W = \left( x \right)^\top")
    assert not well_formed(r"\mathrm2W")
    assert not well_formed(r"\frac{a}{b")
