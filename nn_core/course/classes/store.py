"""Where classes are kept: one SQLite file, answers and all, until their time is over.

A class has a code, which its link carries and every learner sees, and a key, which only the teacher
has; of the key only a digest is kept. A learner is a nickname and an id that the browser's address
carries. Nothing else is known of anybody.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nn_core.course.classes.assignment import Assignment
from nn_core.jobs.home import home

DAY = 86_400.0
MOST_CLASSES, MOST_LEARNERS, MOST_PARTS = 1_000, 500, 100
LONGEST_NICKNAME, LONGEST_VALUE = 24, 2_000
# Letters and digits that nobody takes for one another on a blackboard.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

TABLES = """
CREATE TABLE IF NOT EXISTS classes (code TEXT PRIMARY KEY, key TEXT UNIQUE, given TEXT, ends REAL);
CREATE TABLE IF NOT EXISTS learners (code TEXT REFERENCES classes ON DELETE CASCADE,
    id TEXT, nickname TEXT, PRIMARY KEY (code, id), UNIQUE (code, nickname));
CREATE TABLE IF NOT EXISTS answers (code TEXT REFERENCES classes ON DELETE CASCADE, id TEXT,
    part TEXT, kind TEXT, value TEXT, points REAL, time REAL, PRIMARY KEY (code, id, part, kind));
"""


class ClassError(ValueError):
    """What cannot be done, in a sentence for whoever asked for it."""


@dataclass(frozen=True)
class Learner:
    """id: in this learner's address, and nowhere on the teacher's page."""

    id: str
    nickname: str


@dataclass(frozen=True)
class Answer:
    """The last answer of one learner to one question. points: 0 to 1; None where none are given."""

    nickname: str
    part: str
    kind: str
    value: Any
    points: float | None
    time: float


@contextmanager
def opened() -> Generator[sqlite3.Connection]:
    """The file, in a transaction of its own; what is over is deleted first."""
    home().mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(home() / "classes.sqlite", timeout=10)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(TABLES)
        with connection:
            connection.execute("DELETE FROM classes WHERE ends < ?", (time.time(),))
            yield connection
    finally:
        connection.close()


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def make_class(given: Assignment) -> tuple[str, str]:
    """A new class -> its code and its teacher's key. ClassError if the server has no room."""
    key = secrets.token_urlsafe(24)
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    with opened() as file:
        if file.execute("SELECT count(*) FROM classes").fetchone()[0] >= MOST_CLASSES:
            raise ClassError(f"This server keeps {MOST_CLASSES} classes; all places are taken.")
        row = (code, digest(key), given.to_json(), time.time() + given.days * DAY)
        file.execute("INSERT INTO classes VALUES (?, ?, ?, ?)", row)
    return code, key


def find_class(code: str) -> Assignment | None:
    """What the class of this code was given; None if there is no such class any more."""
    with opened() as file:
        row = file.execute("SELECT given FROM classes WHERE code = ?", (code,)).fetchone()
    return Assignment.from_json(row[0]) if row else None


def own_class(key: str) -> str | None:
    """The code of the class that this is the teacher's key of."""
    with opened() as file:
        row = file.execute("SELECT code FROM classes WHERE key = ?", (digest(key),)).fetchone()
    return row[0] if row else None


def ends(code: str) -> float:
    """When the class is deleted, in seconds since 1970."""
    with opened() as file:
        return file.execute("SELECT ends FROM classes WHERE code = ?", (code,)).fetchone()[0]


def delete_class(key: str) -> None:
    """The class, its learners and their answers, at once."""
    with opened() as file:
        file.execute("DELETE FROM classes WHERE key = ?", (digest(key),))


def join(code: str, nickname: str) -> Learner:
    """A seat in a class. ClassError if the nickname is taken or empty, or the class full."""
    nickname = " ".join(nickname.split())[:LONGEST_NICKNAME]
    if not nickname:
        raise ClassError("Choose a nickname of one letter or more.")
    learner = Learner(secrets.token_urlsafe(12), nickname)
    with opened() as file:
        found = file.execute("SELECT count(*) FROM learners WHERE code = ?", (code,)).fetchone()
        if found[0] >= MOST_LEARNERS:
            raise ClassError(f"This class has {MOST_LEARNERS} learners; it is full.")
        try:
            row = (code, learner.id, nickname)
            file.execute("INSERT INTO learners VALUES (?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise ClassError(f"Somebody is {nickname} already. Choose another one.") from error
    return learner


def learners(code: str) -> dict[str, Learner]:
    """{id: learner} of a class, in the order they came."""
    with opened() as file:
        rows = file.execute(
            "SELECT id, nickname FROM learners WHERE code = ? ORDER BY rowid", (code,)
        )
        return {found: Learner(found, nickname) for found, nickname in rows}


def record(
    code: str, learner: Learner, part: str, kind: str, value: Any, points: float | None = None
) -> None:
    """Keeps a learner's answer; a later one takes the place of an earlier one."""
    text = json.dumps(value)
    if len(text) > LONGEST_VALUE:
        raise ClassError(f"An answer has {LONGEST_VALUE} characters at most.")
    row = (code, learner.id, part, kind, text, points, time.time())
    with opened() as file:
        count = "SELECT count(*) FROM answers WHERE code = ? AND id = ?"
        if file.execute(count, (code, learner.id)).fetchone()[0] < MOST_PARTS:
            file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def answers(key: str) -> list[Answer]:
    """All answers of the class that this is the key of, the earliest first."""
    with opened() as file:
        rows = file.execute(
            "SELECT nickname, part, kind, value, points, time FROM answers "
            "JOIN learners USING (code, id) JOIN classes USING (code) WHERE key = ? ORDER BY time",
            (digest(key),),
        )
        return [
            Answer(nickname, part, kind, json.loads(value), points, when)
            for nickname, part, kind, value, points, when in rows
        ]
