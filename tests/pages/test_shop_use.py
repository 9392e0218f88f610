"""The shop's later views, without a browser: levers, a first list, next month, forgetting."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from nn_core import jobs
from nn_core.jobs import api
from nn_core.recommender.data.builtin import BUILTIN
from nn_core.recommender.data.interactions import Columns, Interactions
from nn_core.recommender.data.personal import key_in, pseudonym
from nn_core.recommender.forgetting.elsewhere import called
from nn_core.recommender.forgetting.kept_out import KeptOut
from nn_core.recommender.job import forget_customer, submit_study
from nn_core.recommender.runs.opened import opened_run
from nn_core.recommender.runs.study import Plan
from pages.ui.shop import columns, following
from pages.ui.shop.asking import NOBODY, menu
from pages.ui.shop.naming import apart
from pages.ui.shop.opened import Made
from pages.ui.shop.side_by_side import JUDGED
from tests.api.conftest import finished_run
from tests.pages.test_shop import checked, done_by_hand, listed, metrics, opened, step, upload
from tests.recommender.bad_files import BAD_FILES
from tests.recommender.kept import CUSTOMER
from tests.recommender.runs.older import make_old, make_unreadable
from tests.recommender.shops import PLANTED, planted

PLAN = Plan({"item-knn": {}, "popularity": {}}, insight_seconds=0)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a home of its own, in which runs wait for the test to carry them out."""
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    return jobs.new_workspace()


def csv(rows: Any) -> bytes:
    return rows.to_csv(index=False).encode()


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    app.session_state[key] = value
    return checked(app.run())


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return checked(app.run())


def titles(app: AppTest) -> list[str]:
    """Of the charts that are drawn."""
    drawn: Any = app.get("plotly_chart")
    return [json.loads(chart.proto.spec)["layout"]["title"]["text"] for chart in drawn]


def shop_of(frame: Any) -> Any:
    roles = {role: role for role in ("customer", "product", "time", "order", "name")}
    return Interactions.from_frame(frame.reset_index(drop=True), Columns(**roles))


def with_catalogue() -> Any:
    """The planted shop; a product earns the more the rarer it is bought."""
    shop = planted()
    count = len(shop.frame["product"].cat.categories)
    goods = {
        "category": np.array(["tea", "cup"])[np.arange(count) % 2],
        "price": np.linspace(1, 9, count),
        "margin": np.linspace(0.5, 3, count),
        "stock": np.arange(count) % 3,
    }
    return replace(shop, goods=pd.DataFrame(goods, index=shop.frame["product"].cat.categories))


def test_levers_move_the_list_and_stand_on_their_curves(workspace: str):
    run = submit_study(workspace, with_catalogue(), PLAN, "Levers")
    done_by_hand(run)
    app = chosen(step(opened(workspace=workspace, run=run), "Customers"), "look", "Levers")
    assert not any(box.proto.select_all for box in app.multiselect)  # Enter would take all matches
    assert [s.label for s in app.slider] == [
        "Price",
        "Weight of price",
        "Weight of margin",
        "Diversity",
    ]
    assert not [one for one in app.caption if "Not known of these products" in one.value]
    before = listed(app)
    assert titles(app) == ["What the weight of price costs", "What the weight of diversity costs"]
    app.slider(key="margin-weight").set_value(2.0)
    checked(app.run())
    assert listed(app) != before
    assert "mark moved" in listed(app)
    assert titles(app)[0] == "What the weight of margin costs"
    app.multiselect(key="categories").set_value(["tea"])
    app.toggle(key="in-stock").set_value(True)
    checked(app.run())
    goods = opened_run(run).catalogue.goods
    assert (goods.query("category == 'tea' and stock > 0")["price"]).size > 10
    assert "cup ·" not in listed(app)


def test_who_has_no_judged_list_leads_to_somebody_who_has(workspace: str):
    run = submit_study(workspace, with_catalogue(), PLAN, "Judged")
    done_by_hand(run)
    app = step(opened(workspace=workspace, run=run), "Customers")
    assert titles(app) == ["When this customer bought what (a larger dot: more products)"]
    app = chosen(chosen(app, "customer", NOBODY), "when", JUDGED)
    assert "No lists of before the cut" in app.info[0].value
    press(app, "Show a customer who has them")
    assert not app.info
    assert "✓ bought" in listed(app)


def test_a_run_of_an_older_version_shows_its_result_or_says_that_it_cannot(workspace: str):
    run = finished_run(workspace)
    make_old(jobs.folder(run) / "result")
    app = step(opened(workspace=workspace, run=run), "Result")
    assert any("by marital_status, as your customers' table has it" in one for one in titles(app))
    make_unreadable(jobs.folder(run) / "result")
    for tab in ("Result", "Customers", "Use it"):
        assert "Train again" in step(app, tab).error[0].value
    assert not step(app, "Runs").error


