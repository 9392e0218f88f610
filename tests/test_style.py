"""The code reads as CONTRIBUTING says: formatted, linted and typed."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "pyright": ["pyright", "--pythonpath", sys.executable],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_tools_find_nothing(name: str) -> None:
    command = [sys.executable, "-m", *CHECKS[name]]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


APART = re.compile(r"(?<=[\d\]}]) %(?=[\s.,;:)\"]|$)")
"""A percentage with a blank in it. Python and the charts write 95%, so sentences do too."""


def texts() -> Iterator[tuple[Path, str]]:
    """What a reader may see: the lessons, and every text in the code of engine and pages, an
    f-string with 0 for its values."""
    for path in (ROOT / "assets" / "lessons").rglob("*.md"):
        yield path, path.read_text(encoding="utf-8")
    for path in (path for folder in ("nn_core", "pages") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (one.value if isinstance(one, ast.Constant) else 0 for one in node.values)
                yield path, "".join(map(str, parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path, node.value


def test_a_percentage_is_written_one_way() -> None:
    assert APART.search("95 % of them")
    assert not APART.search("95% of them, %{x} %{y}")
    assert [(path.name, text) for path, text in texts() if APART.search(text)] == []
