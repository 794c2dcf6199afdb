"""Questions in other words than the text, written for this project with sight of each document:
`benchmarks/data/`.

Half of the documents are pages written for this purpose, which lie beside the questions; the others are the
publication's page, three inspection reports (PDF) and eight articles of SQuAD, which are in the shared data
and are left out where that is missing. A question refers to its document by places that count letters and
digits only, so that they hold for any way of extracting the text.
"""

from __future__ import annotations

import hashlib
import json
import re
import statistics
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from material import Case
from pdf_texts import markdown

from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Document, Passage, Report, Span
from qa.retrieval.point import Point

DATA = Path(__file__).resolve().parent / "data"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class PointsCase:
    """A question whose answer is several points, each named by a pattern: so many of them make it right."""

    question: str
    document: str
    points: tuple[str, ...]
    at_least: int
    spans: tuple[tuple[int, int], ...] = ()  # no one place answers it

    def answered_by(self, passage: Passage, mark: Span | None = None) -> bool:
        """Whether a passage, or the part of it that is marked, tells enough by itself."""
        text = passage.text[mark.start : mark.end] if mark else passage.text
        return passage.document.path == self.document and sum(self._told(text)) >= self.at_least

    def told_by(self, points: Iterable[Point]) -> bool:
        """Whether the points told are enough of those wanted."""
        return sum(self._told(" ".join(point.text for point in points))) >= self.at_least

    def share(self, points: Iterable[Point]) -> float:
        """The share of the points wanted that is told."""
        return statistics.fmean(self._told(" ".join(point.text for point in points)))

    def _told(self, text: str) -> list[bool]:
        return [bool(re.search(point, text, re.IGNORECASE)) for point in self.points]


Question: TypeAlias = Case | PointsCase


@dataclass(frozen=True, slots=True)
class Asked:
    """A document with the questions asked of it; a case without spans has no answer there."""

    document: Document
    passages: tuple[Passage, ...]
    cases: tuple[Question, ...]


def read(shared: Path = SHARED) -> list[Asked]:
    """The documents that are there with their questions; what is left out is told on stderr."""
    rows = _rows("questions.jsonl")
    places = tomllib.loads((DATA / "documents.toml").read_text(encoding="utf-8"))
    found = []
    for key in dict.fromkeys(row["document"] for row in rows):
        document = _document(key, places[key], shared)
        if document is not None:
            cases = tuple(_cases(document, (row for row in rows if row["document"] == key)))
            found.append(Asked(document, passages_of(document), cases))
    return found


def reports(shared: Path = SHARED) -> list[Asked]:
    """The inspection reports as Askwell reads them, named as :func:`read` names them, with the questions of
    another set: none of them is without an answer.
    """
    rows, found = _rows("report_questions.jsonl"), []
    for document in read_corpus(shared / "pdf", Report()).documents:
        own = [row for row in rows if row["document"] == document.path]
        named = replace(document, path=f"{Path(document.path).stem}.md")
        if own:
            found.append(Asked(named, passages_of(named), tuple(_cases(named, own))))
    return found


def several(documents: Sequence[Asked]) -> list[Asked]:
    """These documents with the questions asked of them whose answer is several points."""
    asked = {Path(one.document.path).stem: list[PointsCase]() for one in documents}
    paths = {Path(one.document.path).stem: one.document.path for one in documents}
    for row in _rows("points.jsonl"):
        if (key := row["document"]) in paths:
            asked[key].append(PointsCase(row["question"], paths[key], tuple(row["points"]), row["at_least"]))
    found = ((one, asked[Path(one.document.path).stem]) for one in documents)
    return [replace(one, cases=tuple(cases)) for one, cases in found if cases]


def _rows(name: str) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _document(key: str, place: Mapping[str, str], shared: Path) -> Document | None:
    """The document of this key as Askwell reads it, ``None`` where it or what reads it is missing."""
    text = _text(place, shared)
    if text is None:
        print(
            f"{key} is left out: {place.get('text') or place.get('pdf')} or pypdfium2 is missing.",
            file=sys.stderr,
        )
        return None
    with TemporaryDirectory() as folder:
        (Path(folder) / f"{key}{'.txt' if 'text' in place else '.md'}").write_text(text, encoding="utf-8")
        document = read_corpus(Path(folder), Report()).documents[0]
    if digest(document.text) != place["letters"]:
        print(
            f"{key} is left out: its text is not the one that the questions were written for.",
            file=sys.stderr,
        )
        return None
    return document


def _text(place: Mapping[str, str], shared: Path) -> str | None:
    path = DATA / place["file"] if "file" in place else shared / (place.get("text") or place["pdf"])
    if not path.is_file():
        return None
    if "pdf" not in place:
        return path.read_text(encoding="utf-8")
    try:
        import pypdfium2
    except ImportError:
        return None
    return markdown([page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)])


def digest(text: str) -> str:
    """What identifies a text, whatever stands between its letters and digits."""
    return hashlib.sha256("".join(filter(str.isalnum, text)).lower().encode()).hexdigest()[:16]


def _cases(document: Document, rows: Iterable[Mapping[str, Any]]) -> Iterator[Case]:
    letters = list(compress(range(len(document.text)), map(str.isalnum, document.text)))
    for row in rows:
        spans = tuple((letters[start], letters[end - 1] + 1) for start, end in row["places"] or ())
        yield Case(row["question"], document.path, spans)
