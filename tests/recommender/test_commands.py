"""train, compare and recommend as a shell sees them: stdout, stderr, exit codes."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from nn_core.recommender.__main__ import main
from nn_core.recommender.models import MODELS
from tests.recommender.shops import PLANTED


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("shop") / "shop.csv"
    PLANTED.frame.to_csv(path, index=False)
    return str(path)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, file: str) -> str:
    folder = str(tmp_path_factory.mktemp("runs") / "run")
    assert main(["train", file, "--model", "item-knn", "--out", folder, "--json"]) == 0
    return folder


def test_train_prints_one_json_object(file: str, capsys: pytest.CaptureFixture[str]):
    assert main(["train", file, "--model", "ease", "--json", "-k", "5"]) == 0
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert err == ""
    assert result["model"] == "ease"
    assert (result["split"], result["task"], result["k"]) == ("time", "discover", 5)
    assert set(result["rows"]) == {"read", "kept", "set_aside"}
    assert {"ndcg@5", "recall@5", "hit_rate@5", "coverage@5"} <= set(result["metrics"])
    assert {"read", "fit", "evaluate"} <= set(result["seconds"])


def test_compare_prints_a_list_of_such_objects(file: str, capsys: pytest.CaptureFixture[str]):
    names = ["popularity", "recent-popularity", "item-knn"]
    assert main(["compare", file, "--models", ",".join(names), "--json", "--task", "all"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [model["model"] for model in result["models"]] == names
    for model in result["models"]:
        assert {"model", "split", "task", "k", "rows", "metrics", "seconds"} <= set(model)
        assert model["task"] == "all"
    assert result["winner"]
    interval = result["difference"]
    assert interval["low"] <= interval["mean"] <= interval["high"]
    assert {interval["model"], interval["against"]} <= set(names)
    assert (interval["metric"], interval["confidence"]) == ("ndcg@10", 0.95)
    assert result["network_difference"] is None


def test_compare_without_json_is_a_table(file: str, capsys: pytest.CaptureFixture[str]):
    assert main(["compare", file, "--models", "popularity,item-knn"]) == 0
    out = capsys.readouterr().out
    assert "ndcg@10" in out
    assert "unknown customer" in out


def test_a_second_file_of_two_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    two = PLANTED.frame[["customer", "product"]]
    two.iloc[:2000].to_csv(tmp_path / "a.csv", index=False)
    two.iloc[2000:].rename(columns={"product": "item"}).to_csv(tmp_path / "b.csv", index=False)
    files = [str(tmp_path / "a.csv"), "--test", str(tmp_path / "b.csv")]
    assert main(["compare", *files, "--models", "popularity,recent-popularity,ease", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["split"] == "file"
    assert result["split_details"]["min_buyers"] == 1
    assert "no dates" in result["models"][1]["note"]


def test_recommend_to_one_customer(run: str, capsys: pytest.CaptureFixture[str]):
    customer = PLANTED.frame["customer"].iloc[0]
    assert main(["recommend", run, "--user", customer, "-k", "3", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["customer"] == customer
    assert len(answer["rows"]) == 3
    assert main(["recommend", run, "--user", customer]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 10


def test_recommend_says_that_a_customer_is_unknown(run: str, capsys: pytest.CaptureFixture[str]):
    assert main(["recommend", run, "--user", "nobody"]) == 0
    assert "unknown" in capsys.readouterr().out


def test_recommend_to_all_writes_the_columns(
    run: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["recommend", run, "--all", "-k", "2", "--out", str(tmp_path / "recs.csv")]) == 0
    assert "240 rows" in capsys.readouterr().out
    written = pd.read_csv(tmp_path / "recs.csv")
    assert list(written.columns) == ["customer", "product", "name", "rank", "score"]
    assert main(["recommend", run, "--all", "-k", "2"]) == 0
    printed = pd.read_csv(io.StringIO(capsys.readouterr().out))
    pd.testing.assert_frame_equal(printed, written)


def test_a_run_is_replaced_and_other_folders_are_left_alone(
    run: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["train", file, "--model", "item-knn", "--set", "neighbours=3", "--out", run]) == 0
    (tmp_path / "thesis.txt").write_text("dear")
    assert main(["train", file, "--model", "popularity", "--out", str(tmp_path)]) == 2
    assert "not a run" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--model", "magic"], ", ".join(MODELS)),
        (["--model", "item-knn", "--set", "depth=3"], "neighbours"),
        (
            ["--model", "ease", "--split", "weekly"],
            "time, leave-last, last-share, last-rows, random",
        ),
        (["--model", "ease", "--task", "guess"], "discover, all, buy-again"),
        (["--model", "ease", "--test", "nowhere.csv"], "nowhere.csv"),
        (["--model", "ease", "--time", "none"], "--ordered"),
        (["--model", "ease", "-k", "0"], "1 to 1,000"),
        (["--model", "ease", "--test-days", "5000"], "Hold out fewer days"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(
    file: str, options: list[str], words: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["train", file, *options, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [["train"], ["recommend", "run"], ["fly"]])
def test_missing_arguments_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
