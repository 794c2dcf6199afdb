"""Gives the subjects in spans their published names, and marks the services that they are rated for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question.evidence import is_service_of
from qa.question.parts import Sense, Span
from qa.question.vocabulary import Vocabulary


def labelled(spans: Sequence[Span], vocabulary: Vocabulary) -> list[Span]:
    """Return the spans with the published names of the subjects in them."""
    found = []
    spans = _served(spans, vocabulary)
    for span in spans:
        meant = span.first("subject")
        if meant is not None and not meant.labels:
            known = {one.id: one.name for one in vocabulary.store.subjects(list(meant.subjects))}
            labels = tuple(known[number] for number in meant.subjects if number in known)
            senses = tuple(
                Sense("subject", replace(meant, labels=labels))
                if one.kind == "subject" and one.value == meant
                else one
                for one in span.senses
            )
            found.append(replace(span, senses=senses))
        else:
            found.append(span)
    return found


def _served(spans: Sequence[Span], vocabulary: Vocabulary) -> Sequence[Span]:
    """Mark a word for both a kind of place and a service as the service, if a named subject is rated for it
    or it is in a list with a service: "surgery", "critical care or surgery"."""
    if not any(span.kinds >= _BOTH for span in spans):
        return spans
    named = [number for span in spans for meant in span.of("subject") for number in meant.subjects[:3]][:6]
    return [
        replace(span, senses=(*span.senses, Sense("served")))
        if span.kinds >= _BOTH
        and (is_service_of(span, named, vocabulary) or _in_list_of_services(spans, place))
        else span
        for place, span in enumerate(spans)
    ]


_BOTH = frozenset(("kind", "service"))
_JOINING = frozenset(("for", "in", "the"))


def _in_list_of_services(spans: Sequence[Span], place: int) -> bool:
    """True for a word that "and" or "or", perhaps with "for", joins to a service."""
    for row in (spans[place + 1 :], spans[:place][::-1]):
        joined = False
        for span in row:
            if span.kinds & {"and", "or"}:
                joined = True
            elif span.text not in _JOINING:
                if joined and "service" in span.kinds and "kind" not in span.kinds:
                    return True
                break
    return False
