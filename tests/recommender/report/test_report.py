"""The report and the cards say what comparison.json says, offline, and run nothing."""

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.data.stored import stored
from nn_core.recommender.errors import ShopDataError
from nn_core.recommender.judge.told import same, sentences
from nn_core.recommender.models import MODELS
from nn_core.recommender.models.deciding import said
from nn_core.recommender.portrait.audit import audit
from nn_core.recommender.report import model_card, report
from nn_core.recommender.report.cards import in_words
from nn_core.recommender.report.data import data, over_time
from nn_core.recommender.report.facts import RIGHT, TITLES, WHAT_LISTS_ARE_LIKE
from nn_core.recommender.report.plots import HEIGHT, Curve, Range, curves, forest, nice
from nn_core.recommender.report.small import columns, shares
from nn_core.recommender.runs.made import audited
from nn_core.recommender.runs.runs import Run, open_run
from nn_core.recommender.runs.study import Plan, formulas, study
from pages.ui.content import section
from tests.recommender.kept import PLAN, original
from tests.recommender.shops import planted, shop

NAMES = ("flattery", "customers", "months", "ageing")
NASTY = '<script>alert(1)</script> | `x` [a](b) "q"'
VOID = {"meta", "rect", "path", "circle"}


@pytest.fixture(scope="module")
def run() -> Run:
    return open_run(original())


@pytest.fixture(scope="module")
def page(run: Run) -> str:
    return report(run, NASTY)


class Reader(HTMLParser):
    """Checks that every element is closed in its order, and keeps the numbers by their names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.numbers: dict[str, float] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        named = dict(attrs)
        if named.get("data-name"):
            self.numbers[str(named["data-name"])] = float(str(named["data-value"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_it_is_whole_html_that_runs_and_fetches_nothing(page: str, read: Reader):
    assert page.startswith("<!doctype html>")
    assert read.open == []
    assert not read.seen & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"https?:|//|url\(|@import|\son\w+=", page)
    assert "&lt;script&gt;" in page


def test_its_numbers_are_those_of_the_comparison(run: Run, read: Reader):
    comparison = run.comparison
    for result in [*comparison["models"], *comparison["yardsticks"]]:
        for task, judged in result["tasks"].items():
            for metric in (*RIGHT, *WHAT_LISTS_ARE_LIKE):
                if metric == "revenue":  # this shop has no prices
                    continue
                first = same(comparison, task).get(result["model"], result["model"])
                name = f"{task}/{first}/{metric}"
                assert read.numbers[name] == judged["metrics"][f"{metric}@10"]
    groups = comparison["segments"]["discover"]["models"]["item-knn"]
    assert read.numbers["discover/item-knn/group/heavy"] == groups["heavy"]["ndcg@10"]["mean"]


def test_its_data_are_those_of_the_audit(run: Run, read: Reader, page: str):
    found = json.loads(json.dumps(audit(stored(original() / "input")).to_json()))
    assert found == audited(run.folder)
    assert read.numbers["data/Rows read"] == found["rows"]["read"]
    assert read.numbers["data/Orders"] == found["orders"]
    share = "data/Purchases that repeat a product of the same customer"
    assert read.numbers[share] == found["repeat_share"]
    assert all(escape(sentence) in page for sentence in found["advice"])
    assert "None: every row that was read was kept." in page
    assert not "".join(data(None))


def test_rows_set_aside_stand_with_their_reasons():
    found = audit(shop(["ada tea 2024-01-01 1", "bo tea never 2", f"{NASTY[:8]} tea never 3"]))
    read = Reader()
    read.feed("".join(data(found.to_json() | {"set_aside": {NASTY: 2}})))
    assert read.numbers[f"data/set aside/{NASTY}"] == 2
    assert "script" not in read.seen
    undated = audit(shop(["ada tea", "bo cup"], "customer", "product")).to_json()
    assert "Dates" in "".join(data(undated))


def test_the_automatic_choice_shows_what_it_tried_and_why_it_took_it(tmp_path: Path):
    asked = {"candidates": ["repeats", "item-knn"], "budget": 1.0, "trials_each": 2}
    study(planted(), Plan({"auto": asked}, insight_seconds=0), tmp_path / "result")
    run = open_run(tmp_path)
    [model] = run.comparison["models"]
    log, page = model["log"], report(run, NASTY)
    read = Reader()
    read.feed(page)
    for place, line in enumerate(log):
        for task, value in line["ndcg@10"].items():
            assert read.numbers[f"trial/{place}/{task}"] == value
        assert read.numbers[f"trial/{place}/seconds"] == line["seconds"]
    singles = [line["ndcg@10"]["all"] for line in log if line["model"] != "blend"]
    assert read.numbers["chosen/all/single"] == max(singles)
    assert "Each of 2 models could spend 1 s of the processor on up to 2 settings" in page
    blends = sum(line["model"] == "blend" for line in log)
    assert f"The whole log: {len(log)} lines" in page
    assert f"{len(log) - blends} trials and {blends} blends took" in page
    assert all(said(model["options"]["chosen"][task]) in page for task in TITLES)


def test_what_is_all_zero_makes_no_picture_and_no_fault():
    assert over_time({"weeks": [{"start": "2024-01-01", "revenue": 0.0, "purchases": 3}]}) == ""
    assert "NaN" not in forest([Range("ours", 0.0, 0.0, 0.0, clear=False)], "t")


def test_small_pictures_stay_in_their_frame():
    drawn = columns([3.0, 0.0, 1234567.0], ["a & b", "c", "d"], "t", "x")
    assert "a &amp; b" in drawn
    heights = [float(y) for y in re.findall(r' y="([\d.]+)"', drawn)]
    assert 0 <= min(heights) <= max(heights) < 270
    assert "NaN" not in drawn + shares([[0, 0], [1, 1]], "t", "x")


def test_every_measure_that_has_a_formula_has_a_column():
    known = {name.partition("@")[0] for name in formulas(10)}
    assert known == {*RIGHT, *WHAT_LISTS_ARE_LIKE}


def test_its_pictures_are_those_of_the_page(run: Run, page: str):
    """Customers of 100, each question's methods and differences, and the small studies."""
    pictures = re.findall(r'<svg[^>]* aria-label="([^"]*)"', page)
    assert sum(title.startswith("Customers of 100") for title in pictures) == 1
    assert sum(" of each method" in title for title in pictures) == 3
    assert sum(" against: " in title for title in pictures) == 3
    found = run.insights or {}
    drawn = [name for name in NAMES if "left_out" not in found[name]]
    assert (
        sum(title.startswith(("Purchases in each", "Of 160 products")) for title in pictures) == 2
    )
    assert len(pictures) == 9 + len(drawn) > 10
    for name in NAMES:
        if name not in drawn:
            assert found[name]["left_out"] in page


