"""Runs side by side in a real browser: equal steps, the file, and cells against the engine."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from nn_core.live.recurrent import CELLS, Sequences
from nn_core.live.run import Run
from nn_core.trace import record
from tests.browser.lab import button, number

pytestmark = pytest.mark.browser

PARTS = ["loss/train", "loss/test", "metric/train", "metric/test"]


def open_race(page: Page, server: str, query: str) -> Locator:
    page.goto(f"{server}/compare?{query}")
    race = page.get_by_test_id("race")
    expect(race).to_have_attribute("data-state", "paused")
    expect(race.locator('[data-name$="loss/test"]').last).to_have_attribute(
        "data-value", re.compile(r"\d")
    )
    return race


def at_tick(page: Page, condition: str) -> None:
    page.wait_for_function(f"() => +document.querySelector('.gn-race').dataset.tick {condition}")


def test_sgd_and_adam_race_in_step_and_leave_with_the_file(
    page: Page, server: str, tmp_path: Path
) -> None:
    race = open_race(page, server, "compare-dataset=spiral")
    start = {run: number(race, f"{run}/loss/test") for run in ("sgd", "adam")}
    assert start["sgd"] == start["adam"]
    button(race, "Play").click()
    at_tick(page, ">= 150")
    button(race, "Pause").click()
    expect(race).to_have_attribute("data-state", "paused")
    at_tick(page, f">= {number(race, 'sgd/step'):.0f}")
    page.wait_for_timeout(300)
    assert number(race, "sgd/step") == number(race, "adam/step") >= 150
    assert number(race, "adam/loss/train") < number(race, "sgd/loss/train") < start["sgd"]
    ends = race.locator("path[data-set='train']").evaluate_all(
        "(paths) => paths.map((p) => p.getAttribute('d').split('L').length)"
    )
    assert len(ends) == 4
    assert min(ends) > 8
    with page.expect_download() as download:
        button(race, "CSV").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    lines = list(csv.DictReader(path.read_text().splitlines()))
    for run in ("sgd", "adam"):
        own = [line for line in lines if line["run"] == run]
        names = ["train loss", "test loss", "train metric", "test metric"]
        assert [float(own[-1][name]) for name in names] == [
            number(race, f"{run}/{part}") for part in PARTS
        ]
        assert float(own[-1]["step"]) == number(race, f"{run}/step")
        assert own[0]["step"] == "0"
    steps = {run: [line["step"] for line in lines if line["run"] == run] for run in start}
    assert steps["sgd"] == steps["adam"]
    text = race.locator(".gn-standing").inner_text()
    assert text.startswith(f"After {number(race, 'adam/step'):.0f} updates: Adam has the lowest")


def test_the_races_numbers_are_the_engines(page: Page, server: str) -> None:
    query = "compare-kind=Sequences&compare-steps-remember=12&compare-cell-units=5"
    race = open_race(page, server, query)
    for _ in range(3):
        tick = int(race.get_attribute("data-tick") or 0)
        button(race, "Step").click()
        at_tick(page, f"=== {tick + 1}")
    race.get_by_label("Train sequence").fill("7")
    race.get_by_label("Train sequence").press("Tab")
    shown = "() => document.querySelector('[data-name=y]').dataset.value"
    spec = Sequences(steps=12, units=5)
    page.wait_for_function(f"{shown} === '{float(spec.data().train_y[7]):.0f}'")
    page.wait_for_timeout(300)
    for cell in CELLS:
        spec = Sequences(cell=cell, steps=12, units=5)
        run = Run(spec, spec.start)
        for _ in range(3):
            run.train()
        trace = record(run.model, run.x[7:8], run.y[7:8])
        layer = run.model.layers[0].name
        lengths = np.sqrt(np.square(trace[f"{layer}/dh"][0]).sum(axis=-1))
        page_has = [number(race, f"{cell}/{layer}/dh_norm[{t}]") for t in range(12)]
        np.testing.assert_allclose(page_has, lengths, rtol=1e-5)
        assert lengths.max() > 0
        assert number(race, f"{cell}/loss/test") == pytest.approx(
            run.model.judge(run.test_x, run.test_y)[0], rel=1e-6
        )


def test_batches_are_raced_by_epochs(page: Page, server: str) -> None:
    race = open_race(page, server, "compare-raced-points=batch+size")
    race.get_by_label("Step by").select_option("epoch")
    button(race, "Step").click()
    at_tick(page, "=== 250")
    assert [number(race, f"{size}/step") for size in (1, 10, 128)] == [250, 25, 2]
    assert {number(race, f"{size}/epoch") for size in (1, 10, 128)} == {1}


def test_another_seed_is_run_as_far_and_the_one_before_stays(page: Page, server: str) -> None:
    race = open_race(page, server, "compare-dataset=moons")
    race.get_by_label("Step by").select_option("epoch")
    button(race, "Step").click()
    at_tick(page, "=== 25")
    losses = [number(race, f"{run}/loss/test") for run in ("sgd", "adam")]
    button(race, "Another seed").click()
    expect(race.get_by_role("row", name="seed 1")).to_be_visible()
    at_tick(page, "=== 25")
    expect(race).to_have_attribute("data-state", "paused")
    assert [number(race, f"seed 1/{run}/loss/test") for run in ("sgd", "adam")] == losses
    assert number(race, "sgd/loss/test") != losses[0]
    expect(page).to_have_url(re.compile("compare-seed=2"))
    expect(race.get_by_label("Speed of all")).to_have_value("150")


def test_the_address_brings_the_same_race(page: Page, server: str) -> None:
    query = "compare-raced-points=learning+rate&compare-of-points-rate=0.3&compare-of-points-rate=3"
    race = open_race(page, server, query + "&compare-dataset=xor&compare-all-optimizer-points=adam")
    assert race.locator("tbody th").all_inner_texts() == ["0.3", "3"]
    button(race, "Step").click()
    at_tick(page, "=== 1")
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("xor")


def test_it_goes_by_keyboard_and_back_to_the_start(page: Page, server: str) -> None:
    race = open_race(page, server, "")
    start = number(race, "adam/loss/test")
    race.focus()
    page.keyboard.press("Space")
    at_tick(page, "> 20")
    page.keyboard.press("Space")
    expect(race).to_have_attribute("data-state", "paused")
    page.keyboard.press("Home")
    at_tick(page, "=== 0")
    page.wait_for_function(
        "() => document.querySelector('[data-name=\"adam/step\"]').dataset.value === '0'"
    )
    assert number(race, "adam/loss/test") == start
    page.keyboard.press("ArrowRight")
    at_tick(page, "=== 1")


def test_a_race_that_one_comes_back_to_begins_anew(page: Page, server: str) -> None:
    race = open_race(page, server, "")
    start = number(race, "adam/loss/test")
    button(race, "Step").click()
    at_tick(page, "=== 1")
    page.get_by_role("link", name="Home").click()
    expect(race).to_have_count(0)
    page.get_by_role("link", name="Compare").click()
    for run in ("sgd", "adam"):
        expect(race.locator(f'[data-name="{run}/step"]')).to_have_attribute("data-value", "0")
    assert number(race, "adam/loss/test") == start
    button(race, "Step").click()
    at_tick(page, "=== 1")
    assert number(race, "sgd/step") == number(race, "adam/step") == 1


@pytest.mark.parametrize(("kind", "magic"), [("PNG", b"\x89PNG"), ("SVG", b"<svg xmlns=")])
def test_the_curves_leave_as_a_picture(
    page: Page, server: str, tmp_path: Path, kind: str, magic: bytes
) -> None:
    race = open_race(page, server, "")
    button(race, "Step").click()
    at_tick(page, "=== 1")
    with page.expect_download() as download:
        button(race, kind).click()
    assert download.value.suggested_filename == f"glassnet-optimizer-seed-1.{kind.lower()}"
    path = tmp_path / "file"
    download.value.save_as(path)
    data = path.read_bytes()
    assert data.startswith(magic)
    if kind == "PNG":
        assert int.from_bytes(data[16:20]) == 2000
