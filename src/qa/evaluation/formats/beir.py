"""BEIR folders (github.com/beir-cellar/beir): ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/<split>.tsv``.

The split is ``test``, otherwise ``dev``, otherwise ``train``; queries without judgements are left out, as in
BEIR.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qa.errors import UsageError
from qa.evaluation.cases import QuestionSet, SetDocument
from qa.evaluation.formats.checks import check_all, read_text, refuse

_SPLITS = ("test", "dev", "train")


def recognises(path: Path) -> bool:
    """True if this is a BEIR folder."""
    return (path / "queries.jsonl").is_file() and (path / "qrels").is_dir()


def read(path: Path) -> QuestionSet:
    """Read the judged queries, and the corpus if it is in the folder."""
    judged = _judgements(_split(path / "qrels"))
    queries = {str(row["_id"]): str(row["text"]) for row in _objects(path / "queries.jsonl")}
    refuse(
        [
            f"{path}: query {name!r} is judged, but not in queries.jsonl."
            for name in judged
            if name not in queries
        ]
    )
    asked = (
        (f"query {name}", {"id": name, "question": queries[name], "relevant": grades})
        for name, grades in judged.items()
    )
    corpus = path / "corpus.jsonl"
    documents = tuple(_document(row) for row in _objects(corpus)) if corpus.is_file() else ()
    return QuestionSet(path.name, check_all(path, asked), documents)


def _split(folder: Path) -> Path:
    found = [folder / f"{name}.tsv" for name in _SPLITS if (folder / f"{name}.tsv").is_file()]
    if not found:
        raise UsageError(f"{folder} has none of test.tsv, dev.tsv and train.tsv.")
    return found[0]


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    problems = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        cells = line.split("\t")
        if not line.strip() or (number == 1 and cells[-1].strip() == "score"):
            continue
        try:
            query, document, grade = cells
            judged.setdefault(query, {})[document] = int(grade)
        except ValueError:
            problems.append(
                f"{path}, line {number}: {line!r} is not query, document and grade, separated by tabs."
            )
    refuse(problems)
    return judged


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    problems = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                yield {"_id": row["_id"], "text": row["text"], "title": row.get("title", "")}
            except (ValueError, KeyError, TypeError, AttributeError):
                problems.append(f"{path}, line {number}: is not a JSON object with _id and text.")
    refuse(problems)


def _document(row: dict[str, Any]) -> SetDocument:
    parts = [str(part).strip() for part in (row["title"], row["text"]) if part]
    return SetDocument(f"{quote(str(row['_id']), safe=' ')}.txt", "\n\n".join(parts) + "\n")
