"""Readers' opinions of answers, kept in one SQLite file if the operator has named one, and as
questions for the evaluation.
"""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from qa.errors import UsageError
from qa.owning import make_private
from qa.records import Answer

LONGEST_COMMENT = 1_000  # characters
WAIT = 5.0  # seconds for another process to finish writing

_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    question TEXT NOT NULL,
    history TEXT NOT NULL,
    was_right INTEGER NOT NULL,
    comment TEXT NOT NULL,
    status TEXT NOT NULL,
    told TEXT NOT NULL,
    facts TEXT NOT NULL,
    facts_total INTEGER NOT NULL,
    fingerprint TEXT NOT NULL
)
"""
_COLUMNS = "id, day, question, history, was_right, comment, status, told, facts, facts_total, fingerprint"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion. Nothing says who gave it, and of the time only the day is kept."""

    id: int
    day: str
    question: str
    history: tuple[str, ...]
    right: bool
    comment: str
    status: str
    told: str
    facts: tuple[tuple[str, str | None, str | None], ...]  # subject, rating before, rating
    facts_total: int
    fingerprint: str


class Feedback:
    """The file of opinions. Every method is safe to call from any thread and process."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises UsageError if it can't be written to."""
        self._path = path
        try:
            make_private(path)
            with self._opened() as connection:
                connection.execute(_TABLE)
        except (sqlite3.Error, OSError):
            raise UsageError(
                f"Feedback can't be kept in {path}. Name a file in a folder that can be written, or none."
            ) from None

    def add(
        self, answer: Answer, history: Sequence[str], *, right: bool, comment: str, day: datetime.date
    ) -> None:
        """Keep one opinion on ``answer``."""
        facts = [(fact.subject, fact.previous_rating, fact.rating) for fact in answer.facts]
        row = (
            *(day.isoformat(), answer.question, _json(list(history)), int(right), comment),
            *(answer.status, answer.answer.text, _json(facts), answer.facts_total, answer.index.fingerprint),
        )
        with self._opened() as connection:
            connection.execute(
                f"INSERT INTO feedback ({_COLUMNS}) VALUES (NULL, {', '.join('?' * len(row))})", row
            )

    def all(self) -> Iterator[Opinion]:
        """Yield every opinion, the oldest first."""
        with self._opened() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM feedback ORDER BY id").fetchall()
        for number, day, question, history, right, comment, status, told, facts, total, fingerprint in rows:
            changes = tuple((subject, before, now) for subject, before, now in orjson.loads(facts))
            earlier = tuple(orjson.loads(history))
            yield Opinion(
                number,
                day,
                question,
                earlier,
                bool(right),
                comment,
                status,
                told,
                changes,
                total,
                fingerprint,
            )

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self._path, timeout=WAIT)) as connection, connection:
            yield connection


def case(opinion: Opinion) -> dict[str, Any]:
    """Return an opinion as a line of a question set (docs/questions.schema.json).

    An answer that was called right becomes the gold. If it was called wrong, the right answer is unknown: the
    note gives the answer, and a person adds the gold.
    """
    verdict = "right" if opinion.right else "wrong"
    note = f"Called {verdict} on {opinion.day}. Told: {opinion.told}" + (
        f" Comment: {opinion.comment}" if opinion.comment else ""
    )
    line: dict[str, Any] = {
        "id": f"feedback-{opinion.id}",
        "kind": f"feedback_{verdict}",
        "question": opinion.question,
    }
    if opinion.history:
        line["history"] = list(opinion.history)
    if opinion.right:
        line |= _gold(opinion)
    return {**line, "note": note}


def _gold(opinion: Opinion) -> dict[str, Any]:
    if opinion.status == "not_found":
        return {"answerable": False}
    gold: dict[str, Any] = {"total": opinion.facts_total} if opinion.facts else {}
    if opinion.facts and len(opinion.facts) == opinion.facts_total:
        gold["facts"] = [
            {"trust": subject, "from": before, "to": now} for subject, before, now in opinion.facts
        ]
    return gold


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
