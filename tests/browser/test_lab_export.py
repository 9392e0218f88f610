"""The network to take home: what the page offers runs by itself, and says what the stage shows."""

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import array, button, choose, open_lab

pytestmark = pytest.mark.browser
OUTPUT = {"Points": "dense_3/a", "Pictures": "dense_1/a", "Sequences": "dense_1/a"}


def download(stage: Locator, name: str, folder: Path) -> Path:
    """What a button offers, saved under the name that it gives it."""
    with stage.page.expect_download(timeout=90_000) as offered:
        button(stage, name).click()
    path = folder / offered.value.suggested_filename
    offered.value.save_as(path)
    return path


def printed_by(path: Path) -> np.ndarray:
    """The numbers that a script prints when it is run where it lies."""
    done = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, check=False, cwd=path.parent
    )
    assert done.returncode == 0, done.stderr
    return np.array([float(number) for number in re.findall(r"[^\s\[\]]+", done.stdout)])


@pytest.mark.parametrize("kind", OUTPUT)
def test_the_numpy_script_on_the_page_says_what_the_stage_shows(
    page: Page, server: str, tmp_path: Path, kind: str
) -> None:
    stage = open_lab(page, server, kind)
    button(stage, "Step").click()
    button(stage, "Numbers").click()
    expect(stage).to_have_attribute("data-step", "1")
    page.wait_for_timeout(500)
    shown = array(stage, OUTPUT[kind])
    button(stage, "Export").click()
    source = stage.get_by_role("region", name="The script", exact=True)
    expect(stage.locator(".gn-export")).to_contain_text("after step 1.")
    (tmp_path / "pasted.py").write_text(source.text_content() or "", encoding="utf-8")
    np.testing.assert_allclose(printed_by(tmp_path / "pasted.py"), shown, rtol=1e-5, atol=1e-7)
    path = download(stage, "Download", tmp_path)
    assert path.name == "network_numpy.py"
    assert path.read_text(encoding="utf-8") == (tmp_path / "pasted.py").read_text(encoding="utf-8")


def test_many_weights_come_in_a_file_beside_the_script(
    page: Page, server: str, tmp_path: Path
) -> None:
    stage = open_lab(page, server, "Pictures")
    choose(page, "Pictures", "28x28 digits")
    expect(stage.locator(".gn-header").first).to_contain_text("28×28")
    button(stage, "Numbers").click()
    page.wait_for_timeout(500)
    shown = array(stage, "dense_1/a")
    button(stage, "Export").click()
    expect(stage.locator(".gn-export")).to_contain_text("keep network_numpy_weights.npz")
    download(stage, "Download network_numpy_weights.npz", tmp_path)
    path = download(stage, "Download", tmp_path)
    np.testing.assert_allclose(printed_by(path), shown, rtol=1e-5, atol=1e-7)


def test_a_script_is_copied_and_a_keras_file_saved(page: Page, server: str, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage = open_lab(page, server)
    button(stage, "Export").click()
    stage.get_by_label("The network as").select_option("keras")
    source = stage.get_by_role("region", name="The script", exact=True)
    expect(source).to_contain_text("import keras")
    button(stage, "Copy").click()
    expect(stage.locator(".gn-export")).to_contain_text("Copied.")
    pasted = page.evaluate("navigator.clipboard.readText()")
    assert pasted == source.text_content()
    compile(pasted, "pasted.py", "exec")
    path = download(stage, "Download network.keras", tmp_path)
    assert path.name == "network.keras"
    with ZipFile(path) as saved:
        assert {"config.json", "model.weights.h5"} <= set(saved.namelist())
    expect(stage.locator(".gn-export")).to_contain_text("after step 0")


def test_what_is_read_stays_while_it_trains_and_is_renewed_at_rest(page: Page, server: str) -> None:
    stage = open_lab(page, server)
    button(stage, "Export").click()
    about = stage.locator(".gn-export .gn-sentence")
    expect(about).to_contain_text("after step 0.")
    button(stage, "Play").click()
    page.wait_for_function("() => +document.querySelector('.gn-stage').dataset.step >= 30")
    expect(about).to_contain_text("after step 0.")
    button(stage, "Pause").click()
    expect(stage).to_have_attribute("data-state", "paused")
    step = int(stage.get_attribute("data-step") or 0)
    expect(about).to_contain_text(re.compile(rf"after step {step}\."))


COLOURS = """async (bytes) => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const paper = canvas.getContext('2d');
  paper.drawImage(picture, 0, 0);
  const { data } = paper.getImageData(0, 0, picture.width, picture.height);
  return [picture.width, picture.height, new Set(new Uint32Array(data.buffer)).size];
}"""


def test_a_run_is_saved_as_a_table_and_as_pictures(page: Page, server: str, tmp_path: Path) -> None:
    stage = open_lab(page, server)
    stage.get_by_label("Step by").select_option("epoch")
    button(stage, "Step").click()
    expect(stage).to_have_attribute("data-epoch", "1")
    loss = stage.locator('[data-name="loss"]').first.get_attribute("data-value")
    button(stage, "Export").click()
    table = download(stage, "History as CSV", tmp_path)
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    assert header.startswith("step,epochs ended,batch loss,train loss")
    # Every update has its row, and the start has one.
    assert [int(row.split(",")[0]) for row in rows] == list(range(26))
    assert all(float(row.split(",")[2]) > 0 for row in rows[1:])
    assert float(rows[-1].split(",")[3]) == pytest.approx(float(loss or "nan"), rel=1e-6)
    drawing = download(stage, "Curves as SVG", tmp_path)
    assert drawing.read_text(encoding="utf-8").startswith("<svg ")
    with page.expect_download(lambda offered: offered.suggested_filename == "beside.png"):
        network = download(stage, "Picture as PNG", tmp_path)
    assert network.name == "network.png"
    width, height, colours = page.evaluate(COLOURS, list(network.read_bytes()))
    box = stage.locator(".gn-left").bounding_box()
    assert box is not None
    assert (width, height) == (round(2 * box["width"]), round(2 * box["height"]))
    assert colours > 500
