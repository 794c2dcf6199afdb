"""References to the owner or the town of the place before: "the same people", "in that town", "anything else
there"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qa.language.pointing_back import at_area, at_aspect, at_no_owner, at_others, at_owner
from qa.question.annotated import Annotated
from qa.question.chunks import unique
from qa.question.parts import Meant, Sense, Span
from qa.question.query import Is, Query, parts_of
from qa.question.vocabulary import Vocabulary

_TOWN, _COUNCIL = ("town", "local_authority"), ("local_authority", "town")
_FIELDS = {
    **dict.fromkeys(("area", "city", "neighbourhood", "town", "village"), _TOWN),
    **dict.fromkeys(
        ("borough", "council", "council area", "county", "district", "local authority"), _COUNCIL
    ),
    **dict.fromkeys(("part of the country", "region"), ("region",)),
}


def with_what_it_has(
    annotated: Annotated, spans: Sequence[Span], spoken_of: Meant | None, vocabulary: Vocabulary
) -> list[Span]:
    """Return ``spans`` with the words for the owner, or for the town or council, of the subjects
    ``spoken_of`` read as that owner or place, and "else" beside a place as "other".

    An owner asked for as "the same people" with nobody to have it stays as words that nobody knows, so that
    it is not dropped.
    """
    text = " ".join(word.text for word in annotated.words)
    found = list(spans)
    if spoken_of is None:
        for one in at_no_owner(text):
            found = _put(found, Span(one.start, one.end, one.text))
        return found
    for put in (*_owners(text, spoken_of, vocabulary), *_places(text, spoken_of, vocabulary)):
        found = _put(found, put)
    for put in _aspects(text, spoken_of):
        found = _put(found, put)
    narrowed = any(span.kinds & {"place", "provider"} for span in found)
    for put in _others(text) if narrowed and spoken_of.field == "subject" else ():
        found = _put(found, put)
    return found


def _owners(text: str, spoken_of: Meant, vocabulary: Vocabulary) -> list[Span]:
    said = [*at_owner(text)]
    owner = _held(spoken_of, ("provider",), vocabulary) if said else None
    return [Span(one.start, one.end, one.text, (Sense("provider", owner),)) for one in said if owner]


def _places(text: str, spoken_of: Meant, vocabulary: Vocabulary) -> list[Span]:
    said = [(one, _held(spoken_of, _FIELDS[one.noun], vocabulary)) for one in at_area(text)]
    return [Span(one.start, one.end, one.text, (Sense("place", place),)) for one, place in said if place]


def _aspects(text: str, spoken_of: Meant) -> list[Span]:
    """Read "for it" as the key question that came first; if several tied for first, as unknown words."""
    if spoken_of.field != "aspect":
        return []
    sense = tuple(Sense("aspect", one) for one in spoken_of.values if len(spoken_of.values) == 1)
    return [Span(one.start, one.end, one.text if sense else _UNCLEAR, sense) for one in at_aspect(text)]


_UNCLEAR = "the same key question"


def _others(text: str) -> list[Span]:
    """Read "anything else" as any other one, and "another" as another one."""
    found = list[Span]()
    for one in at_others(text):
        if one.noun:
            found.append(Span(one.start, one.end - 1, one.noun, (Sense("quantifier", "any"),)))
        found.append(Span(one.end - 1, one.end, "other"))
    return found


def place_spoken_of(query: Query | None, text: str, places: Collection[str]) -> Meant | None:
    """The one place of the Query before, in one of the columns ``places``, if ``text`` says "that town" or
    "the same area"; otherwise ``None``."""
    if query is None or query.against or next(at_area(text.lower()), None) is None:
        return None
    where = [one for one in parts_of(query.scope) if isinstance(one, Is) and one.field in places]
    return Meant(where[0].field, values=where[0].values) if len(where) == 1 == len(where[0].values) else None


def _held(spoken_of: Meant, fields: Sequence[str], vocabulary: Vocabulary) -> Meant | None:
    """The one value that all subjects share in the first of ``fields`` with such a value."""
    if spoken_of.field in fields:
        return spoken_of
    held = vocabulary.store.subjects(spoken_of.subjects) if spoken_of.field == "subject" else []
    for field in fields:
        values = unique(subject.attributes.get(field) for subject in held)
        if len(values) == 1 and values[0]:
            return Meant(field, values=values)
    return None


def _put(spans: Sequence[Span], put: Span) -> list[Span]:
    """Return ``spans`` with ``put`` in place of the spans that it covers; words that a replaced span had
    beyond it become small words."""
    found = list[Span]()
    for span in spans:
        if span.end <= put.start or span.start >= put.end:
            found.append(span)
        else:
            found += _around(span, put)
    return sorted([*found, put], key=lambda span: span.start)


def _around(span: Span, put: Span) -> list[Span]:
    """The words of a span before and behind ``put``, which covers a part of it."""
    words = span.text.split()
    found = list[Span]()
    if span.start < put.start:
        found.append(Span(span.start, put.start, " ".join(words[: put.start - span.start])))
    if span.end > put.end:
        found.append(Span(put.end, span.end, " ".join(words[put.end - span.start :])))
    return found
