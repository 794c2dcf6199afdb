"""The box of judgements on the first page of an inspection report: what was judged, and the grade.

Whatever the format, its text reads like this, on one line or on many::

    Judgement Grade
    The impact of leaders on social work practice with children and families Requires improvement to be good
    Overall effectiveness Good

It is read only if it is unambiguous: it ends with the overall effectiveness, each grade is on the scale, and
the report has a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.question.query import WHOLE
from qa.reading.column_headings import aspect_of
from qa.reading.description import Sidecar
from qa.records import Block, Document, FactSource, RatingFact, Report
from qa.scale import Scale

_START = re.compile(r"\bJudgements?\s+Grades?\s+(?=[A-Z])")
_NAME = r"(?P<name>[A-Z][^.!?;:|]{3,160}?)"
_OVERALL = "overall effectiveness"
_MOST = 12  # judgements of a box
_ABOUT = re.compile(r"(?:re-?)?inspection\s+of\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the box: what was judged, the grade in the scale's words, and as printed. ``start`` is its
    position in the text.
    """

    name: str
    rating: str
    printed: str
    start: int


@dataclass(frozen=True, slots=True)
class Box:
    """A whole box: ``text[start:end]`` with its heading."""

    start: int
    end: int
    judgements: tuple[Judgement, ...]


def find_box(text: str, scale: Scale) -> Box | None:
    """Return the first box of ``text`` that can be read whole."""
    entry = _entry(scale)
    for found in _START.finditer(text):
        judgements, place = list[Judgement](), found.end()
        while len(judgements) < _MOST and (line := entry.match(text, place)):
            name, printed = " ".join(line["name"].split()), " ".join(line["grade"].split())
            rating = scale.canonical(" ".join(line["rating"].split())) or printed
            judgements.append(Judgement(name, rating, printed, line.start()))
            place = line.end()
            if name.casefold() == _OVERALL:
                return Box(found.start(), place, tuple(judgements))
            place += len(text[place:]) - len(text[place:].lstrip())
    return None


def _entry(scale: Scale) -> re.Pattern[str]:
    """Return the form of a line: a name, then the first grade after it.

    A grade begins with a capital letter, as names within do not.
    """
    words = sorted(
        {word for word in (*scale.ratings, *scale.unrated) if word[:1].isupper()}, key=len, reverse=True
    )
    grades = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"{_NAME}\s+(?P<grade>(?P<rating>{grades})(?:\s+to\s+be\s+good)?)(?=\s|\Z)")


def judgement_facts(document: Document, sidecar: Sidecar, report: Report) -> Iterator[RatingFact]:
    """Yield the ratings of a report's box, for the subject named in its title."""
    box = find_box(document.text, sidecar.scale) if document.published else None
    subject = subject_of(document.title)
    if box is None or not subject:
        return
    report.rows[document.path] = report.rows.get(document.path, 0) + len(box.judgements)
    for judgement in box.judgements:
        told = WHOLE if judgement.name.casefold() == _OVERALL else judgement.name
        aspect = aspect_of(judgement.name, sidecar.aspects) or told
        row = document.text.count("\n", 0, judgement.start) + 1
        yield RatingFact(
            id=f"{document.path}:{row}:{aspect}",
            subject=subject,
            aspect=aspect,
            service=None,
            rating=judgement.rating,
            previous_rating=None,
            published=document.published,
            note=None,
            attributes={}
            if judgement.printed == judgement.rating
            else {"rating_as_printed": judgement.printed},
            source=FactSource(document.path, document.title, document.url, row),
        )


def subject_of(title: str) -> str:
    """Return the subject of a report, e.g. Kent County Council for "Kent County Council: …" or "Inspection of
    Kent County Council".
    """
    name = title.partition(": ")[0].strip()
    found = _ABOUT.match(name)
    return name[found.end() :].strip() if found else name


def without_box(document: Document, scale: Scale) -> Document:
    """Return the document with the blocks of its box turned into a table, because its ratings
    become facts.
    """
    box = find_box(document.text, scale) if document.published else None
    if box is None:
        return document
    return replace(document, blocks=tuple(_as_table(block, box) for block in document.blocks))


def _as_table(block: Block, box: Box) -> Block:
    return (
        replace(block, kind="table", level=0) if box.start <= block.start and block.end <= box.end else block
    )
