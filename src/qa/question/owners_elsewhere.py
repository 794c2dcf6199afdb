"""Owners named after a place, in another place: "Kent County Council in Leeds"."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.annotated import Annotated
from qa.question.contradictions import contradictions, places_apart
from qa.question.owner_labels import called, put_owner
from qa.question.parts import Span
from qa.question.query import Query
from qa.question.vocabulary import Vocabulary

_MOST = 8  # spans in an owner's name


def with_owner_for_place(
    annotated: Annotated, spans: Sequence[Span], queries: Sequence[Query], vocabulary: Vocabulary
) -> list[Span] | None:
    """If the places of ``queries`` exclude each other, return ``spans`` with one of them and the words beside
    it read as the one owner that they name; otherwise return ``None``."""
    if sum("place" in span.kinds for span in spans) < 2:
        return None
    found = list(spans)
    for place, span in enumerate(spans):
        if "place" not in span.kinds:
            continue
        for last in range(min(place + _MOST, len(spans)), place, -1):
            if spans[last - 1].end - span.start < 2:
                break  # one word by itself is the place
            owners = called(annotated, spans, (place, last), "provider", vocabulary)
            if owners is not None and len(owners) == 1 and _are_apart(queries, vocabulary):
                put_owner(found, (place, last), "provider", owners)
                return found
    return None


def _are_apart(queries: Sequence[Query], vocabulary: Vocabulary) -> bool:
    return any(contradictions(query) or places_apart(query, vocabulary) for query in queries)
