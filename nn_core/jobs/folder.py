"""A run is a folder: what was asked (spec), how it stands (status), what happened (events)."""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nn_core.jobs.home import home

STATES = ("queued", "running", "done", "failed", "cancelled", "interrupted")
RUN_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class UnknownRunError(LookupError):
    """There is no run of that name here: the link is wrong, or the run was deleted."""


@dataclass(frozen=True)
class RunFolder:
    """RUN/spec.json, status.json, events.jsonl, input/, result/, and the worker's stderr."""

    path: Path

    @classmethod
    def make(cls, spec: dict[str, Any]) -> RunFolder:
        """A new folder under a name that nobody guesses."""
        run = cls(home() / "runs" / secrets.token_urlsafe(16))
        for folder in (run.input, run.result):
            folder.mkdir(parents=True)
        write_atomically(run.path / "spec.json", spec)
        return run

    @classmethod
    def find(cls, run_id: str) -> RunFolder:
        """UnknownRunError when there is none; a name that is no run id never becomes a path."""
        path = home() / "runs" / run_id
        if not RUN_ID.fullmatch(run_id) or not (path / "spec.json").exists():
            raise UnknownRunError(
                "There is no such run: the link is incomplete, or it was deleted."
            )
        return cls(path)

    @property
    def id(self) -> str:
        return self.path.name

    @property
    def input(self) -> Path:
        return self.path / "input"

    @property
    def result(self) -> Path:
        return self.path / "result"

    @property
    def log(self) -> Path:
        """What the worker wrote to stderr."""
        return self.path / "worker.log"

    @property
    def cancel_mark(self) -> Path:
        """Is there once somebody asked to cancel."""
        return self.path / "cancel"

    def spec(self) -> dict[str, Any]:
        return json.loads((self.path / "spec.json").read_text(encoding="utf-8"))

    def status(self) -> dict[str, Any]:
        """`state` (one of STATES), `reason` in words, `at` (seconds since 1970), and `final` where
        the same run again would end alike."""
        return json.loads((self.path / "status.json").read_text(encoding="utf-8"))

    def set_status(self, state: str, reason: str = "", final: bool = False) -> None:
        now: dict[str, Any] = {"state": state, "reason": reason, "at": round(time.time(), 3)}
        now |= {"final": True} if final else {}
        write_atomically(self.path / "status.json", now)

    def say(self, event: dict[str, Any]) -> None:
        """Appends one line and flushes it, so that a page sees it now and a crash loses nothing."""
        line = json.dumps({"at": round(time.time(), 3)} | event, ensure_ascii=False)
        with (self.path / "events.jsonl").open("a", encoding="utf-8") as events:
            events.write(line + "\n")

    def events(self, since: int = 0) -> list[dict[str, Any]]:
        """The events from number `since` on; a line that is still being written is not one yet."""
        try:
            text = (self.path / "events.jsonl").read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        whole = text[: text.rfind("\n") + 1].split("\n")[:-1]
        return [json.loads(line) for line in whole[since:]]


def write_atomically(path: Path, content: dict[str, Any], indent: int | None = None) -> None:
    """Readers see the old file or the new one, never half of one."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
