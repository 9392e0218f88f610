"""The shop's runs: listed, compared, renamed, deleted; the page without a browser."""

from pathlib import Path
from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

from nn_core import jobs
from nn_core.jobs import api
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.runs.run_list import differing, overview
from nn_core.recommender.runs.runs import open_run
from pages.figures.runs import side_by_side, trained_again
from pages.ui.shop.asking import brief
from tests.api.conftest import finished_run
from tests.recommender.kept import original

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A workspace with two finished runs of the planted shop."""
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    workspace = jobs.new_workspace()
    for _ in range(2):
        finished_run(workspace)
    return workspace


def opened(workspace: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=30).run()
    app.switch_page("shop.py")
    app.query_params["workspace"] = workspace
    app.session_state["step"] = "Runs"
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return checked(app.run())


def choose(app: AppTest, runs: list[str]) -> AppTest:
    app.multiselect(key="chosen runs").set_value(runs)
    return checked(app.run())


def test_every_run_is_listed_with_its_best_model(workspace: str):
    best = open_run(original())
    app = opened(workspace)
    frame: Any = next(one.value for one in app.dataframe if "Best model" in one.value.columns)
    assert not app.multiselect(key="chosen runs").proto.select_all  # what is chosen can be deleted
    labels = {model["model"]: model["label"] for model in best.comparison["models"]}
    assert frame["Best model"].tolist() == [brief(labels[best.best()])] * 2
    value = max(model["metrics"]["ndcg@10"] for model in best.comparison["models"])
    assert frame["NDCG"].tolist() == [value] * 2


def test_one_is_renamed_and_opened(workspace: str):
    run = jobs.list_runs(workspace)[0]["id"]
    app = choose(opened(workspace), [run])
    app.text_input(key=f"title {run}").set_value("<b>Spring</b>")
    press(app, "Rename")  # at once: the page has not run since the title was typed
    assert jobs.spec(run)["title"] == "<b>Spring</b>"
    assert press(app, "Open").query_params["run"] == run


def test_deleting_asks_once_and_leaves_nothing(workspace: str, tmp_path: Path):
    run, other = (one["id"] for one in jobs.list_runs(workspace))
    jobs.make_share(workspace, run, "Ada")
    app = press(choose(opened(workspace), [run]), "Delete")
    assert jobs.folder(run).exists()
    press(app, "Delete for ever")
    assert not [path for path in tmp_path.rglob("*") if run in path.name]
    assert not list((tmp_path / "shares").iterdir())
    assert [one["id"] for one in jobs.list_runs(workspace)] == [other]


def test_two_are_compared(workspace: str):
    app = choose(opened(workspace), [run["id"] for run in jobs.list_runs(workspace)])
    assert any("All settings are the same" in one.value for one in app.markdown)
    assert app.get("plotly_chart")


def test_the_settings_that_differ(workspace: str):
    spec = {"kind": "shop", "task": "discover", "k": 10, "title": "a"}
    split = SplitOptions(test_days=14)
    one = jobs.submit(workspace, {**spec, "models": {"ease": {}}, "split": vars(SplitOptions())})
    two = jobs.submit(
        workspace,
        {**spec, "models": {"ease": {"largest": 5}, "als": {}}, "split": vars(split), "title": "b"},
    )
    assert differing([one, two]) == {
        "models": ["ease", "ease, als"],
        "models/ease/largest": ["", "5"],
        "split/test_days": ["31", "14"],
    }
    unfinished = next(run for run in overview(workspace) if run["id"] == one)
    assert (unfinished["state"], unfinished["value"]) == ("queued", None)


def test_the_figures_say_what_they_show():
    runs = [
        {"title": "a", "value": 0.2, "low": 0.1, "high": 0.3},
        {"title": "b", "value": 0.25, "low": None, "high": None},
    ]
    points: Any = side_by_side(runs, 10).data[0]
    assert list(points.x) == [0.25, 0.2]
    assert points.error_x.array == pytest.approx((0, 0.1))
    change = {"k": 5, "cut": "2024-06-01"} | {
        which: {"ndcg@5": value, "hit_rate@5": 2 * value}
        for which, value in (("old", 0.1), ("new", 0.2))
    }
    old, new = cast(Any, trained_again(change).data)
    assert (list(old.x), list(new.x)) == ([0.1, 0.2], [0.2, 0.4])
