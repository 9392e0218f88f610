"""Diagnosis in the lab: each finding appears with its number, and its mend makes it go away."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from nn_core.arrays import Array
from nn_core.diagnosis import CHECKS
from nn_core.live.convolution import Pictures
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import Sequences
from nn_core.live.settings import Settings
from nn_core.live.spec import Spec
from tests.live.viewer import Viewer


@dataclass(frozen=True)
class Ill:
    """A lab run that goes wrong, for how many epochs it does, and the words of its button."""

    spec: Points
    settings: Settings
    epochs: int
    label: str


SIX = (Hidden(4),) * 6
ILL = {
    "vanishing gradients": Ill(
        Points(hidden=SIX), Settings(("sigmoid",) * 6), 8, "use relu, start from he_normal"
    ),
    "learning rate too high": Ill(
        Points(hidden=(Hidden(8),)), Settings(("relu",), 3), 10, "Set the learning rate to 0.1"
    ),
    "learning rate too low": Ill(
        Points(dataset="gaussians"), Settings(learning_rate=1e-5), 8, "Set the learning rate"
    ),
    "loss not finite": Ill(
        Points(dataset="plane", loss="mse"),
        Settings(("relu", "relu"), 10),
        3,
        "Set the learning rate to 0.1, begin again",
    ),
    "symmetric weights": Ill(
        Points(hidden=(Hidden(4, initializer="zeros"), Hidden(2, initializer="zeros"))),
        Settings(),
        3,
        "In dense_1: start from glorot_uniform",
    ),
    "dead ReLUs": Ill(Points(), Settings(("relu",) * 2, 1, "adam"), 10, "use leaky_relu"),
    "saturated units": Ill(
        Points(), Settings(learning_rate=10), 10, "Set the learning rate to 0.1, begin again"
    ),
    "overfitting": Ill(
        Points(hidden=(Hidden(16),) * 2, noise=0.5, train_share=0.1),
        Settings(learning_rate=0.03, optimizer="adam"),
        120,
        "Go back to step",
    ),
}


def diagnosed(viewer: Viewer) -> tuple[dict[str, dict[str, Any]], Array]:
    header, tensors = viewer.ask("diagnosis")
    assert "error" not in header, header
    assert len(tensors["evidence"]) == len(header["findings"])
    found: dict[str, dict[str, Any]] = {}
    for finding, number in zip(header["findings"], tensors["evidence"]):
        found.setdefault(finding["kind"], finding | {"evidence": number})
    return found, header["checks"]


def train(viewer: Viewer, epochs: int) -> None:
    run = viewer.play.run
    with np.errstate(all="ignore"):
        for _ in range(epochs * run.steps_per_epoch):
            if not run.stopped:
                viewer.play.train()


def pressed(viewer: Viewer, spec: Points, mend: dict[str, Any]) -> Viewer:
    """What the button does: orders to the play, and a new play where weights start otherwise."""
    for order in mend["orders"]:
        viewer.say(**order)
    assert viewer.play.note is None
    if not mend["initializers"]:
        return viewer
    for index, name in mend["initializers"].items():
        changed = spec.started((int(index),), name)
        assert changed is not None
        spec = changed
    return Viewer(spec, viewer.play.settings)


@pytest.mark.parametrize("kind", ILL)
def test_it_appears_with_its_number_and_its_button_mends_it(kind: str) -> None:
    ill = ILL[kind]
    viewer = Viewer(ill.spec, ill.settings)
    train(viewer, ill.epochs)
    found, _ = diagnosed(viewer)
    assert kind in found, list(found)
    finding = found[kind]
    assert any(letter.isdigit() for letter in finding["sentence"])
    assert np.isfinite(finding["evidence"]) or kind == "loss not finite"
    mend = finding["mend"]
    assert ill.label in mend["label"]
    weights = viewer.play.run.model.weights.vector.copy()
    spec = ill.spec
    for _ in range(2):
        viewer = pressed(viewer, spec, mend)
        spec = viewer.play.spec
        assert isinstance(spec, Points)
        # Both hidden layers start from zeros: each has a finding, and a button, of its own.
        mend = diagnosed(viewer)[0].get(kind, {"mend": None})["mend"]
        if mend is None or kind not in ("symmetric weights", "saturated units"):
            break
    if kind in ("learning rate too high", "learning rate too low"):
        assert (viewer.play.run.model.weights.vector == weights).all()
    if kind != "overfitting":
        train(viewer, max(10, 2 * ill.epochs))
    after, _ = diagnosed(viewer)
    assert kind not in after, after
    assert viewer.play.run.stopped is None


def test_what_is_no_number_is_the_only_finding() -> None:
    viewer = Viewer(ILL["loss not finite"].spec, ILL["loss not finite"].settings)
    train(viewer, 3)
    assert viewer.play.run.stopped
    assert list(diagnosed(viewer)[0]) == ["loss not finite"]


def test_to_go_back_is_to_the_lowest_test_loss_of_the_moments() -> None:
    ill = ILL["overfitting"]
    viewer = Viewer(ill.spec, ill.settings)
    train(viewer, ill.epochs)
    mend = diagnosed(viewer)[0]["overfitting"]["mend"]
    now = viewer.play.run.model.evaluate(*viewer.play.run.sets["test"])
    pressed(viewer, ill.spec, mend)
    run = viewer.play.run
    assert run.step == mend["orders"][0]["step"]
    assert run.model.evaluate(*run.sets["test"]) < 0.8 * now


@pytest.mark.parametrize(
    "spec", [Points(), Pictures(samples=200), Sequences(samples=200)], ids=lambda s: s.scene
)
def test_a_healthy_run_has_none_and_says_what_was_looked_at(spec: Spec) -> None:
    viewer = Viewer(spec)
    found, checks = diagnosed(viewer)
    assert not found
    assert [check["name"] for check in checks] == CHECKS.names()
    assert sum(check["waits"] for check in checks) == 3
    train(viewer, 12)
    found, checks = diagnosed(viewer)
    assert not found
    assert not any(check["waits"] for check in checks)


def test_inputs_of_different_size_have_no_button_but_advice() -> None:
    viewer = Viewer(Points(features=("x1^2", "sin(x1)"), points=100))
    # The spec's inputs are never that far apart; a run of others stands in.
    viewer.play.run.x = viewer.play.run.x * np.array([30, 0.1], np.float32)
    found, _ = diagnosed(viewer)
    mend = found["unscaled inputs"]["mend"]
    assert (mend["label"], mend["orders"]) == ("", [])
    assert "Inputs" in mend["otherwise"]
