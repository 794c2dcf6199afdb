"""Rating facts as the page shows them: as a table with only the columns that are worth showing, or as
choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.question.query import WHOLE
from qa.records import Answer, RatingFact
from qa.web.pages.badges import Badge, badge
from qa.web.pages.chips import Candidate
from qa.web.pages.list_view import length_told, mostly_with_before, place_of, subject_href
from qa.web.pages.quotes import safe_url

MOST_RUNS = 8
FIRST, FIRST_BEHIND_A_FIGURE = 10, 5  # rows of a table that are shown at once; the rest unfolds
MOST_CHOICES = 12
MARKS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact; ``href`` leads to its subject's page. ``mark`` leads to its footnote; it is
    empty if there is none.
    """

    fact: RatingFact
    href: str
    place: str
    before: Badge
    now: Badge
    mark: str
    distance: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """A rating table and the rows of it that are shown, e.g. ``2–4, 7``."""

    title: str
    url: str | None
    rows: str


@dataclass(frozen=True, slots=True)
class FactTable:
    """The rows with the columns they need; ``notes`` are (mark, text), ``total`` counts the facts
    that match.
    """

    caption: str
    caption_detail: str
    rows: tuple[Row, ...]
    total: int
    with_service: bool
    with_aspect: bool
    with_before: bool
    with_distance: bool
    notes: tuple[tuple[str, str], ...]
    sources: tuple[TableSource, ...]
    first: int  # rows that are seen at once

    @property
    def cut(self) -> bool:
        """Whether more facts match than are listed."""
        return self.total > len(self.rows)


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate for an ambiguous name: ``question`` asks for this one and no other, ``href`` leads to its
    page.
    """

    name: str
    kind: str
    place: str
    now: Badge
    question: str
    href: str


def fact_table(answer: Answer, *, behind_a_figure: bool = False) -> FactTable | None:
    """Lay out the facts of an answer; ``None`` if it has none. Under a figure, fewer are shown at once."""
    facts = answer.facts
    if not facts:
        return None
    marks = _marks(facts)
    off = {one.fact: length_told(one.value, one.unit) for one in answer.distances}
    rows = tuple(_row(fact, marks, off.get(fact.id, "not known") if off else "") for fact in facts)
    caption, when = _caption(facts)
    with_before = mostly_with_before(facts)
    return FactTable(
        caption=caption,
        caption_detail="before and now" if with_before else when,
        rows=rows,
        total=answer.facts_total,
        with_service=any(fact.service not in (None, WHOLE) for fact in facts),
        with_aspect=len({fact.aspect for fact in facts}) > 1,
        with_before=with_before,
        with_distance=bool(off),
        notes=tuple((mark, note) for note, mark in marks.items()),
        sources=tuple(_sources(facts)),
        first=FIRST_BEHIND_A_FIGURE if behind_a_figure else FIRST,
    )


def choices(candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
    """List the candidates for an ambiguous name, with what distinguishes them."""
    return tuple(_choice(one.fact, one.question) for one in candidates[:MOST_CHOICES])


def _choice(fact: RatingFact, question: str) -> Choice:
    kind = fact.attributes.get("kind", "")
    return Choice(fact.subject, kind, _address(fact), badge(fact.rating), question, subject_href(fact))


def _row(fact: RatingFact, marks: dict[str, str], distance: str) -> Row:
    mark = marks[fact.note] if fact.note else ""
    return Row(
        fact,
        subject_href(fact),
        place_of(fact),
        badge(fact.previous_rating),
        badge(fact.rating),
        mark,
        distance,
    )


def _marks(facts: Iterable[RatingFact]) -> dict[str, str]:
    notes = dict.fromkeys(fact.note for fact in facts if fact.note)
    return {note: MARKS[place] if place < len(MARKS) else str(place + 1) for place, note in enumerate(notes)}


def _caption(facts: Iterable[RatingFact]) -> tuple[str, str]:
    aspects = {fact.aspect for fact in facts}
    if len(aspects) == 1:
        return f"{aspects.pop()} rating", "and when it was published"
    return "Ratings", "and when they were published"


def _sources(facts: Iterable[RatingFact]) -> Iterable[TableSource]:
    rows: dict[str, list[RatingFact]] = {}
    for fact in facts:
        rows.setdefault(fact.source.document, []).append(fact)
    for shown in rows.values():
        urls = {fact.source.url for fact in shown}
        url = safe_url(urls.pop()) if len(urls) == 1 else None
        yield TableSource(shown[0].source.title, url, _runs(sorted({fact.source.row for fact in shown})))


def _runs(rows: Sequence[int]) -> str:
    """Write row numbers as runs: 2, 3, 4, 7 → ``2–4, 7``; if there are many, only the first, and how many
    more.
    """
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs[:MOST_RUNS])
    rest = sum(map(len, runs[MOST_RUNS:]))
    return f"{told} and {rest:,} more" if rest else told


def _address(fact: RatingFact) -> str:
    return _joined(*(fact.attributes.get(name) for name in ("street", "town", "postcode")))


def _joined(*parts: str | None) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))
