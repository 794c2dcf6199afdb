"""Rating facts as the page shows them: a table with only the columns that tell something, choices, and bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qa.records import Answer, Figure, RatingFact
from qa.web.quotes import safe_url
from qa.web.ratings import Badge, badge
from qa.web.readings import Candidate

WHOLE = "Overall"
LEAST_BARS = 3  # fewer figures are told well enough by the sentence
MOST_RUNS = 8
MOST_CHOICES = 12
MARKS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact. ``mark`` leads to its footnote; it is empty where there is none."""

    fact: RatingFact
    place: str
    before: Badge
    now: Badge
    mark: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """A rating table and the rows of it that are shown, e.g. ``2–4, 7``."""

    title: str
    url: str | None
    rows: str


@dataclass(frozen=True, slots=True)
class FactTable:
    """The rows with the columns they need; ``notes`` are (mark, text), ``total`` counts the facts that match."""

    caption: str
    caption_detail: str
    rows: tuple[Row, ...]
    total: int
    with_place: bool
    with_service: bool
    with_aspect: bool
    with_before: bool
    notes: tuple[tuple[str, str], ...]
    sources: tuple[TableSource, ...]

    @property
    def cut(self) -> bool:
        """Whether more facts match than are listed."""
        return self.total > len(self.rows)


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate for an ambiguous name: ``question`` asks for this one and no other."""

    name: str
    place: str
    now: Badge
    question: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One group's figure: ``share`` is its length as a percentage of the longest; ``rating`` is there where the group is one."""

    label: str
    value: str
    share: float
    rating: Badge | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The figures of an answer by group, and what they count."""

    caption: str
    bars: tuple[Bar, ...]


def fact_table(answer: Answer) -> FactTable | None:
    """Lay out the facts of an answer; ``None`` where it has none."""
    facts = answer.facts
    if not facts:
        return None
    marks = _marks(facts)
    rows = tuple(_row(fact, marks) for fact in facts)
    caption, when = _caption(facts)
    with_before = any(fact.previous_rating is not None for fact in facts)
    return FactTable(
        caption=caption,
        caption_detail="before and now" if with_before else when,
        rows=rows,
        total=answer.facts_total,
        with_place=any(row.place for row in rows),
        with_service=any(fact.service not in (None, WHOLE) for fact in facts),
        with_aspect=any(fact.aspect != WHOLE for fact in facts),
        with_before=with_before,
        notes=tuple((mark, note) for note, mark in marks.items()),
        sources=tuple(_sources(facts)),
    )


def choices(candidates: Sequence[Candidate]) -> tuple[Choice, ...]:
    """List the candidates for an ambiguous name, with what tells them apart."""
    return tuple(Choice(one.fact.subject, _address(one.fact), badge(one.fact.rating), one.question) for one in candidates[:MOST_CHOICES])


def chart(figures: Sequence[Figure], no_groups: Collection[str] = ()) -> Chart | None:
    """Turn an answer's figures by group into bars, in the order told; ``None`` where there are fewer than three of a unit.

    Figures labelled as one of ``no_groups`` count the groups themselves.
    """
    figures = [figure for figure in figures if figure.label not in no_groups]
    counted = Counter(figure.unit for figure in figures if figure.unit != "date")
    unit, number = counted.most_common(1)[0] if counted else ("count", 0)
    if number < LEAST_BARS:
        return None
    shown = _without_total([(figure.label, float(figure.value)) for figure in figures if figure.unit == unit])
    longest = max(value for _, value in shown) or 1.0
    made = tuple(Bar(label, _number(value, unit), round(100 * value / longest, 1), _rating(label)) for label, value in shown)
    what = "Share" if unit == "percent" else "How many"
    return Chart(f"{what} by rating" if all(bar.rating for bar in made) else f"{what} in each group", made)


def _rating(label: str) -> Badge | None:
    known = badge(label)
    return None if known.style == "other" else known


def _without_total(shown: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Leave out a first figure that is the sum of all others: it is no group."""
    total = shown[0][1]
    return shown[1:] if len(shown) > LEAST_BARS and total == sum(value for _, value in shown[1:]) else shown


def _row(fact: RatingFact, marks: dict[str, str]) -> Row:
    place = _joined(fact.attributes.get("town"), fact.attributes.get("local_authority"))
    return Row(fact, place, badge(fact.previous_rating), badge(fact.rating), marks[fact.note] if fact.note else "")


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
    """Write row numbers as runs: 2, 3, 4, 7 → ``2–4, 7``; the rest of many only as a number."""
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


def _number(value: float, unit: str) -> str:
    told = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return f"{told}%" if unit == "percent" else told
