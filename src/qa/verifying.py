"""Checks an answer against the corpus: every fact field by field, every quoted character at its place in the
revision it was taken from.

A quoted character is *held* if the document's text has the same code point at the same place; a quotation
without a place is held if the document has it verbatim anywhere. If the document has changed since, places
can't be checked: the text is then searched for the quotation, which is reported as found, but not as held.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from qa.facts import FactStore
from qa.library import Library
from qa.records import Document, IndexState, RatingFact, Span

Finding = Literal["held", "differs", "other_revision", "no_such_document", "no_such_fact"]

FACT_FIELDS = ("subject", "aspect", "service", "rating", "previous_rating", "published", "note")
SOURCE_FIELDS = ("document", "title", "url", "row")
DOCUMENT_FIELDS = ("title", "kind", "url", "published")
PASSAGE_FIELDS = ("section", "page")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation to check. Without a ``start`` its place is searched for; without a ``revision`` the current
    one is meant.

    ``source`` holds those of :data:`DOCUMENT_FIELDS` and :data:`PASSAGE_FIELDS` that were told; the latter
    need the passage's ``id``.
    """

    text: str
    document: str
    start: int | None = None
    end: int | None = None
    revision: str | None = None
    id: str | None = None
    source: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact as sent: ``fields`` and ``source`` have only the fields that were sent; a value of ``None``
    claims that there is none.
    """

    id: str
    fields: Mapping[str, Any]
    attributes: Mapping[str, str]
    source: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a fact or source that differs; ``held`` is its value in the corpus."""

    field: str
    held: str | int | None


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """A fact as sent, checked."""

    id: str
    finding: Finding
    held: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation, checked. ``differing`` are the spans of its text that the corpus does not hold there.

    ``found`` is where the current document has the whole text: the claimed place, otherwise the first;
    ``None`` if it does not.
    """

    id: str | None
    document: str
    revision: str | None
    finding: Finding
    held: bool
    characters: int
    held_characters: int
    differing: tuple[Span, ...]
    differences: tuple[Difference, ...]
    found: Span | None


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole check: ``held`` if every fact and every quoted character is in the corpus."""

    held: bool
    facts: tuple[CheckedFact, ...]
    passages: tuple[CheckedQuotation, ...]
    index: IndexState


def verify(
    claims: Sequence[Claim],
    quotations: Sequence[Quotation],
    store: FactStore,
    library: Library,
    index: IndexState,
) -> Verification:
    """Check facts and quotations, each in the order given."""
    known = store.with_ids([claim.id for claim in claims]) if claims else {}
    facts = tuple(_checked_fact(claim, known.get(claim.id)) for claim in claims)
    passages = tuple(_checked(quotation, library) for quotation in quotations)
    held = all(fact.held for fact in facts) and all(passage.held for passage in passages)
    return Verification(held, facts, passages, index)


# Facts ------------------------------------------------------------------------------------------------------


def _checked_fact(claim: Claim, fact: RatingFact | None) -> CheckedFact:
    if fact is None:
        return CheckedFact(claim.id, "no_such_fact", held=False, differences=())
    differences = tuple(_differences(claim, fact))
    return CheckedFact(claim.id, "differs" if differences else "held", not differences, differences)


def _differences(claim: Claim, fact: RatingFact) -> Iterator[Difference]:
    for told, owner, prefix in ((claim.fields, fact, ""), (claim.source, fact.source, "source.")):
        for name, value in told.items():
            if (held := _plain(getattr(owner, name))) != value:
                yield Difference(prefix + name, held)
    for name, value in claim.attributes.items():
        if fact.attributes.get(name) != value:
            yield Difference(f"attributes.{name}", fact.attributes.get(name))


def _plain(value: str | int | datetime.date | None) -> str | int | None:
    return value.isoformat() if isinstance(value, datetime.date) else value


# Quotations -------------------------------------------------------------------------------------------------


def _checked(quotation: Quotation, library: Library) -> CheckedQuotation:
    document = library.document(quotation.document)
    if document is None:
        return _told(quotation, "no_such_document", _whole(quotation))
    revision, found = library.revision(document), _found(quotation, document)
    if quotation.revision not in (None, revision):
        return _told(quotation, "other_revision", _whole(quotation), revision=revision, found=found)
    differing, differences = (
        _differing(quotation, document, found),
        tuple(_source_differences(quotation, document, library)),
    )
    finding: Finding = "differs" if differing or differences else "held"
    return _told(quotation, finding, differing, revision=revision, found=found, differences=differences)


def _told(
    quotation: Quotation,
    finding: Finding,
    differing: tuple[Span, ...],
    *,
    revision: str | None = None,
    found: Span | None = None,
    differences: tuple[Difference, ...] = (),
) -> CheckedQuotation:
    characters = len(quotation.text)
    return CheckedQuotation(
        id=quotation.id,
        document=quotation.document,
        revision=revision,
        finding=finding,
        held=finding == "held",
        characters=characters,
        held_characters=characters - sum(span.end - span.start for span in differing),
        differing=differing,
        differences=differences,
        found=found,
    )


def _source_differences(quotation: Quotation, document: Document, library: Library) -> Iterator[Difference]:
    if quotation.start is not None and quotation.end not in (
        None,
        end := quotation.start + len(quotation.text),
    ):
        yield Difference("source.end", end)
    held = {name: _plain(getattr(document, name)) for name in DOCUMENT_FIELDS}
    if quotation.id is not None:
        passage = library.passage(quotation.id)
        if passage is None or passage.document.path != document.path:
            yield Difference("id", None)
        else:
            held |= {name: getattr(passage, name) for name in PASSAGE_FIELDS}
    for name, value in quotation.source.items():
        if name in held and held[name] != value:
            yield Difference(f"source.{name}", held[name])


def _whole(quotation: Quotation) -> tuple[Span, ...]:
    return (Span(0, len(quotation.text)),) if quotation.text else ()


def _found(quotation: Quotation, document: Document) -> Span | None:
    """Return where the text is: at its claimed position, if it is there, otherwise at the first."""
    told = quotation.start
    start = (
        told
        if told is not None and document.text.startswith(quotation.text, told)
        else document.text.find(quotation.text)
    )
    return Span(start, start + len(quotation.text)) if start >= 0 else None


def _differing(quotation: Quotation, document: Document, found: Span | None) -> tuple[Span, ...]:
    if quotation.start is None:
        return () if found else _whole(quotation)
    held = document.text[quotation.start : quotation.start + len(quotation.text)]
    same = [place < len(held) and held[place] == character for place, character in enumerate(quotation.text)]
    runs = (
        [place for place, _ in run]
        for equal, run in groupby(enumerate(same), key=lambda pair: pair[1])
        if not equal
    )
    return tuple(Span(run[0], run[-1] + 1) for run in runs)
