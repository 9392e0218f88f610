"""The browser's modules hold to the types in their JSDoc: TypeScript, strict, reads them all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STAGE = Path(__file__).parents[1] / "assets" / "stage"
# TypeScript comes inside deno, a wheel of tests/requirements.txt, so it fetches nothing here.
CHECK = [sys.executable, "-m", "deno", "check", "--quiet", "--no-remote", "--no-npm", "--no-lock"]
FOLDERS = [STAGE, STAGE.parent / "course", STAGE.parent / "shop"]
MODULES = sorted(path for folder in FOLDERS for path in folder.glob("*.js"))


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """A folder or a module under the options of assets/stage/jsconfig.json."""
    return subprocess.run(
        [*CHECK, "--config", str(STAGE / "jsconfig.json"), str(path)],
        env=os.environ | {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_module_is_typed(folder: Path) -> None:
    result = check(folder)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_word_where_a_number_belongs_is_found(tmp_path: Path) -> None:
    text = (STAGE / "format.js").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.js"
    wrong.write_text(f'{text}\ncount("many");\n', encoding="utf-8")
    result = check(wrong)
    assert result.returncode != 0
    assert "TS2345" in result.stdout + result.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_under_250_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 250
