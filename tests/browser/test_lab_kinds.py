"""Pictures and sequences in a real browser: what is on the screen follows from itself by NumPy.

Each test takes weights, activations, gradients and the loss of one sample off the page, computes
them anew without the engine, and then the update that a batch of that one sample makes.
"""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from nn_core.live.convolution import Pictures
from nn_core.live.recurrent import Sequences
from tests.browser.cells import CELLS, last_h, same
from tests.browser.lab import array, button, choose, number, open_lab

pytestmark = pytest.mark.browser
# Any number.
KNOWN = re.compile(r"\d")


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max())
    return e / e.sum()


def dense(stage: Locator, x: np.ndarray, classes: bool) -> tuple[np.ndarray, np.ndarray]:
    """The output layer from the screen, checked -> dz, and the gradient of its input."""
    kernel, bias = array(stage, "dense_1/kernel"), array(stage, "dense_1/bias")
    z = x @ kernel + bias
    same(array(stage, "dense_1/z"), z)
    a = softmax(z) if classes else z
    same(array(stage, "dense_1/a"), a)
    dz = array(stage, "dense_1/dz")
    if classes:
        # The true class is the one whose a - y is below zero.
        same(dz, a - np.eye(len(a))[dz.argmin()])
    else:
        same(dz, 2 * (a - number(stage, "y")))
    same(array(stage, "dense_1/kernel.sample_gradient"), np.outer(x, dz))
    return dz, kernel @ dz


def one_update(stage: Locator, names: tuple[str, ...], loss: Callable[[], float]) -> None:
    """A step of plain gradient descent moves each weight by -rate times its gradient.

    loss: that of all train samples, from the weights on the screen.
    """
    stage.get_by_label("Optimizer").select_option("sgd")
    stage.get_by_label("Learning rate").select_option("0.1")
    before = {name: array(stage, name) for name in names}
    first = number(stage, "loss")
    assert first == pytest.approx(loss(), rel=1e-4)
    stage.get_by_label("Step by").select_option("batch")
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-step", "1")
    stage.page.wait_for_timeout(400)
    for name in names:
        gradient, after = array(stage, f"{name}.gradient"), array(stage, name)
        assert np.abs(gradient).max() > 0
        same(after, before[name] - 0.1 * gradient)
        same(array(stage, f"{name}.update"), after - before[name])
    assert number(stage, "loss") != first
    assert number(stage, "loss") == pytest.approx(loss(), rel=1e-4)


def cost(stage: Locator, h: np.ndarray, y: np.ndarray) -> float:
    """The loss of samples h: (n, D) that reach the output layer, with labels or heights y: (n,)."""
    out = h @ array(stage, "dense_1/kernel") + array(stage, "dense_1/bias")
    if out.shape[1] == 1:
        return float(np.square(out[:, 0] - y).mean())
    rows = np.arange(len(y)), y.astype(int)
    return float((np.log(np.exp(out).sum(axis=1)) - out[rows]).mean())


def windows(x: np.ndarray, size: int) -> np.ndarray:
    """x: (H, W, C) -> (H', W', K, K, C), every window of it."""
    found = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(0, 1))
    return found.transpose(0, 1, 3, 4, 2)


@pytest.mark.parametrize("pool", ["max pooling", "average pooling"])
def test_a_convolution_and_its_pool(page: Page, server: str, pool: str) -> None:
    stage = open_lab(page, server, "Pictures")
    names = ["max_pooling2d_1", "average_pooling2d_1"]
    name = names[pool.startswith("average")]
    if pool != "max pooling":
        choose(page, "Pool", pool)
    button(stage, "Numbers").click()
    expect(stage.locator(f'.gn-numbers [data-name="{name}/y[0,0,0]"]')).to_have_attribute(
        "data-value", KNOWN
    )
    x, kernel = array(stage, "input"), array(stage, "conv2d_1/kernel")
    assert (x.shape, kernel.shape) == ((8, 8, 1), (3, 3, 1, 4))
    z = np.tensordot(windows(x, 3), kernel, axes=3) + array(stage, "conv2d_1/bias")
    same(array(stage, "conv2d_1/z"), z)
    a = np.maximum(z, 0)
    same(array(stage, "conv2d_1/a"), a)
    cells = a.reshape(3, 2, 3, 2, 4).transpose(0, 2, 1, 3, 4).reshape(3, 3, 4, 4)
    y = cells.max(axis=2) if pool == "max pooling" else cells.mean(axis=2)
    same(array(stage, f"{name}/y"), y)
    # The way back: outputs, pool, activation, kernel, picture.
    _, dy = dense(stage, y.ravel(), classes=True)
    dy = dy.reshape(y.shape)
    same(array(stage, f"{name}/dy"), dy)
    won = np.eye(4)[cells.argmax(axis=2)].transpose(0, 1, 3, 2)
    share = won if pool == "max pooling" else np.full(won.shape, 0.25)
    da = (share * dy[:, :, None]).reshape(3, 3, 2, 2, 4).transpose(0, 2, 1, 3, 4).reshape(6, 6, 4)
    same(array(stage, "conv2d_1/da"), da)
    dz = da * (z > 0)
    same(array(stage, "conv2d_1/dz"), dz)
    dkernel = np.tensordot(windows(x, 3), dz, axes=((0, 1), (0, 1)))
    same(array(stage, "conv2d_1/kernel.sample_gradient"), dkernel)
    dx = np.zeros_like(x)
    for i in range(6):
        for j in range(6):
            dx[i : i + 3, j : j + 3] += kernel @ dz[i, j]
    same(array(stage, "conv2d_1/dx"), dx)

    def loss() -> float:
        data = Pictures().data()
        seen = np.stack([windows(one, 3) for one in data.train_x])
        kernel, bias = array(stage, "conv2d_1/kernel"), array(stage, "conv2d_1/bias")
        a = np.maximum(np.tensordot(seen, kernel, axes=3) + bias, 0)
        cells = a.reshape(-1, 3, 2, 3, 2, 4)
        y = cells.max(axis=(2, 4)) if pool == "max pooling" else cells.mean(axis=(2, 4))
        return cost(stage, y.reshape(len(y), -1), data.train_y)

    one_update(stage, ("conv2d_1/kernel", "conv2d_1/bias", "dense_1/kernel"), loss)