def test_the_file_shows_its_first_list(workspace: str):
    run = submit_study(workspace, planted(), PLAN, "Lists")
    done_by_hand(run)
    app = step(opened(workspace=workspace, run=run), "Use it")
    shown = app.dataframe[0].value
    assert list(shown.columns) == ["customer", "product", "name", "rank", "score"]
    whole = opened_run(run).recommend_all(10)
    first = whole[whole["customer"] == shown["customer"][0]]
    assert shown["product"].tolist() == first["product"].tolist()
    assert titles(app) == ["How far the places stand apart"]


def test_next_month_is_added_trained_and_told(workspace: str):
    frame: Any = PLANTED.frame
    time: Any = pd.to_datetime(frame["time"])
    early, late = frame[time < "2024-05-15"], frame[time >= "2024-05-01"]
    app = upload(opened(workspace=workspace), csv(early), "orders.csv")
    data = app.query_params["data"]
    run = submit_study(workspace, shop_of(early), PLAN, "Spring")
    done_by_hand(run)
    app = chosen(step(opened(workspace=workspace, run=run), "Use it"), "use", "Next month")
    assert "Upload the newer file" in app.info[0].value
    own = opened(workspace=workspace, run=run, data=data)
    own = chosen(step(own, "Use it"), "use", "Next month")
    assert "no purchase later" in own.info[0].value
    upload(app, csv(late), "orders.csv")  # the shop's export has one name each month
    assert app.selectbox(key="source").options[1:] == ["orders.csv (2)", "orders.csv"]
    assert not app.info
    counted = ["customer", "product"]
    known = [late[role].isin(early[role]).groupby(late[role]).first().sum() for role in counted]
    said = "{:,} of this file's {:,} customers and {:,} of its {:,} products stand in this run."
    sizes = [late[role].nunique() for role in counted]
    told = said.format(known[0], sizes[0], known[1], sizes[1])
    assert told in [one.value for one in app.caption]
    press(app, "Add this file and train again")
    newer = app.query_params["run"]
    assert newer != run
    assert jobs.spec(newer)["parent"] == run
    done_by_hand(newer)
    app = chosen(step(opened(workspace=workspace, run=newer), "Use it"), "use", "Next month")
    assert metrics(app)["Rows added"] == f"{len(frame) - len(early):,}"
    assert metrics(app)["There already"] == f"{len(early) + len(late) - len(frame):,}"
    assert any("trained again, for" in one.value for one in app.markdown)
    assert titles(app)[0].startswith("The same customers since 2024")
    [above] = [one.value for one in step(app, "Result").info if "Trained again" in one.value]
    assert "trained again, for" in above
    (jobs.folder(newer) / "result" / "renewal.json").unlink()  # as if it had been stopped before
    app = opened(workspace=workspace, run=newer)
    assert any("Resume" in one.value for one in step(app, "Result").info)


def test_one_button_begins_with_the_built_in_year(workspace: str, monkeypatch: pytest.MonkeyPatch):
    told = {"error": "not read in this test", "names": [], "guesses": []}
    monkeypatch.setattr(columns, "prepare", lambda request, folder: told | {"name": request.name})
    app = press(opened(workspace=workspace), "Look at the grocery year")
    assert app.selectbox(key="source").value == BUILTIN
    assert app.error[0].value == "not read in this test"


def test_a_second_file_that_does_not_fit_is_left_out_and_can_be_taken_away(workspace: str):
    app = upload(opened(workspace=workspace), csv(PLANTED.frame))
    app.file_uploader[1].set_value(("goods.xlsx", BAD_FILES["workbook"][0], "application/zip"))
    assert "goods.xlsx is a damaged workbook" in checked(app.run()).warning[0].value.replace(
        "\\", ""
    )
    assert metrics(app)["Rows kept"] == f"{len(PLANTED.frame):,}"
    again = opened(workspace=workspace, data=app.query_params["data"])
    assert again.warning
    assert not press(again, "Take away goods\\.xlsx").warning


def test_no_two_choices_of_a_menu_are_alike():
    names = {"1": "a", "2": "a", "3": "a (2)", "4": "a", "5": "b"}
    assert list(apart(names).values()) == ["a", "a (3)", "a (2)", "a (4)", "b"]


