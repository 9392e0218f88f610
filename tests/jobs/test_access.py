"""Links that show, tokens that ask, and what is left of them when they are taken back."""

import json

import pytest

from nn_core import jobs
from nn_core.jobs.folder import RunFolder
from nn_core.jobs.home import home
from nn_core.jobs.tokens import MOST, admitted


@pytest.fixture
def run(workspace: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run that waits for ever."""
    monkeypatch.setattr("nn_core.jobs.api.start", lambda: None)
    return jobs.submit(workspace, {"kind": "count", "to": 1, "title": "Shop"})


def on_disk(text: str) -> list[str]:
    """The files under the home whose name or content has this text."""
    return [
        str(path)
        for path in home().rglob("*")
        if text in path.name or (path.is_file() and text.encode() in path.read_bytes())
    ]


def test_a_token_is_shown_once_and_kept_as_a_digest(workspace: str, run: str):
    token = jobs.make_token(workspace, run, "web\nshop  " + "x" * 99)
    [kept] = jobs.tokens(run)
    assert kept["name"].startswith("web shop x")
    assert len(kept["name"]) == 60
    assert admitted(run, token) == kept["id"]
    assert len(token) > 40
    assert not on_disk(token)


def test_only_the_right_token_of_the_right_run_is_admitted(workspace: str, run: str):
    other = jobs.submit(workspace, {"kind": "count"})
    one, two = (jobs.make_token(workspace, run, name) for name in "ab")
    assert admitted(run, one) != admitted(run, two)
    for run_id, token in [(run, one[:-1]), (run, ""), (other, one), ("../x", one), ("A" * 22, one)]:
        assert admitted(run_id, token) is None


def test_a_revoked_token_opens_nothing_and_the_others_go_on(workspace: str, run: str):
    one, two = (jobs.make_token(workspace, run, name) for name in "ab")
    jobs.revoke_token(workspace, run, "../../spec")
    jobs.revoke_token(workspace, run, admitted(run, one) or "")
    assert admitted(run, one) is None
    assert admitted(run, two)


def test_a_run_has_so_many_tokens(workspace: str, run: str):
    for number in range(MOST):
        jobs.make_token(workspace, run, str(number))
    with pytest.raises(jobs.TooManyTokensError, match="revoke one"):
        jobs.make_token(workspace, run, "one more")


def test_a_link_shows_a_run_until_it_is_taken_back(workspace: str, run: str):
    mine, theirs = (jobs.make_share(workspace, run, name) for name in ("Ada", "Bo"))
    assert jobs.shared_run(mine) == jobs.shared_run(theirs) == run
    assert {share["name"] for share in jobs.shares(workspace, run)} == {"Ada", "Bo"}
    assert run not in mine
    jobs.revoke_share(workspace, run, mine)
    assert jobs.shared_run(theirs) == run
    for wrong in (mine, "", run, f"../runs/{run}/spec.json", "A" * 32):
        with pytest.raises(jobs.UnknownRunError, match="taken back"):
            jobs.shared_run(wrong)


def test_no_stranger_makes_or_sees_links_and_tokens(run: str):
    stranger = jobs.new_workspace()
    for change in (jobs.make_share, jobs.make_token, jobs.revoke_share, jobs.revoke_token):
        with pytest.raises(PermissionError):
            change(stranger, run, "x")
    for change in (lambda: jobs.shares(stranger, run), lambda: jobs.rename(stranger, run, "x")):
        with pytest.raises(PermissionError):
            change()
    with pytest.raises(PermissionError):
        jobs.again(stranger, run, {})


def test_deleting_leaves_no_trace_on_the_disk(workspace: str, run: str):
    token, share = jobs.make_token(workspace, run, "a"), jobs.make_share(workspace, run, "b")
    assert on_disk(share)
    jobs.delete(workspace, run)
    assert not on_disk(run)
    assert not on_disk(share)
    assert admitted(run, token) is None


def test_a_run_gets_another_title_in_one_line(workspace: str, run: str):
    jobs.rename(workspace, run, "  Spring\n2024 ")
    jobs.rename(workspace, run, "   ")
    assert jobs.list_runs(workspace)[0]["title"] == "Spring 2024"
    assert jobs.spec(run)["to"] == 1


def test_a_run_at_work_takes_no_order(workspace: str, run: str):
    with pytest.raises(PermissionError, match="at work"):
        jobs.again(workspace, run, {"forget": "K1"})
    RunFolder.find(run).set_status("done")
    jobs.again(workspace, run, {"forget": "K1"})
    assert jobs.status(run)["state"] == "queued"
    assert json.loads((jobs.folder(run) / "order.json").read_text()) == {"forget": "K1"}
