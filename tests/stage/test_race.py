"""The pure parts of a race: its steps, its sentence, its file and its strips."""

import csv
import io
import math
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.stage.test_modules import call
from tests.stage.test_race_figure import row

pytestmark = pytest.mark.browser


def test_the_file_has_every_row_in_full_and_no_formula(page: Page) -> None:
    runs = [
        {"name": "sgd", "rows": [row(0, 0.1 + 0.2, 1e-17), row(1, math.nan, 2)]},
        {"name": '=1+1,"x"', "rows": [row(0, -1.5, 3)]},
    ]
    text = call(page, "racesave", "m.csvOf(a[0])", runs)
    head, *lines = csv.reader(io.StringIO(text, newline=""))
    assert head == [
        "run",
        "step",
        "epoch",
        "train loss",
        "test loss",
        "train metric",
        "test metric",
    ]
    assert [line[0] for line in lines] == ["sgd", "sgd", '\'=1+1,"x"']
    assert [float(v) for v in lines[0][1:]] == [0, 0, 0.1 + 0.2, 1e-17, 0.5, 0.5]
    assert lines[1][3] == ""
    assert float(lines[2][3]) == -1.5


@pytest.mark.parametrize(
    ("tick", "by", "each", "expected"),
    [
        (7, "updates", [250, 25], [7, 7]),
        (0, "epochs", [250, 25, 2], [0, 0, 0]),
        (25, "epochs", [250, 25, 2], [25, 2, 0]),
        (125, "epochs", [250, 25, 2], [125, 12, 1]),
        (500, "epochs", [250, 25, 2], [500, 50, 4]),
    ],
)
def test_all_runs_owe_the_same(
    page: Page, tick: int, by: str, each: list[int], expected: list[int]
) -> None:
    assert call(page, "raceclock", "m.targets(...a)", tick, by, each) == expected


def test_an_epoch_ends_where_the_most_updates_do(page: Page) -> None:
    ends = call(page, "raceclock", "a[0].map((tick) => m.epochEnd(tick, [25, 4]))", [0, 24, 25, 26])
    assert ends == [25, 25, 50, 50]


ABOUT = {"by": "updates", "metric": "accuracy", "tests": 200, "seed": 3}


def said(page: Page, *standings: dict[str, Any], **about: Any) -> str:
    return call(page, "racewords", "m.verdict(a[0], a[1])", standings, ABOUT | about)


def standing(
    name: str, wanted: dict[str, float] | None, stopped: str | None = None
) -> dict[str, Any]:
    return {"name": name, "row": wanted, "stopped": stopped}


def test_the_sentence_says_who_is_ahead_at_what_and_by_how_much(page: Page) -> None:
    ahead = standing("Adam", row(40, 0.1, 0.25, wins=0.905))
    behind = standing("SGD", row(40, 0.3, 0.5, wins=0.8))
    assert said(page, behind, ahead) == (
        "After 40 updates: Adam has the lowest test loss, 0.250; SGD has 0.500 (0.25 more). "
        "Of 200 test samples, Adam has 181 right and SGD 160. "
        "All of this is seed 3 alone: another one can turn it round."
    )
    by_epochs = said(page, behind, ahead, by="epochs", metric="R²")
    assert by_epochs.startswith("After 4 epochs:")
    assert "The best test R² is 0.905, of Adam; SGD has 0.800." in by_epochs


def test_the_sentence_names_no_winner_where_there_is_none(page: Page) -> None:
    one, other = (standing(name, row(0, 0.7, 0.7001)) for name in ("SGD", "Adam"))
    text = said(page, one, other)
    assert text.startswith(
        "At the start: SGD and Adam have the same lowest test loss, 0.700, so none is ahead. "
        "Of 200 test samples, SGD and Adam each have 100 right."
    )


def test_losses_of_different_kinds_are_not_compared(page: Page) -> None:
    one, other = standing("mse", row(5, 0.1, 0.1)), standing("binary", row(5, 0.4, 0.4, wins=0.9))
    text = said(page, one, other, raced="loss")
    assert "measure different things" in text
    assert "lowest test loss" not in text
    assert "binary has 180 right" in text
    seeds = [{"seed": 1, "rows": [row(5, 0.1, 0.1, wins=0.5), row(5, 0.4, 0.4, wins=0.9)]}]
    names = ["mse", "binary"]
    assert call(page, "racewords", "m.tally(...a)", seeds, names, "loss") == [0, 1]
    assert call(page, "racewords", "m.tally(...a)", seeds, names, "optimizer") == [1, 0]


