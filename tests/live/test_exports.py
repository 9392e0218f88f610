"""What is taken home computes what the stage shows."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nn_core.live.convolution import Pictures
from nn_core.live.notation import parse
from nn_core.live.points import Hidden, Points
from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.spec import Spec
from nn_core.live.stack import Stack
from tests.live.viewer import Viewer

# Keras's own conversion of its variables.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
KINDS: dict[str, Spec] = {
    "Dense": Points(points=60, features=("x1", "x2", "sin(x1)")),
    "many weights": Points(points=60, hidden=(Hidden(60), Hidden(40))),
    "Conv2D": Pictures(samples=80),
    **{cell: Sequences(cell=cell, units=3, samples=60, steps=6) for cell in CELLS},
}


@pytest.fixture(params=KINDS)
def viewer(request: pytest.FixtureRequest) -> Viewer:
    viewer = Viewer(KINDS[request.param])
    viewer.say(type="step", kind="batch")
    viewer.say(type="set", sample=3, sample_set="test")
    return viewer


def taken(viewer: Viewer, form: str, folder: Path) -> Path:
    """The script as a browser would save it, its weights beside it where there are such."""
    header, tensors = viewer.ask("script", form=form)
    path = folder / header["file"]
    path.write_text(header["code"], encoding="utf-8")
    assert (header["weights_file"] is None) == ("weights" not in tensors)
    if "weights" in tensors:
        (folder / header["weights_file"]).write_bytes(tensors["weights"].tobytes())
    return path


def shown(viewer: Viewer) -> np.ndarray:
    """The network's answer to the shown sample, as the last frame has it."""
    frames = [values for header, values in viewer.frames if header["kind"] == "frame"]
    return frames[-1]["output"]


def test_the_numpy_script_says_what_the_stage_shows(viewer: Viewer, tmp_path: Path) -> None:
    path = taken(viewer, "numpy", tmp_path)
    done = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    printed = np.array([float(number) for number in re.findall(r"[^\s\[\]]+", done.stdout)])
    assert "nn_core" not in path.read_text()
    np.testing.assert_allclose(printed, shown(viewer), rtol=1e-5, atol=1e-7)


def test_its_comment_says_so_too(viewer: Viewer) -> None:
    code = viewer.ask("script", form="numpy")[0]["code"]
    line = code.partition("puts out\n")[2].splitlines()[0].strip(" #")
    np.testing.assert_array_equal(np.float32(ast.literal_eval(line)[0]), shown(viewer))


def test_it_says_which_layers_the_stage_shows_as_in_training(viewer: Viewer) -> None:
    assert "as in training" not in viewer.ask("script", form="numpy")[0]["code"]
    stack = Stack(
        source=Points(points=60), hidden=parse("dense(3)-batch_normalization-dropout(0.2)")
    )
    other = Viewer(stack)
    header, _ = other.ask("script", form="numpy")
    assert header["in_training"] == ["batch_normalization_1", "dropout_1"]
    assert "shows batch_normalization_1, dropout_1 as in training" in header["code"]
    line = header["code"].partition("predicts\n")[2].splitlines()[0].strip(" #")
    answer = other.play.run.model.predict(other.play.run.x[:1])
    np.testing.assert_array_equal(np.float32(ast.literal_eval(line)), answer)


def test_the_keras_script_says_what_the_stage_shows(
    keras_module: ModuleType, viewer: Viewer, tmp_path: Path
) -> None:
    path = taken(viewer, "keras", tmp_path)
    scope: dict[str, Any] = {"__file__": str(path), "__name__": "network"}
    exec(compile(path.read_text(), str(path), "exec"), scope)  # noqa: S102  what we have just made
    at = viewer.play.run.test_x[3:4]
    answer = np.asarray(scope["model"].predict_on_batch(at))
    np.testing.assert_allclose(answer[0], shown(viewer), rtol=1e-4, atol=1e-6)
    assert "print(model.predict(x, verbose=0))" in path.read_text()


def test_the_keras_file_says_what_the_stage_shows(
    keras_module: ModuleType, viewer: Viewer, tmp_path: Path
) -> None:
    header, tensors = viewer.ask("keras_file")
    assert "error" not in header, header
    path = tmp_path / header["file"]
    path.write_bytes(tensors["bytes"].tobytes())
    opened = keras_module.saving.load_model(path)
    answer = np.asarray(opened.predict_on_batch(viewer.play.run.test_x[3:4]))
    np.testing.assert_allclose(answer[0], shown(viewer), rtol=1e-4, atol=1e-6)


def test_another_form_gets_a_sentence() -> None:
    header, _ = Viewer(KINDS["Dense"]).ask("script", form="fortran")
    assert "Unknown form" in header["error"]
    assert "numpy" in header["error"]
