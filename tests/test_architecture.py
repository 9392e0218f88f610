"""The import rules, read from the imports themselves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"tensorflow", "keras", "sklearn", "mlxtend", "implicit"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path, inside_functions: bool = True) -> set[str]:
    """Full names of what a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if inside_functions else ast.iter_child_nodes(tree)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def tops(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


PACKAGES = ("activations", "diagnosis", "layers", "losses", "optimizers", "plain")
ENGINE = [
    *(ROOT / "nn_core").glob("*.py"),
    *(path for part in PACKAGES for path in modules(f"nn_core/{part}")),
]


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.name)
def test_the_engine_is_numpy_only(path: Path) -> None:
    assert tops(imported(path)) <= {"numpy", "nn_core", *sys.stdlib_module_names}


@pytest.mark.parametrize("path", modules("nn_core"), ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_below_the_pages_knows_of_them(path: Path) -> None:
    assert not tops(imported(path)) & {"streamlit", "plotly", "pages"}


def test_figures_know_no_streamlit() -> None:
    for path in modules("pages/figures"):
        assert "streamlit" not in tops(imported(path)), path


def test_layers_know_nothing_of_networks() -> None:
    upper = {f"nn_core.{name}" for name in ("network", "trace", "training", "export", "live")}
    for path in [*modules("nn_core/layers"), *modules("nn_core/activations")]:
        assert not imported(path) & upper, path


def test_shop_and_jobs_never_reach_into_the_live_view() -> None:
    for path in [*modules("nn_core/recommender"), *modules("nn_core/jobs")]:
        assert not any(name.startswith("nn_core.live") for name in imported(path)), path


# Of the recommender's packages, in this order: each may import those before it.
SHOP = [
    *("data", "models", "portrait", "judge", "customer"),
    *("insight", "runs", "forgetting", "report"),
]


@pytest.mark.parametrize("package", SHOP)
def test_the_shops_packages_build_on_each_other(package: str) -> None:
    later = {f"nn_core.recommender.{name}" for name in SHOP[SHOP.index(package) + 1 :]}
    for path in modules(f"nn_core/recommender/{package}"):
        reached = {".".join(name.split(".")[:3]) for name in imported(path)}
        assert not reached & later, path


def test_every_package_of_the_shop_has_its_place() -> None:
    found = {path.parent.name for path in (ROOT / "nn_core/recommender").glob("*/__init__.py")}
    assert found == set(SHOP)


# What runs in worker processes alone, and what these import when they run.
KERAS = [
    ROOT / "nn_core/live/keras_worker.py",
    ROOT / "nn_core/course/buying/logistic.py",
    *modules("nn_core/recommender/models"),
]


def test_keras_is_imported_in_functions_that_workers_call_only() -> None:
    for path in [ROOT / "app.py", *modules("pages"), *modules("nn_core")]:
        if path in KERAS:
            assert not tops(imported(path, inside_functions=False)) & HEAVY, path
        else:
            assert not tops(imported(path)) & HEAVY, path


def test_the_server_process_never_loads_tensorflow() -> None:
    """Imports all that the server imports, in a process of its own, and looks at what is loaded."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in [*modules("nn_core"), *modules("pages/ui"), *modules("pages/figures")]
        if path.name not in ("__main__.py", "__init__.py")
    ]
    code = (
        f"import sys, importlib\nfor name in {names!r}: importlib.import_module(name)\n"
        f"import app\nprint(sorted({HEAVY!r} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip().endswith("[]"), result.stdout