def test_a_customer_is_forgotten_by_the_id_of_the_file_and_that_is_proved(workspace: str):
    key = key_in(jobs.workspace_folder(workspace))
    frame: Any = PLANTED.frame.copy()
    frame["customer"] = [pseudonym(f"{name}@example.com", key) for name in frame["customer"]]
    run = submit_study(workspace, shop_of(frame), PLAN, "Pseudonyms")
    done_by_hand(run)
    mail = f"{PLANTED.frame['customer'][0]}@EXAMPLE.com"
    place = jobs.workspace_folder(workspace)
    instead = called(place, run, mail)
    assert instead == frame["customer"][0]
    assert called(place, run, "nobody@example.com") == "nobody@example.com"
    app = chosen(step(opened(workspace=workspace, run=run), "Use it"), "use", "Forget a customer")
    next(box for box in app.text_input if box.label == "Customer's id").set_value(mail)
    press(app, "Look for this customer")
    assert any(instead in one.value for one in app.caption)
    before = Made.of(run)
    names = menu(before)
    press(app, "Forget and train again")
    assert jobs.status(run)["state"] == "queued"
    done_by_hand(run)
    # What pages keep of the run goes by another name now, and was let go of.
    assert Made.of(run) != before
    assert menu(before) is not names
    app = chosen(step(opened(workspace=workspace, run=run), "Use it"), "use", "Forget a customer")
    next(box for box in app.text_input if box.label == "Customer's id").set_value(mail)
    press(app, "Look for this customer")
    assert not [button for button in app.button if button.label == "Forget and train again"]
    assert "no such customer in this run" in app.error[0].value
    gone = int((frame["customer"] == instead).sum())
    assert f"{gone:,} of {len(frame):,} purchases went" in app.success[0].value
    assert "stands in 0 now" in app.success[0].value
    assert titles(app) == [
        "Where the id stood",
        "Scores with a trace of the customer",
    ]
    assert any("each by the customer's own 1" in one.value for one in app.markdown)
    after: Any = app.dataframe[0].value["Found after"]
    assert set(after.dropna()) == {0}
    assert any("in later files are set aside" in one.value for one in app.markdown)


def test_a_newer_file_is_read_without_who_was_forgotten_until_that_is_lifted(workspace: str):
    run = submit_study(workspace, planted(), PLAN, "Spring")
    done_by_hand(run)
    who = str(PLANTED.frame["customer"].iloc[0])
    KeptOut(jobs.workspace_folder(workspace)).add(who, "2026-11-22")
    app = upload(opened(workspace=workspace, run=run), csv(PLANTED.frame))
    own = len(PLANTED.frame.query("customer == @who"))
    assert metrics(step(app, "Data"))["Rows set aside"] == f"{own:,}"
    assert any("asked to be forgotten" in one.value for one in app.markdown)
    app = chosen(step(app, "Use it"), "use", "Next month")
    assert any(f"{own:,} rows are of customers who asked" in one.value for one in app.info)
    app = chosen(app, "use", "Forget a customer")
    for given, told in (("nobody", "Nobody who is spelled"), (who, "read again from now on")):
        back = "Id of a customer who agreed to come back"
        next(box for box in app.text_input if box.label == back).set_value(given)
        press(app, "Let back in")
        assert told in [*app.error, *app.success][-1].value
    assert metrics(step(app, "Data"))["Rows set aside"] == "0"


def test_a_customer_is_forgotten_everywhere_else_where_that_is_asked_for(workspace: str):
    app = upload(opened(workspace=workspace), csv(PLANTED.frame), "orders.csv")
    place = jobs.workspace_folder(workspace) / "uploads" / app.query_params["data"]
    one, other, left = (
        submit_study(workspace, planted(), PLAN, title) for title in ("One", "Two", "Three")
    )
    for run in (one, other, left):
        done_by_hand(run)
    who = str(PLANTED.frame["customer"].iloc[0])
    app = chosen(step(opened(workspace=workspace, run=one), "Use it"), "use", "Forget a customer")
    next(box for box in app.text_input if box.label == "Customer's id").set_value(who)
    press(app, "Look for this customer")
    boxes = {box.label: box for box in app.checkbox}
    assert [box.value for box in boxes.values()] == [True, True, False]
    own = len(PLANTED.frame.query("customer == @who"))
    told = f"{own:,} purchases, {own:,} places of the file itself"
    assert [one.value for one in app.caption if "purchases" in one.value][-1] == told
    boxes["Forget in the run Three too"].uncheck()
    boxes["Delete the upload orders\\.csv"].check()
    press(app, "Forget and train again")
    assert [jobs.status(run)["state"] for run in (one, other, left)] == ["queued", "queued", "done"]
    assert not place.exists()


def test_who_waits_for_the_proof_is_led_to_it(workspace: str, monkeypatch: pytest.MonkeyPatch):
    run = finished_run(workspace)
    forget_customer(workspace, run, CUSTOMER)
    app = opened(workspace=workspace, run=run)
    app.session_state[following.FORGETS] = run
    # The run ends while its progress is drawn, as where that is redrawn by itself.
    ends = SimpleNamespace(status=lambda run: done_by_hand(run) or jobs.status(run))
    monkeypatch.setattr(following, "jobs", ends)
    step(app, "Training")
    control: Any = app.segmented_control(key="use")
    assert control.value == "Forget a customer"
    assert not control.proto.default  # which the browser may show in the value's place
    assert "stands in 0 now" in app.success[0].value


def test_what_was_said_before_the_last_order_is_not_heard_again(monkeypatch: pytest.MonkeyPatch):
    said = [{"event": event} for event in ("fit", "again", "split", "again", "model")]
    monkeypatch.setattr(jobs, "events", lambda run: said)
    assert [event["event"] for event in following.heard("run")] == ["again", "model"]
    said[:] = [{"event": "fit"}]
    assert following.heard("run") == said
