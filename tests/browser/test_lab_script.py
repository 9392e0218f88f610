"""The exported script holds the numbers of the screen, for each kind of layer.

The NumPy script is taken off the page and run on the page's own numbers: its weights, an
activation, a gradient by finite differences, and the loss before and after one update.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from nn_core.live.convolution import Pictures
from nn_core.live.points import Points
from nn_core.live.recurrent import Sequences
from nn_core.live.spec import Spec
from tests.browser.cells import same
from tests.browser.lab import array, button, choose, number, open_lab

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Case:
    """A network of the lab: how it is chosen, and which gradient is held against the script.

    gradient: of the shown sample, under the name of its weights and the one on the screen.
    choice: a control, its option, and what the picture then says.
    """

    spec: Spec
    kind: str
    output: str
    gradient: tuple[str, str]
    choice: tuple[str, str, str] | None = None


def recurrent(cell: str, name: str) -> Case:
    kernel = f"{name}/recurrent_kernel"
    pair = (kernel, f"{kernel}.sample_gradient")
    choice = None if cell == "LSTM" else ("Cell", cell, name)
    return Case(Sequences(), "Sequences", "dense_1/a", pair, choice)


KERNEL = ("conv2d_1/kernel", "conv2d_1/kernel.sample_gradient")
CASES = {
    "Dense": Case(Points(), "Points", "dense_3/a", ("dense_1/bias", "dense_1/dz")),
    "Conv2D, max": Case(Pictures(), "Pictures", "dense_1/a", KERNEL),
    "Conv2D, average": Case(
        Pictures(), "Pictures", "dense_1/a", KERNEL, ("Pool", "average pooling", "mean pool")
    ),
    "SimpleRNN": recurrent("SimpleRNN", "simple_rnn_1"),
    "LSTM": recurrent("LSTM", "lstm_1"),
    "GRU": recurrent("GRU", "gru_1"),
}


def exported(stage: Locator) -> dict[str, Any]:
    """What the NumPy script on the page defines: W and predict, in double precision."""
    button(stage, "Export").click()
    expect(stage.locator(".gn-export")).to_contain_text("after step 0.")
    code = stage.get_by_role("region", name="The script", exact=True).text_content() or ""
    names: dict[str, Any] = {"__name__": "network"}
    exec(code.replace("'float32'", "'float64'"), names)  # noqa: S102  what a student would run
    return names


def cross_entropy(p: np.ndarray, y: np.ndarray) -> float:
    """p: (n, 1) or (n, classes); y: (n,) labels."""
    both = np.hstack([1 - p, p]) if p.shape[1] == 1 else p
    return float(-np.log(both[np.arange(len(y)), y.astype(int)]).mean())


def slopes(names: dict[str, Any], weights: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dL/dW of some samples, by central differences through the script's own predict."""
    w = names["W"][weights]
    found = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        losses: list[float] = []
        for by in (1e-5, -2e-5):
            w[index] += by
            losses.append(cross_entropy(names["predict"](x), y))
        w[index] += 1e-5
        found[index] = (losses[0] - losses[1]) / 2e-5
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_script_computes_what_the_screen_shows(page: Page, server: str, name: str) -> None:
    case = CASES[name]
    stage = open_lab(page, server, case.kind)
    if case.choice:
        label, option, seen = case.choice
        choose(page, label, option)
        expect(stage.locator(".gn-network")).to_contain_text(seen)
    names = exported(stage)
    button(stage, "Numbers").click()
    data = case.spec.data()
    x, y = case.spec.inputs(data.train_x), data.train_y

    page.wait_for_timeout(400)
    assert names["W"]
    for weights, values in names["W"].items():
        np.testing.assert_array_equal(array(stage, weights), values.astype(np.float32))
    shown = array(stage, "input")
    np.testing.assert_array_equal(shown, x[0])
    same(array(stage, case.output), names["predict"](shown[None])[0])
    weights, on_screen = case.gradient
    np.testing.assert_allclose(
        array(stage, on_screen), slopes(names, weights, x[:1], y[:1]), rtol=1e-3, atol=1e-6
    )

    before = number(stage, "loss")
    assert before == pytest.approx(cross_entropy(names["predict"](x), y), rel=1e-4)
    stage.get_by_label("Optimizer").select_option("sgd")
    stage.get_by_label("Learning rate").select_option("0.1")
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    page.wait_for_timeout(400)
    for weights in names["W"]:
        gradient = array(stage, f"{weights}.gradient")
        names["W"][weights] = names["W"][weights] - 0.1 * gradient
        same(array(stage, weights), names["W"][weights])
    after = number(stage, "loss")
    assert after != before
    assert after == pytest.approx(cross_entropy(names["predict"](x), y), rel=1e-4)