def test_a_cell_of_a_group_says_by_colour_and_star_how_it_differs(run: Run, page: str):
    found = run.comparison["segments"]["discover"]["models"]["item-knn"]["heavy"]["ndcg@10"]
    side = "better" if found["difference"]["mean"] > 0 else "worse"
    star = r"\*" if found["difference"]["clear"] else ""
    cell = rf'<td data-name="discover/item-knn/group/heavy" [^>]*class="{side}">[\d.]+{star}<'
    assert re.search(cell, page)


@pytest.mark.parametrize("ends", [(0.0, 0.37), (-0.12, 0.3), (0.0, 31.0), (0.0, 0.0)])
def test_ticks_are_round_and_few(ends: tuple[float, float]):
    ticks = nice(*ends)
    assert 0.0 in ticks
    assert len(ticks) <= 9
    assert all(len(f"{tick:g}") <= 5 for tick in ticks)


def test_curves_begin_at_zero_and_stay_in_the_picture():
    drawn = curves([Curve("a & b", [(1, 2.0), (4, 1.0)], [(1.0, 5.0), (0.5, 1.5)])], "t", "x", "y")
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', drawn)]
    assert "a &amp; b" in drawn
    assert all(0 < y < HEIGHT for y in heights)
    assert "NaN" not in drawn


def test_a_difference_is_filled_where_it_is_clear():
    drawn = forest([Range("a", 0.2, 0.1, 0.3, True), Range("b", 0.0, -0.1, 0.1, False)], "t")
    assert re.findall(r'circle class="([^"]+)"', drawn) == ["dot", "dot open"]
    assert 'class="zero"' in drawn


def test_it_says_what_to_do_and_how_it_was_made(run: Run, page: str):
    verdict = run.comparison["verdicts"]["discover"]
    assert verdict["headline"] in page
    assert all(sentence in page for sentence in sentences(verdict))
    for words in ("Fingerprint", "numpy", "the last 31 days are held out", "log2(i + 1)"):
        assert words in page


@pytest.mark.parametrize("name", PLAN.models)
def test_a_card_has_the_numbers_and_their_intervals(run: Run, name: str):
    card = model_card(run, name, NASTY)
    result = next(one for one in run.comparison["models"] if one["model"] == name)
    low, high = run.comparison["intervals"]["discover"][name]["ndcg@10"]
    assert f"{result['metrics']['ndcg@10']:.4f} ({low:.4f} to {high:.4f})" in card
    headings = re.findall(r"^## (.+)$", card, re.MULTILINE)
    assert headings == [
        "What it is", "Data", "How good it is", "Where it is weak", "Limits", "Privacy",
        "How to train it again",
    ]  # fmt: skip
    assert "<script>" not in card
    assert "[a](b)" not in card


@pytest.mark.parametrize("name", MODELS)
def test_a_card_says_how_its_model_works_in_the_three_sentences_of_the_page(name: str):
    assert in_words(name) == section("models", name)


def test_best_sellers_are_weak_where_they_are(run: Run):
    group = run.comparison["segments"]["discover"]["models"]["popularity"]["heavy"]["ndcg@10"]
    weak = group["difference"]["low"] <= 0
    assert weak == ("customers with 7 orders or more (29)" in model_card(run, "popularity"))
    assert weak


def test_the_command_that_a_card_gives_makes_the_model(run: Run, tmp_path: object):
    card = model_card(run, "item-knn")
    command = card.split("```bash\n")[1].split("```")[0].replace("\\\n", " ").split()
    assert command[:4] == ["python", "-m", "nn_core.recommender", "train"]
    arguments = [str(tmp_path) + "/run" if word == "RUN" else word for word in command[3:]]
    arguments[1] = "nowhere.csv"
    assert main(arguments) == 2  # understood, but for the file


def test_no_card_of_a_model_that_is_not_there(run: Run):
    with pytest.raises(ShopDataError, match="no model 'course'"):
        model_card(run, "course")


def test_the_command_line_writes_both(tmp_path: object, capsys: pytest.CaptureFixture[str]):
    report_file, card_file = f"{tmp_path}/report.html", f"{tmp_path}/card.md"
    assert main(["report", str(original()), "--out", report_file]) == 0
    assert main(["report", str(original()), "--card", "time-ease", "--out", card_file]) == 0
    out = capsys.readouterr().out
    assert report_file in out
    assert card_file in out
