"""Askwell's own format: one JSON object per line, with the fields in docs/questions.schema.json."""

from __future__ import annotations

from pathlib import Path

from qa.evaluation.cases import QuestionSet
from qa.evaluation.formats.checks import check_all, read_text


def recognises(path: Path) -> bool:
    """True if this is a file of JSON lines."""
    return path.is_file() and path.suffix.lower() in {".jsonl", ".ndjson"}


def read(path: Path) -> QuestionSet:
    """Read a question set; blank lines are left out."""
    lines = (
        (f"line {number}", line) for number, line in enumerate(read_text(path).split("\n"), 1) if line.strip()
    )
    return QuestionSet(path.stem, check_all(path, lines))
