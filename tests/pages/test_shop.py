"""The shop page on the router, without a browser: every state of it, and a run carried out."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from nn_core import jobs
from nn_core.jobs import api, worker
from nn_core.jobs.folder import RunFolder
from nn_core.jobs.home import workspace_folder
from nn_core.recommender.extent import Extent
from nn_core.recommender.models import MODELS
from nn_core.recommender.runs import study
from nn_core.recommender.runs.expecting import plan_words
from nn_core.recommender.runs.study import Plan
from pages.ui.course.shows.recommender import shop_address
from pages.ui.shop.following import rows_of, trials_of
from pages.ui.shop.training import FAST, GROUPS
from tests.recommender.bad_files import BAD_FILES

ROOT = Path(__file__).parents[2]
SMALL_SHOP = (ROOT / "assets" / "samples" / "small_shop.csv").read_bytes()
DIRTY = b'customer,product,name\nada,<b>1</b>,<script>alert(1)</script>\n,"=1+1",:smile:\n'


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page in a home of its own; runs wait, because the test is their worker."""
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    return opened()


def opened(**address: str) -> AppTest:
    """The shop with this in its address, in a session of its own."""
    app = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=30).run()
    app.switch_page("shop.py")
    for name, value in address.items():
        app.query_params[name] = value
    return checked(app.run())


def upload(app: AppTest, data: bytes, name: str = "shop.csv") -> AppTest:
    app.file_uploader[0].set_value((name, data, "text/csv"))
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def step(app: AppTest, name: str) -> AppTest:
    """Opens one of the page's tabs."""
    app.session_state["goto"] = name
    return checked(app.run())


def metrics(app: AppTest) -> dict[str, Any]:
    return {metric.label: metric.value for metric in app.metric}


def train(app: AppTest, **numbers: int) -> str:
    """Presses Train and does the worker's work -> the run's id."""
    step(app, "Training")
    for label, value in numbers.items():
        next(box for box in app.number_input if box.label == label).set_value(value)
    next(button for button in app.button if button.label == "Train").click()
    checked(app.run())
    return app.session_state["run"]


def done_by_hand(run: str) -> None:
    """What the queue and the worker do, in this process."""
    assert worker.main(str(jobs.folder(run))) == 0


def listed(app: AppTest) -> str:
    """The lists beside each other, as they are written."""
    return next(html.body for html in app.get("html") if "gn-lists" in html.body)  # pyright: ignore


def judged(app: AppTest) -> bool:
    """Does it name a winner, or say that there is none?"""
    said = [element.value for element in (*app.caption, *app.markdown)]
    return any(re.search("is ahead|too close to call", text) for text in said)


def test_it_opens_with_a_workspace_in_the_address(app: AppTest):
    checked(app)
    assert len(app.query_params["workspace"]) >= 22
    assert not app.metric
    assert [box.label for box in app.selectbox] == ["Purchases to work with"]


def test_an_upload_is_reported_and_found_again_by_its_address(app: AppTest):
    assert metrics(upload(app, SMALL_SHOP))["Rows kept"] == "2,880"
    address = {name: app.query_params[name] for name in ("workspace", "data")}
    assert metrics(opened(**address))["Rows kept"] == "2,880"


def test_a_lessons_link_opens_the_training_with_the_lessons_settings(app: AppTest):
    upload(app, SMALL_SHOP)
    address = {name: app.query_params[name] for name in ("workspace", "data")}
    link = dict(parse_qsl(shop_address("random", "popularity,ease").partition("?")[2]))
    there = opened(**link | address)
    chosen = [name for group in there.button_group for name in group.value or ()]
    assert chosen == ["popularity", "ease"]
    boxes = {box.label: box.value for box in there.selectbox}
    assert (boxes["Hold out"], boxes["Question"]) == ("random", "all")


