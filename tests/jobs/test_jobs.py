"""Runs as a page drives them: waiting, running, cancelled, dead, interrupted, resumed, deleted."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nn_core import jobs
from nn_core.jobs import api, queue
from nn_core.jobs.folder import RunFolder
from nn_core.jobs.home import home
from nn_core.jobs.lock import hold
from nn_core.recommender.holdout import SplitOptions
from nn_core.recommender.job import open_study, purchases, submit_study
from nn_core.recommender.runs.study import Plan
from tests.jobs.conftest import Wait
from tests.recommender.shops import planted


def count(workspace: str, to: int, **spec: object) -> str:
    return jobs.submit(workspace, {"kind": "count", "to": to, **spec})


def counted(run_id: str) -> list[int]:
    return [event["number"] for event in jobs.events(run_id) if event["event"] == "count"]


def until_it_counts(run_id: str) -> None:
    while not counted(run_id):
        time.sleep(0.02)


def test_a_run_is_followed_by_its_events(workspace: str, wait: Wait):
    run = count(workspace, 3, title="Three")
    assert wait(run, "done")["reason"] == ""
    assert counted(run) == [1, 2, 3]
    assert jobs.events(run, since=3) == jobs.events(run)[3:]
    assert jobs.events(run)[-1]["event"] == "done"


def test_one_runs_and_the_other_has_a_place_in_line(workspace: str, wait: Wait):
    first, second, third = (count(workspace, 30) for _ in range(3))
    wait(first, "running")
    assert [jobs.status(run).get("place") for run in (first, second, third)] == [None, 1, 2]
    wait(second, "running")
    assert jobs.status(first)["state"] == "done"
    assert jobs.status(third)["place"] == 1
    wait(third, "done")


def test_cancel_takes_less_than_two_seconds(workspace: str, wait: Wait):
    run, queued = count(workspace, 10_000), count(workspace, 1)
    until_it_counts(run)
    jobs.cancel(workspace, queued)
    assert jobs.status(queued)["state"] == "cancelled"
    jobs.cancel(workspace, run)
    assert wait(run, "cancelled", seconds=2)["reason"] == "Cancelled."
    silence = counted(run)
    time.sleep(0.2)
    assert counted(run) == silence


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("die", "memory is short"),
        ("crash", "SIGSEGV"),
        ("memory", "ran out of memory"),
        ("wrong", "The column is missing."),
        ("bug", "ZeroDivisionError"),
        ("exit", "exit code 7"),
    ],
)
def test_a_worker_that_ends_badly_says_why(workspace: str, wait: Wait, end: str, words: str):
    run = count(workspace, 1, end=end)
    assert words in wait(run, "failed", "done")["reason"]
    assert words in jobs.events(run)[-1]["reason"]


@pytest.mark.parametrize(("end", "again"), [("wrong", False), ("bug", True)])
def test_what_cannot_be_done_is_not_tried_again(workspace: str, wait: Wait, end: str, again: bool):
    """A sentence for the person who asked is the end of it; a failure of ours may be mended."""
    run = count(workspace, 1, end=end)
    assert jobs.can_go_on(wait(run, "failed")) == again
    begun = len(jobs.events(run))
    jobs.resume(workspace, run)
    assert [event["event"] for event in jobs.events(run)[begun : begun + 1]] == ["resumed"] * again
    wait(run, "failed")


def test_killed_from_outside_it_says_so(workspace: str, wait: Wait):
    run = count(workspace, 10_000)
    until_it_counts(run)
    api._queues[home()].workers[run].kill()  # pyright: ignore[reportPrivateUsage]
    assert "killed (SIGKILL)" in wait(run, "failed")["reason"]


def test_stopping_the_server_interrupts_and_resuming_goes_on(workspace: str, wait: Wait):
    run, queued = count(workspace, 60), count(workspace, 1)
    until_it_counts(run)
    jobs.stop()
    assert "Resume it" in jobs.status(run)["reason"]
    assert jobs.status(run)["state"] == "interrupted"
    before = counted(run)[-1]
    jobs.start()  # the server is back, and the one that waited still does
    wait(queued, "done")
    jobs.resume(workspace, run)
    wait(run, "done")
    assert before > 0
    assert counted(run)[-1] == 60
    assert counted(run).count(before) <= 2  # at most the number it was at twice
    assert counted(run).count(1) == 1


SERVER = """
import sys, time
from nn_core import jobs
from nn_core.jobs import api, queue
queue.WORKER = [sys.executable, "-m", "tests.jobs.counting"]
print(jobs.submit(sys.argv[1], {"kind": "count", "to": 10_000}), flush=True)
while True:
    time.sleep(0.1)
