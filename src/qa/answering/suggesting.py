"""Suggests what to ask next: narrower or wider questions, another rating, another place.

Never repeats the question, and never suggests one without an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from qa.answering.next_queries import following, instead
from qa.answering.stock import Stock
from qa.facts.result import Result
from qa.language.tokens import key
from qa.question.query import (
    Condition,
    Is,
    Named,
    Query,
    parts_of,
)
from qa.question.reading import Reading

MOST = 4
_RELATED = 2  # sections of the reports to suggest that were found beside those quoted


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of the reports that an answer quotes, and those ``beside`` them that were found, the best
    first.
    """

    quoted: Collection[str] = ()
    beside: Sequence[str] = ()


NONE_READ = Sections()


def suggest(
    reading: Reading,
    results: Sequence[Result | None],
    stock: Stock,
    partly: Sequence[Query] = (),
    read: Sections = NONE_READ,
) -> tuple[str, ...]:
    """Return at most four next questions: nearest names first, then what follows from the answer, then the
    examples.

    ``partly`` are the Queries for the understood part of a question that is not answered: something else can
    be asked about their subjects. ``read`` are the sections of the reports that were found: after a question
    to the reports, sections other than the quoted ones are suggested.
    """
    asked = {key(reading.text), key(reading.standalone)}
    found: dict[str, str] = {}
    for question in _questions(reading, results, stock, partly, read):
        folded = key(question) if question else ""
        if question and folded not in asked:
            found.setdefault(folded, question)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _questions(
    reading: Reading,
    results: Sequence[Result | None],
    stock: Stock,
    partly: Sequence[Query],
    read: Sections,
) -> Iterator[str | None]:
    yield reading.alternative
    for one in reading.unknown:
        yield from (f"What is {name} rated?" for name in one.near[:3])
    if reading.ambiguous:
        yield from reading.ambiguous.instead
    if not reading.unknown and not reading.ambiguous:
        yield from _following(reading, results, stock)
    for query in partly:
        yield from _said(instead(query, stock), stock)
    if not any(results):
        yield from _named_in_prose(reading, stock)
    if reading.prose:
        yield from _of_sections(read, stock)
    yield from (
        one.question for one in stock.examples if one.query is None or one.query not in reading.queries
    )


def _following(reading: Reading, results: Sequence[Result | None], stock: Stock) -> Iterator[str]:
    """Yield questions that follow from the answers, if they were not asked already and can be
    put into words.
    """
    for query, result in zip(reading.queries, results, strict=False):
        if result and (run_by := _owner_of_nothing(query, result)) is not None:
            yield from (f"What is {name} rated?" for name in stock.first(Query(run_by)))
        asked = following(query, result, stock) if result and query.prose is None else iter(())
        found = (
            question
            for one in asked
            if one not in reading.queries and (question := stock.say(one)) and stock.holds(one)
        )
        yield from islice(found, 1)
        if (about := _text_about(query, stock)) is not None:
            yield about
        yield from found


def _said(queries: Iterator[Query], stock: Stock) -> Iterator[str]:
    return (question for one in queries if (question := stock.say(one)) and stock.holds(one))


def _named_in_prose(reading: Reading, stock: Stock) -> Iterator[str]:
    """Suggest the ratings of the subjects named in a question about the reports, in case the reports do not
    answer it."""
    if reading.prose:
        named = (stock.named(typed) for typed in reading.names[:MOST])
        yield from _said((Query(one) for one in named if one is not None), stock)


def _of_sections(read: Sections, stock: Stock) -> Iterator[str]:
    """Suggest sections of the reports that were found beside those quoted, and then the most descriptive."""
    questions = {one.section: one.question for one in stock.sections if one.section not in read.quoted}
    yield from islice((questions[one] for one in read.beside if one in questions), _RELATED)
    yield from islice((questions[one] for one in questions if one not in read.beside), 1)


def _text_about(query: Query, stock: Stock) -> str | None:
    """Suggest what the reports say about the named subject, if they say anything."""
    named = query.scope if query.prose is None and isinstance(query.scope, Named) else None
    return stock.told(named.labels[0]) if named is not None and len(named.labels) == 1 else None


def _owner_of_nothing(query: Query, result: Result) -> Condition | None:
    """Suggest who runs the places of an empty scope: the owner has some elsewhere, or of another kind."""
    parts = parts_of(query.scope)
    owner = [part for part in parts if isinstance(part, Is) and part.field in ("provider", "brand")]
    held = result.facts or result.groups or result.total or result.whole or result.figure
    return owner[0] if owner and len(parts) > 1 and not held else None
