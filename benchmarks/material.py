"""The SQuAD 2.0 articles and questions that retrieval is fitted and measured on: a folder with corpus/*.txt
and questions.jsonl.

The articles are under CC BY-SA 4.0; nothing of them is stored in this repository but coefficients.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Passage, Report, Span
from qa.retrieval.point import Point

SQUAD = Path(__file__).resolve().parents[2] / "shared" / "data" / "squad"


@dataclass(frozen=True, slots=True)
class Case:
    """An answerable question: the characters of its document that answer it."""

    question: str
    document: str
    spans: tuple[tuple[int, int], ...]

    def answered_by(self, passage: Passage, mark: Span | None = None) -> bool:
        """Whether a passage, or the part of it that is marked, holds a whole answer."""
        start, end = (
            (passage.start + mark.start, passage.start + mark.end) if mark else (passage.start, passage.end)
        )
        return passage.document.path == self.document and any(
            start <= first and last <= end for first, last in self.spans
        )

    def told_by(self, points: Iterable[Point]) -> bool:
        """Whether one of the points told holds a whole answer."""
        return any(self.answered_by(point.passage, Span(point.start, point.end)) for point in points)


def read(folder: Path) -> tuple[list[Passage], list[Case]]:
    """The passages and the answerable questions of a folder."""
    if not (folder / "questions.jsonl").is_file():
        raise SystemExit(f"There is no questions.jsonl in {folder}. Name the folder of the SQuAD material.")
    documents = read_corpus(folder / "corpus", Report()).documents
    rows = map(json.loads, (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    cases = [
        Case(row["question"], row["document"], tuple(map(tuple, row["spans"])))
        for row in rows
        if row["answerable"]
    ]
    return [passage for document in documents for passage in passages_of(document)], cases


def articles(cases: Iterable[Case]) -> list[str]:
    """The documents that are asked about, by name."""
    return sorted({case.document for case in cases})


def halves(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The odd and the even ones."""
    return list(names[::2]), list(names[1::2])


def of(passages: Iterable[Passage], names: Sequence[str]) -> list[Passage]:
    """The passages of some articles."""
    return [passage for passage in passages if passage.document.path in names]


def about(cases: Iterable[Case], names: Sequence[str]) -> list[Case]:
    """The questions about some articles."""
    return [case for case in cases if case.document in names]