"""


def test_killing_the_server_interrupts_too(workspace: str, wait: Wait):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, workspace], cwd=queue.ROOT, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    run = server.stdout.readline().strip()
    until_it_counts(run)
    second = count(workspace, 1)  # from this process: it waits, the other one holds the queue
    assert jobs.status(second)["place"] == 1
    server.kill()
    server.wait()
    server.stdout.close()
    wait(run, "interrupted", seconds=5)
    wait(second, "done", seconds=10)


def test_what_no_server_runs_is_interrupted_when_the_next_one_starts(workspace: str, wait: Wait):
    run = RunFolder.make({"kind": "count", "to": 1})
    run.set_status("running")
    jobs.start()
    wait(run.id, "interrupted")


def test_a_link_shows_and_only_the_workspace_changes(workspace: str, wait: Wait):
    run, stranger = count(workspace, 1), jobs.new_workspace()
    wait(run, "done")
    assert [listed["id"] for listed in jobs.list_runs(workspace)] == [run]
    assert jobs.list_runs(stranger) == []
    for change in (jobs.cancel, jobs.resume, jobs.delete):
        with pytest.raises(PermissionError, match="another workspace"):
            change(stranger, run)
    names = {path.name for path in jobs.workspace_folder(workspace).parent.iterdir()}
    assert workspace not in names


@pytest.mark.parametrize("wrong", ["", "..", "../../etc", "A" * 22, "a/b"])
def test_a_wrong_link_is_no_path(workspace: str, wrong: str):
    with pytest.raises(jobs.UnknownRunError, match="no such run"):
        jobs.status(wrong)


def test_delete_leaves_nothing_even_of_a_run_that_runs(workspace: str):
    run = count(workspace, 10_000)
    until_it_counts(run)
    folder = jobs.folder(run)
    jobs.delete(workspace, run)
    assert not folder.exists()
    assert jobs.list_runs(workspace) == []
    with pytest.raises(jobs.UnknownRunError):
        jobs.status(run)


def test_an_unknown_kind_is_refused(workspace: str, wait: Wait):
    run = jobs.submit(workspace, {"kind": "magic"})
    assert "no job of the kind 'magic'" in wait(run, "failed")["reason"]


def test_half_a_line_is_no_event_yet(workspace: str):
    run = RunFolder.make({"kind": "count"})
    run.say({"event": "one"})
    with (run.path / "events.jsonl").open("a") as events:
        events.write(json.dumps({"event": "two"})[:5])
    assert [event["event"] for event in run.events()] == ["one"]


def test_one_process_holds_the_lock(tmp_path: Path):
    held = hold(tmp_path / "lock")
    assert held
    assert hold(tmp_path / "lock") is None
    held.close()
    again = hold(tmp_path / "lock")
    assert again
    again.close()


def test_a_shop_goes_through_the_worker(workspace: str, wait: Wait):
    plan = Plan({"popularity": {}, "item-knn": {}}, SplitOptions())
    run = submit_study(workspace, planted(), plan, title="Planted")
    wait(run, "done")
    study = open_study(run)
    assert study.models() == ["popularity", "item-knn"]
    assert set(study.comparison["models"][0]["tasks"]) == {"discover", "all", "buy-again"}
    assert [row["rank"] for row in study.recommend("nobody", k=2).rows] == [1, 2]
    assert purchases(run).kept == planted().kept
    assert jobs.list_runs(workspace)[0]["title"] == "Planted"
    assert jobs.events(run)[-2]["share"] == 1.0


def test_an_interrupted_network_goes_on_from_its_last_epoch(workspace: str, wait: Wait):
    plan = Plan({"popularity": {}, "course": {"epochs": 400}}, SplitOptions())
    run = submit_study(workspace, planted(), plan)

    def epochs() -> list[int]:
        return [e["epoch"] for e in jobs.events(run) if "ndcg@10" in e]

    while len(epochs()) < 3:
        time.sleep(0.02)
        assert jobs.status(run)["state"] in ("queued", "running")
    jobs.stop()
    assert jobs.status(run)["state"] == "interrupted"
    reached = max(epochs())
    jobs.resume(workspace, run)
    while max(epochs()) < reached + 3:
        time.sleep(0.02)
    jobs.cancel(workspace, run)
    wait(run, "cancelled", seconds=2)
    assert epochs().count(1) == 1
    refitted = [e for e in jobs.events(run) if e["event"] == "model"]
    assert [e["model"] for e in refitted] == ["popularity"]
