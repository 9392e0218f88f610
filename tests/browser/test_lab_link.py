"""A run's own link: another browser opens it and sees the same run, number for number."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import button, choose, losses, number, open_lab

pytestmark = pytest.mark.browser


def changed(page: Page, server: str) -> tuple[Locator, list[float]]:
    """A run on other data, with a learning rate and a bias changed on the way."""
    stage = open_lab(page, server)
    choose(page, "Data set", "moons")
    expect(page).to_have_url(re.compile("moons"))
    page.wait_for_function(
        "() => document.querySelector('.gn-stage').glassnet.hello?.dataset === 'moons'"
    )
    way = losses(stage, 3)
    stage.get_by_label("Learning rate").select_option("0.3")
    way += losses(stage, 2)
    stage.locator('[data-layer="0"][data-unit="1"] .gn-bias').click()
    stage.get_by_role("spinbutton", name="Set this weight").fill("0.5")
    button(stage, "Set").click()
    page.wait_for_function(
        "() => document.querySelector('.gn-stage').glassnet.frame.past.changes === 2"
    )
    way[-1] = number(stage, "loss")  # the edit belongs to the step after which it was made
    return stage, way + losses(stage, 3)


def test_the_link_opens_the_same_run_with_some_controls_hidden(page: Page, server: str) -> None:
    stage, way = changed(page, server)
    button(stage, "Link").click()
    stage.get_by_label("Optimizer", exact=True).last.check()
    stage.get_by_label("Seed").check()
    page.wait_for_function(
        "() => document.querySelector('[data-testid=link]').value.includes('hide=')"
    )
    link = stage.get_by_test_id("link").input_value()
    other = page.context.new_page()
    other.set_viewport_size({"width": 1280, "height": 720})
    other.goto(link)
    opened = other.get_by_test_id("stage")
    expect(opened).to_have_attribute("data-state", "paused")
    expect(opened.locator(".gn-when")).to_have_text("step 0 of 8")
    assert losses(opened, 8) == way
    expect(opened.get_by_label("Learning rate")).to_have_value("0.3")
    expect(opened.get_by_role("combobox", name="Optimizer")).to_be_hidden()
    expect(other.get_by_label("Seed", exact=True)).to_be_hidden()
    expect(other.get_by_role("combobox", name="Data set")).to_have_value("moons")


def test_a_saved_run_is_opened_from_its_file(page: Page, server: str, tmp_path: Path) -> None:
    stage, way = changed(page, server)
    button(stage, "Link").click()
    expect(stage.get_by_role("status").first).to_contain_text("2 changes made by step 8")
    with page.expect_download() as download:
        button(stage, "Save as a file").click()
    path = tmp_path / "run.json"
    download.value.save_as(path)
    assert json.loads(path.read_text())["glassnet"] == 1
    stage = open_lab(page, server)
    button(stage, "Link").click()
    stage.get_by_label("Open a saved run").set_input_files(path)
    page.wait_for_function(
        "() => document.querySelector('.gn-stage')?.glassnet?.frame?.past.last === 8",
        timeout=20_000,
    )
    assert losses(page.get_by_test_id("stage"), 8) == way


def test_a_file_carries_an_own_table_with_the_run(page: Page, server: str, tmp_path: Path) -> None:
    rows = [f"{i},{i * 37 % 11},{'ab'[i % 3 > 0]}" for i in range(60)]
    table = tmp_path / "own.csv"
    table.write_text("\n".join(["length,width,name", *rows]), encoding="utf-8")
    page.goto(f"{server}/lab?lab-dataset=own+file&lab-layers=1")
    stage = page.get_by_test_id("stage")
    expect(stage).to_have_attribute("data-state", "paused", timeout=20_000)
    page.locator('[data-testid="stFileUploader"] input[type=file]').set_input_files(table)
    own = "() => document.querySelector('.gn-stage')?.glassnet?.hello?.dataset === 'name'"
    page.wait_for_function(own, timeout=20_000)
    way = losses(stage, 2)
    stage.get_by_label("Learning rate").select_option("0.3")
    way += losses(stage, 2)
    button(stage, "Link").click()
    expect(stage.get_by_test_id("link")).to_have_attribute("placeholder", re.compile("Your table"))
    assert stage.get_by_test_id("link").input_value() == ""
    with page.expect_download() as download:
        button(stage, "Save as a file").click()
    path = tmp_path / "run.json"
    download.value.save_as(path)
    assert set(json.loads(path.read_text())["table"]["mean and deviation"]) >= {"length", "width"}
    stage = open_lab(page, server)
    button(stage, "Link").click()
    stage.get_by_label("Open a saved run").set_input_files(path)
    page.wait_for_function(own, timeout=20_000)
    page.wait_for_function(
        "() => document.querySelector('.gn-stage')?.glassnet?.frame?.past.last === 4",
        timeout=20_000,
    )
    expect(page.get_by_text("From the opened run: 60 rows")).to_be_visible()
    assert losses(page.get_by_test_id("stage"), 4) == way


def test_a_damaged_link_is_said_and_the_lab_opens(page: Page, server: str) -> None:
    page.goto(f"{server}/lab?run=nonsense")
    expect(page.get_by_text("could not be opened")).to_be_visible()
    expect(page.get_by_test_id("stage")).to_have_attribute("data-state", "paused")
