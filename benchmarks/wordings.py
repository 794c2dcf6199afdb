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
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from material import Case
from pdf_texts import markdown

from qa.passages import passages_of
from qa.reading import read_corpus
from qa.records import Document, Passage, Report

DATA = Path(__file__).resolve().parent / "data"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Asked:
    """A document with the questions asked of it; a case without spans has no answer there."""

    document: Document
    passages: tuple[Passage, ...]
    cases: tuple[Case, ...]


def read(shared: Path = SHARED, name: str = "questions.jsonl") -> list[Asked]:
    """The documents that are there with their questions; what is left out is told on stderr."""
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    places = tomllib.loads((DATA / "documents.toml").read_text(encoding="utf-8"))
    found = []
    for key in dict.fromkeys(row["document"] for row in rows):
        document = _document(key, places[key], shared)
        if document is not None:
            cases = tuple(_cases(document, (row for row in rows if row["document"] == key)))
            found.append(Asked(document, passages_of(document), cases))
    return found


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


def _cases(document: Document, rows: Iterator[Mapping[str, Any]]) -> Iterator[Case]:
    letters = list(compress(range(len(document.text)), map(str.isalnum, document.text)))
    for row in rows:
        spans = tuple((letters[start], letters[end - 1] + 1) for start, end in row["places"] or ())
        yield Case(row["question"], document.path, spans)