def test_a_full_workspace_says_so_and_what_to_do(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    upload(app, SMALL_SHOP)
    monkeypatch.setenv("GLASSNET_UPLOADS_MB", "0")
    upload(app, SMALL_SHOP + b"\n", name="next year.csv")
    assert "may take 0 MB" in app.error[0].value
    assert len(app.selectbox[0].options) == 2
    assert metrics(app)["Rows kept"] == "2,880"


def test_the_report_leads_on_to_training_where_there_is_enough_to_train_on(app: AppTest):
    upload(app, b"customer,product\nann,tea\nann,cup\n", name="small.csv")
    assert "Go on to training" not in [button.label for button in app.button]
    upload(app, SMALL_SHOP)
    next(button for button in app.button if button.label == "Go on to training").click()
    checked(app.run())
    assert "Train" in [button.label for button in app.button]


def test_an_upload_can_be_deleted(app: AppTest):
    upload(app, SMALL_SHOP)
    next(button for button in app.button if button.label == "Delete this upload").click()
    checked(app.run())
    assert app.selectbox[0].options == ["Grocery year (built in)"]
    assert not app.metric
    assert "data" not in app.query_params
    assert not list(Path(workspace_folder(app.query_params["workspace"])).glob("uploads/*"))


def test_another_workspace_sees_nothing(app: AppTest):
    upload(app, SMALL_SHOP)
    other = opened(data=app.query_params["data"])
    assert not other.metric
    assert other.selectbox[0].options == ["Grocery year (built in)"]


@pytest.mark.parametrize("what", ["picture", "empty", "ragged throughout", "no roles", "NUL bytes"])
def test_a_bad_file_is_one_sentence(what: str, app: AppTest):
    data, expected = BAD_FILES[what]
    upload(app, data)
    said = app.error[0].value.replace("\\", "")
    assert expected in said
    assert not app.metric
    assert "cannot be trained on yet" in " ".join(m.value for m in step(app, "Training").markdown)


def test_columns_can_be_corrected(app: AppTest):
    upload(app, b"customer,colour,product\nada,red,tea\nbob,blue,tea\n")
    assert metrics(app)["Products"] == "1"
    next(box for box in app.selectbox if box.label == "Product").select("colour")
    assert metrics(checked(app.run()))["Products"] == "2"


def test_dates_in_two_orders_are_asked_about(app: AppTest):
    upload(app, BAD_FILES["two date orders"][0])
    assert "two orders" in app.error[0].value
    next(box for box in app.selectbox if box.label == "Day and month").select_index(1)
    assert metrics(checked(app.run()))["Rows set aside"] == "1"


def test_personal_data_is_asked_about_before_anything_is_shown(app: AppTest):
    lines = [f"ada{n % 5}@example.com,tea {n % 3},2024-01-{n % 28 + 1:02d}" for n in range(60)]
    upload(app, "\n".join(["email,product,date", *lines]).encode())
    assert [title.value for title in app.subheader] == ["This file holds personal data"]
    assert not app.metric
    next(button for button in app.button if button.label.startswith("Go on")).click()
    checked(app.run())
    assert metrics(app)["Customers"] == "5"
    home = Path(workspace_folder(app.query_params["workspace"][0]))
    kept = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert b"@example.com" not in kept


def test_uploaded_text_is_text(app: AppTest):
    upload(app, DIRTY, name="<b>:smile:</b>.csv")
    preview = next(frame.value for frame in app.dataframe if "reason" in frame.value.columns)
    assert preview.iloc[0].tolist()[2:] == ["", "=1+1", ":smile:"]
    assert not any("<b>" in element.value for element in app.markdown)


def test_too_few_customers_cannot_train(app: AppTest):
    step(upload(app, b"customer,product\n" + b"ada,tea\nada,cup\n" * 9), "Training")
    assert "Training needs 25 customers with two or more purchases" in app.warning[0].value
    assert next(button for button in app.button if button.label == "Train").disabled


def test_every_model_can_be_chosen_and_says_how_it_works(app: AppTest):
    step(upload(app, SMALL_SHOP), "Training")
    boxes = [box for box in app.pills if box.help.startswith("**")]
    offered = [option for box in boxes for option in box.options]
    assert sorted(offered) == sorted(model.short() for model in MODELS.values())
    assert len(set(offered)) == len(MODELS)
    helps = " ".join(box.help for box in boxes)
    assert all(model.label in helps for model in MODELS.values())
    assert "auto" not in [name for box in boxes for name in box.value or []]


def choose(app: AppTest, *names: str) -> None:
    """These models and no others."""
    for group, known in GROUPS.items():
        app.pills(key=f"models {group}").set_value([name for name in known if name in names])
    checked(app.run())


def expects(app: AppTest) -> str:
    """What stands beside the button about the time that training will take."""
    return next(text.value for text in app.markdown if "chosen" in text.value)


def test_the_form_says_how_long_the_chosen_models_will_take(app: AppTest, tmp_path: Path):
    step(upload(app, SMALL_SHOP), "Training")
    report = json.loads(next(tmp_path.rglob("report.json")).read_text())
    extent = Extent(**report["audit"]["extent"])
    assert expects(app) == plan_words(Plan({name: {} for name in FAST}), extent)
    choose(app, "ease")
    assert expects(app) == plan_words(Plan({"ease": {}}), extent)
    choose(app, "course")
    next(box for box in app.number_input if box.label == "Epochs").set_value(5_000)
    assert re.search(r"About \d+ (min|h)", expects(checked(app.run())))
    next(box for box in app.text_input if box.label == "Hidden units").set_value("many")
    checked(app.run())
    assert any("option of a model is refused" in text.value for text in app.markdown)
    choose(app)
    assert expects(app) == "No model is chosen."


def test_what_auto_tried_is_told_with_its_seconds():
    trial = {"model": "ease", "options": {"regularization": 10.0}, "seconds": 0.5}
    fit = {"event": "fit", "model": "auto", "trial": trial | {"ndcg@10": {"discover": 0.25}}}
    [row] = rows_of(trials_of([{"event": "split"}, fit, {"event": "fit", "model": "ease"}]))
    assert row["Model"] == "EASE"
    assert row["Settings"].startswith("distrust of chance 10 ")
    assert row["At the command line"] == "--set regularization=10.0"
    assert (row["Discover"], row["All"], row["Seconds"]) == (0.25, None, 0.5)
    missed = fit | {"trial": trial | {"ndcg@10": {}, "left_out": "Left out: no epoch within 2 s."}}
    assert rows_of(trials_of([missed]))[0]["Settings"] == "Left out: no epoch within 2 s."


def test_a_plan_that_cannot_work_is_explained(app: AppTest):
    upload(app, SMALL_SHOP)
    step(app, "Training")
    next(box for box in app.text_input if box.label == "Hidden units").set_value("64, many")
    next(button for button in app.button if button.label == "Train").click()
    assert "whole numbers above 0" in checked(app.run()).error[0].value
    assert "run" not in app.session_state


def test_a_run_from_the_line_to_the_lists(app: AppTest):
    upload(app, SMALL_SHOP)
    run = train(app, Epochs=2)
    assert app.query_params["run"] == run
    assert jobs.spec(run)["models"]["course"]["epochs"] == 2
    assert jobs.spec(run)["insight_seconds"] == 20
    assert "Cancel" in [button.label for button in app.button]
    done_by_hand(run)
    step(app, "Result")
    assert judged(app)
    models = next(frame.value for frame in app.dataframe if "NDCG" in frame.value.columns)
    # On Discover own repeats make the list of the best sellers, which is shown once.
    assert set(models["Model"]) == {MODELS[name].short() for name in FAST if name != "repeats"}
    card = (*app.success, *app.error, *app.warning, *app.info)
    assert re.search("Use it|Do not|Cannot tell", card[0].value)
    step(app, "Customers")
    assert listed(app).count("<ol") == 4  # the history and three models
    assert "<span>10</span>" in listed(app)
    # Each model says how it works, and a network is opened from there.
    step(app, "Result")
    works = app.button_group(key="how it works")
    assert len(works.options) == len(FAST)
    works.set_value("course").run()
    assert any("Two hidden layers squeeze" in text.value for text in app.markdown)
    next(button for button in app.button if button.label == "Open its network").click().run()
    assert not app.exception
    assert [metric.label for metric in app.metric][-1] == "Loss on this customer"

    stranger = opened(run=run)
    assert "no such run here" in stranger.warning[0].value
    assert jobs.list_runs(stranger.query_params["workspace"]) == []


def test_the_result_is_there_while_the_small_studies_are_at_work(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
):
    """The worker is stopped as it begins them: the page shows what it shows meanwhile, and after a
    cancel; the run goes on to the end where it is resumed."""
    step(upload(app, SMALL_SHOP), "Training")
    choose(app, "popularity", "item-knn")
    run = train(app)
    with monkeypatch.context() as patch:
        patch.setattr(study, "insights", stopped)
        with pytest.raises(KeyboardInterrupt):
            done_by_hand(run)
    assert jobs.status(run)["state"] == "running"
    assert judged(step(app, "Result"))
    bars: Any = app.get("progress")
    assert "Small studies" in bars[0].proto.text
    for tab in ("Customers", "Use it"):
        assert not any("no result yet" in text.value for text in step(app, tab).markdown)
    assert judged(opened(shared=shared_with(app, run)))

    RunFolder.find(run).set_status("cancelled", "Cancelled.")
    assert judged(step(app, "Result"))
    assert not app.get("progress")
    step(app, "Training")
    assert "there all the same" in app.info[0].value
    next(button for button in app.button if button.label == "Resume").click()
    checked(app.run())
    done_by_hand(run)
    step(app, "Result")
    headings = "#### Small studies", "#### How often to train"
    assert [one in [text.value for text in app.markdown] for one in headings] == [True, True]
    # On another question they are not hidden without a word, and a press leads back to them.
    app.button_group(key="question discover").set_value("all").run()
    assert [one in [text.value for text in app.markdown] for one in headings] == [True, False]
    next(button for button in app.button if button.label == "Show them").click()
    checked(app.run())
    assert [one in [text.value for text in app.markdown] for one in headings] == [True, True]


def stopped(*_: object) -> None:
    """Ends the worker as a signal does, without a word."""
    raise KeyboardInterrupt


def shared_with(app: AppTest, run: str) -> str:
    return jobs.make_share(app.query_params["workspace"], run, "a colleague")


def test_a_link_shows_one_run_and_nothing_to_change(app: AppTest):
    upload(app, SMALL_SHOP)
    run = train(app, Epochs=1)
    link = shared_with(app, run)
    assert "being trained" in opened(shared=link).info[0].value
    done_by_hand(run)
    colleague = opened(shared=link)
    assert judged(colleague)
    assert colleague.query_params == {"shared": link}
    assert [tab.label for tab in colleague.tabs] == ["Result", "Customers", "Use it"]
    for name in ("Result", "Customers", "Use it"):
        colleague.session_state["step"] = name
        shown = str(checked(colleague.run()))
        assert run not in shown
        assert app.query_params["workspace"] not in shown
        assert not [*colleague.file_uploader, *colleague.button]
    assert len(colleague.segmented_control(key="use").options) == 3  # lists, report, model
    jobs.revoke_share(app.query_params["workspace"], run, link)
    assert "taken back" in opened(shared=link).warning[0].value


def test_a_run_can_be_cancelled_and_says_so(app: AppTest):
    upload(app, SMALL_SHOP)
    run = train(app)
    next(button for button in app.button if button.label == "Cancel").click()
    checked(app.run())
    assert jobs.status(run)["state"] == "cancelled"
    assert "Cancelled" in step(app, "Training").error[0].value


def test_an_interrupted_run_shows_what_it_learnt_and_can_go_on(app: AppTest):
    upload(app, SMALL_SHOP)
    run = train(app)
    folder = RunFolder.find(run)
    folder.say({"event": "fit", "model": "course", "epoch": 1, "loss": 4.5, "ndcg@10": 0.1})
    folder.set_status("interrupted", "The server stopped.")
    api.leave(api.home(), run)
    step(app, "Training")
    assert "The server stopped" in app.error[0].value.replace("\\", "")
    next(button for button in app.button if button.label == "Resume").click()
    checked(app.run())
    assert jobs.status(run)["state"] == "queued"


def test_a_run_that_cannot_be_judged_is_not_offered_to_be_resumed(app: AppTest):
    """Nobody buys anything again: the run would end alike, so another question is asked for."""
    rows = [
        f"c{who},p{(who + at) % 12},2024-0{1 + at}-1{who % 10}"
        for who in range(60)
        for at in range(8)
    ]
    upload(app, "\n".join(["customer,product,date", *rows]).encode())
    step(app, "Training")
    next(box for box in app.selectbox if box.label == "Question").set_value("buy-again")
    run = train(app)
    assert worker.main(str(jobs.folder(run))) == 1
    step(app, "Training")
    assert "no known customer bought" in app.error[0].value
    assert "Resume" not in [button.label for button in app.button]
    assert any("would end in the same way" in text.value for text in app.markdown)
    named: Any = next(box for box in app.expander if "held out to judge by" in box.label)
    assert named.proto.expanded


@pytest.mark.usefixtures("app")
def test_a_link_that_leads_nowhere_says_so():
    assert "There is no such run" in opened(run="../../etc/passwd").warning[0].value


def test_two_columns_are_enough_to_train_on(app: AppTest):
    lines = [f"c{who},p{(who + what) % 30}" for who in range(60) for what in range(8)]
    upload(app, "\n".join(["customer,product", *lines]).encode())
    step(app, "Training")
    next(box for box in app.checkbox if box.label.startswith("The rows stand")).check()
    checked(app.run())
    hold_out = next(box for box in app.selectbox if box.label == "Hold out")
    assert hold_out.options == [
        "Last orders", "Each one's last fifth", "The last fifth of the rows", "A random fifth"
    ]  # fmt: skip
    next(box for box in app.checkbox if box.label.startswith("The rows stand")).uncheck()
    run = train(app, Epochs=1)
    assert jobs.spec(run)["split"]["method"] == "random"
    done_by_hand(run)
    assert judged(step(app, "Result"))