# Every cell once; another task changes only the head behind it.
@pytest.mark.parametrize(
    ("cell", "task"),
    [
        *((cell, "remember the first symbol") for cell in CELLS),
        ("GRU", "add the two marked numbers"),
    ],
)
def test_a_recurrent_layer(page: Page, server: str, cell: str, task: str) -> None:
    stage = open_lab(page, server, "Sequences")
    name, check = CELLS[cell]
    classes = task.startswith("remember")
    if not classes:
        choose(page, "Task", task)
    if cell != "LSTM":
        choose(page, "Cell", cell)
    button(stage, "Numbers").click()
    first = stage.locator(f'.gn-numbers [data-name="{name}/h[0,0]"]')
    expect(first).to_have_attribute("data-value", KNOWN)
    x, h = array(stage, "input"), array(stage, f"{name}/h")
    assert x.shape == (10, 4 if classes else 2)
    _, dh = dense(stage, h[-1], classes)
    check(stage, x, dh)
    # The picture shows the very same numbers as the table.
    part = "h" if cell != "SimpleRNN" else "z"
    shown = [number(stage, f"{name}/{part}[{t},0]") for t in range(10)]
    np.testing.assert_array_equal(shown, array(stage, f"{name}/{part}")[:, 0])
    spec = Sequences() if classes else Sequences(dataset="adding", loss="mse")
    data = spec.data()

    def loss() -> float:
        return cost(stage, last_h(stage, name, data.train_x), data.train_y)

    one_update(stage, (f"{name}/kernel", f"{name}/recurrent_kernel", "dense_1/kernel"), loss)


def test_the_keyboard_moves_through_steps_and_units(page: Page, server: str) -> None:
    stage = open_lab(page, server, "Sequences")
    button(stage, "Numbers").click()
    stage.locator(".gn-chain").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    strip = stage.get_by_role("region", name="Formula")
    expect(strip).to_contain_text("lstm_1/h, step 8, unit 1")
    # The bars' own numbers have gone over to that unit at once, though nothing is played.
    shown = stage.locator('.gn-chain [data-name="lstm_1/c[8,1]"]')
    expect(shown).to_have_attribute("data-value", str_of(stage, "lstm_1/c[8,1]"))


def test_slow_motion_reaches_every_layer_of_pictures(page: Page, server: str) -> None:
    stage = open_lab(page, server, "Pictures")
    stage.get_by_label("Step by").select_option("operation")
    phases: list[str] = []
    for at in range(1, 24):
        button(stage, "Step").click()
        expect(stage.locator(".gn-place")).to_have_text(f"{at} / 23")
        phases.append(stage.locator(".gn-phase").inner_text())
    assert phases == sorted(phases, key=["Forward", "Loss", "Backward", "Update"].index)
    expect(stage).to_have_attribute("data-step", "1")


def test_pointing_at_a_cell_shows_its_window_and_kernel(page: Page, server: str) -> None:
    stage = open_lab(page, server, "Pictures")
    button(stage, "Numbers").click()
    stage.locator(".gn-chain").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "PageDown"):
        page.keyboard.press(key)
    strip = stage.get_by_role("region", name="Formula")
    expect(strip).to_contain_text("conv2d_1, map 1, row 1, column 1")
    for i in range(3):
        for j in range(3):
            for name in (f"input[{1 + i},{1 + j},0]", f"conv2d_1/kernel[{i},{j},0,1]"):
                cell = strip.locator(f'[data-name="{name}"]')
                expect(cell).to_have_attribute("data-value", str_of(stage, name))
    assert strip.locator('.gn-strong[data-name="conv2d_1/z[1,1,1]"]').count() == 1


def test_another_sample_is_shown_and_confusion_counts_the_test_pictures(
    page: Page, server: str
) -> None:
    stage = open_lab(page, server, "Pictures")
    counts = [number(stage, f"confusion[{r},{c}]") for r in range(10) for c in range(10)]
    assert sum(counts) == 180
    said = stage.get_by_test_id("caption")
    button(stage, "Next sample").click()
    expect(said).to_contain_text("train picture 1,")
    stage.get_by_label("Set of the shown sample").select_option("test")
    expect(said).to_contain_text("test picture 1,")


def str_of(stage: Locator, name: str) -> str:
    value = stage.locator(f'.gn-numbers [data-name="{name}"]').get_attribute("data-value")
    assert value is not None
    return value