def test_level_metrics_are_called_level(page: Page) -> None:
    one, other = (standing(n, row(5, 0.7, loss)) for n, loss in (("a", 0.5), ("b", 0.6)))
    assert "The best test R² is 0.500, of a and b alike." in said(page, one, other, metric="R²")


def test_a_number_in_a_sentence_says_of_what_it_is(page: Page) -> None:
    spoken = "[m.spoken('10', 'batch size'), m.spoken('Adam', 'optimizer')]"
    assert call(page, "racewords", spoken) == ["batch size 10", "Adam"]


def test_a_run_that_stopped_is_said_and_wins_nothing(page: Page) -> None:
    lost = standing("rate 10", row(5, 0.1, 0.01), "The loss is no longer a number.")
    text = said(page, lost, standing("rate 1", row(9, 0.5, 0.6)))
    assert "rate 1 has a test loss of 0.600." in text
    assert "Stopped, out of all bounds: rate 10." in text
    assert "The runs are being prepared." in said(page, standing("a", None), standing("b", None))


def test_seeds_are_counted_and_ties_are_nobodys(page: Page) -> None:
    seeds = [
        {"seed": 1, "rows": [row(9, 1, 0.2), row(9, 1, 0.4)]},
        {"seed": 2, "rows": [row(9, 1, 0.3), row(9, 1, 0.3)]},
        {"seed": 3, "rows": [row(9, 1, 0.3), row(9, 1, 0.1)]},
        {"seed": 4, "rows": [None, row(9, 1, 0.1)]},
    ]
    assert call(page, "racewords", "m.tally(a[0], a[1])", seeds, ["a", "b"]) == [1, 2]


@pytest.mark.parametrize(
    ("cell", "gates", "gradients"),
    [
        ("SimpleRNN", [], [("dz", 0)]),
        ("LSTM", ["i", "f", "g", "o"], [("dz", 0), ("dz", 1), ("dz", 2), ("dz", 3)]),
        ("GRU", ["z", "r", "g"], [("dm", 0), ("dm", 1), ("dm", 2)]),
    ],
)
def test_the_strips_of_a_cell_are_its_gates(
    page: Page, cell: str, gates: list[str], gradients: list[tuple[str, int]]
) -> None:
    shown = {
        show: call(page, "racecells", "m.bandsOf(...a)", cell, show)
        for show in ("h", "dh", "gates", "dgates")
    }
    assert [band["part"] for band in shown["h"]] == ["h"]
    assert [band["part"] for band in shown["dh"]] == ["dh"]
    assert [band["label"] for band in shown["gates"]] == gates
    assert [band["part"] for band in shown["gates"]] == gates
    assert [(band["part"], band["gate"]) for band in shown["dgates"]] == gradients


# Lanes that arrive when the test says so; `asked` is every step that each was asked for.
CLOCK = """(async () => {
  const asked = a[0].map(() => []);
  const at = a[0].map(() => 0), wanted = a[0].map(() => 0);
  const lanes = a[0].map((each, i) => ({
    now: { get frame() { return { step: at[i], steps_per_epoch: each, stopped: null }; } },
    ready: () => at[i] >= wanted[i],
    reach: (step) => { wanted[i] = step; asked[i].push(step); },
  }));
  const clock = m.clock(() => lanes, { drawn() {}, note() {} });
  clock.state.by = a[1];
  clock.state.speed = 1600;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  clock.play();
  await pause(80);
  const first = asked.map((steps) => [...steps]);
  for (let i = 0; i + 1 < at.length; i++) { at[i] = wanted[i]; clock.arrived(); }
  await pause(120);
  const waited = asked.map((steps) => [...steps]);
  for (let round = 0; clock.state.tick < a[2]; round++) {
    at.forEach((_, i) => (at[i] = wanted[i]));
    clock.arrived();
    await pause(20);
  }
  clock.stop();
  clock.dispose();
  return { first, waited, end: at.map((step) => step), tick: clock.state.tick };
})()"""


@pytest.mark.parametrize(("by", "end"), [("updates", [300, 300]), ("epochs", [300, 30])])
def test_no_run_goes_on_before_all_are_there(page: Page, by: str, end: list[int]) -> None:
    found = call(page, "raceclock", f"await {CLOCK}", [250, 25], by, 300)
    assert found["first"] == [[step // 3] for step in end]
    assert found["waited"] == found["first"], "the last one had not arrived"
    assert found["end"] == end
    assert found["tick"] == 300
