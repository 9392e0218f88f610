"""README, requirements and changelog say what is true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(after: str, language: str) -> str:
    """The first fenced block of a language after a text."""
    found = re.search(rf"```{language}\n(.*?)```", README.partition(after)[2], re.DOTALL)
    assert found, after
    return found[1].strip()


def test_the_engines_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(block("## The engine", "python"), {})  # noqa: S102  our own README
    assert "keras.Sequential" in capsys.readouterr().out


def test_the_two_commands_make_their_own_environment() -> None:
    run = block("<!-- run command -->", "bash")
    assert run.endswith("streamlit run app.py")
    test = block("<!-- test command -->", "bash")
    assert test.endswith("-m pytest")
    for command in (run, test):
        assert command.startswith(
            "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt"
        )


def test_every_file_that_the_readme_shows_is_there() -> None:
    for path in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / path).is_file(), path


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_dependencies_have_bounds_and_a_reason(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for line in (line for line in lines if line and not line.startswith("#")):
        assert re.match(r"[\w\-\[\]]+>=[\d.]+,<[\d.]+ +# \w", line), line


def test_the_top_level_is_what_it_should_be() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    allowed = {
        *("requirements.txt", "app.py", "pages", "nn_core", "assets", "tests"),
        *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"),
    }
    assert names - {"__pycache__"} <= allowed
