"""Uses the rest of a question as evidence for which subject a name means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.question.annotated import Annotated
from qa.question.choosing import Choice
from qa.question.chunks import unique
from qa.question.distances import HOW_FAR
from qa.question.names import NOTHING, Evidence, Place
from qa.question.parts import Span
from qa.question.query import Is
from qa.question.vocabulary import Vocabulary
from qa.question.whole_names import ARTICLES, COPULAS, is_singular

_FARTHEST = 40  # spans from a name within which words are evidence for it
# Asked about beside the name; what a place is near does not say which one it is.
_WALLS = frozenset(("versus", "and", "or", "near", "length"))
_TELLING = frozenset(("place", "wider", "area", "kind"))


def resolve_name(
    annotated: Annotated, spans: Sequence[Span], run: tuple[int, int], vocabulary: Vocabulary
) -> Choice:
    """Return which subject the spans of ``run`` mean, with the rest of the question as evidence."""
    words = range(spans[run[0]].start, spans[run[1] - 1].end)
    before, behind = spans[max(run[0] - _FARTHEST, 0) : run[0]], spans[run[1] : run[1] + _FARTHEST]
    beside = [*_up_to_wall(before[::-1]), *_up_to_wall(behind)]
    if before and before[-1].text in COPULAS and _is_kind_asked(behind):
        beside = [span for span in beside if "kind" not in span.kinds]  # "is Elm House a care home?"
    if any(HOW_FAR in span.of("near") for span in spans):
        beside = []  # the other end of a distance says nothing about this one
    return vocabulary.names.resolve(
        annotated.words, list(words), _evidence(beside, vocabulary), annotated.exact
    )


def _is_kind_asked(behind: Sequence[Span]) -> bool:
    """True for "a care home" right behind a name; in "a good care home" the kind says who is meant."""
    return len(behind) > 1 and behind[0].text in ARTICLES and "kind" in behind[1].kinds


def is_before_kind(spans: Sequence[Span], end: int) -> bool:
    """True if a word for one place of a kind comes right after, or "trust", which only some owners are."""
    return end < len(spans) and not spans[end].gap and (is_singular(spans[end]) or spans[end].text == "trust")


def is_rated_for(span: Span, choice: Choice, vocabulary: Vocabulary) -> bool:
    """True for a word for a service that the subjects of ``choice`` are rated for."""
    of_subjects = choice.field == "subject"
    return of_subjects and is_service_of(span, [int(one) for one in choice.values[:3]], vocabulary)


def is_service_of(span: Span, subjects: Sequence[int], vocabulary: Vocabulary) -> bool:
    """True for a word for a service that any of these subjects is rated for."""
    if not subjects or "service" not in span.kinds:
        return False
    rated = {service.casefold() for service in vocabulary.store.services_of(list(subjects))}
    return any(str(service).casefold() in rated for service in span.of("service"))


def _up_to_wall(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans beside a name up to the next thing that the question asks about: "X in Leeds compared to Y in
    York"."""
    for place, span in enumerate(spans):
        if span.kinds & _WALLS and not _is_before_place(spans, place):
            return
        if "compare" in span.kinds and any(map(_is_named, spans[place + 1 :])):
            return  # "rated higher than the Grange in Truro"
        yield span


def _is_named(span: Span) -> bool:
    return span.strange or bool(span.kinds & {"subject", "provider"})


def _is_before_place(spans: Sequence[Span], place: int) -> bool:
    """True for an "and" that joins nothing, because a comma and a place come right after it: "Oak House and,
    Leeds"."""
    behind = spans[place + 1] if place + 1 < len(spans) else None
    if behind is None or spans[place].text != "and" or behind.start < spans[place].start:
        return False
    return behind.gap == "," and "place" in behind.kinds


def _evidence(spans: Sequence[Span], vocabulary: Vocabulary) -> Evidence:
    """Return what the rest of the question says about the named subject."""
    if not any(span.kinds & _TELLING for span in spans):
        return NOTHING
    places = unique(_place_said(span) for span in spans if span.kinds & {"place", "wider"})
    postcodes = unique(
        area.areas[0].casefold() for span in spans for area in span.of("area") if " " in area.areas[0]
    )
    return Evidence(places, postcodes, (), unique(_kinds_said(spans, vocabulary)))


def _place_said(span: Span) -> Place:
    """The place of a span: each column that may hold it, with its value there."""
    values = tuple(
        (field, value)
        for meant in span.of("place") or span.of("wider")
        for value in meant.values
        for field in (meant.field, *meant.others)
    )
    return Place(span.text, values)


def _kinds_said(spans: Sequence[Span], vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The column and the values of each kind of place mentioned."""
    for place, span in enumerate(spans):
        if "service" in span.kinds and _is_of_service(spans, place):
            continue  # "rated for surgery" is about a service, not a kind of place
        for kind in span.of("kind")[:1]:
            condition = vocabulary.kinds.condition(kind)
            if isinstance(condition, Is):
                yield condition.field, condition.values


def _is_of_service(spans: Sequence[Span], place: int) -> bool:
    """True for a word for a service after "for" or "in", or one that is no word for a kind of place."""
    ahead = {one.text.split()[-1] for one in spans[max(place - 2, 0) : place]}
    return "kind" not in spans[place].kinds or not ahead.isdisjoint(_OF)


_OF = frozenset(("for", "in", "on"))
