"""Words of a name rather than a name: "homes with House in their name", "whose name contains Manor Lodge".

Also "called" before a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question.annotated import Annotated
from qa.question.parts import Sense, Span

_MOST = 8  # the most spans of such words, joining words included
_OPENING = frozenset(
    "bear bearing bears contain containing contains feature featuring features had has have having include "
    "includes including use uses using with without".split()
)
_SAYING_WORDS = frozenset("a an the both either word words phrase term".split())  # words that introduce them
_JOINING = frozenset(("and", "or"))
_OF_RATINGS = frozenset(("rating", "range", "rated", "number", "compare", "aspect", "period"))
_OF_NAMES = frozenset(("subject", "provider", "place", "strange", "kind"))  # other meanings of such words


def with_words_of_names(annotated: Annotated, spans: Sequence[Span]) -> list[Span]:
    """Return ``spans`` with the words that a name must contain as one span of kind "named"."""
    found = list(spans)
    for place in range(len(found) - 1, -1, -1):
        if place < len(found) and found[place].says("called", "ahead", "contains"):
            ahead = found[place].says("called", "ahead")
            start, end = _before(annotated, found, place) if ahead else _behind(annotated, found, place)
            words = _words(found[start:end])
            if words:
                first, last = min(start, place), max(end, place + 1)
                if first and ahead and found[first - 1].says("called"):
                    first -= 1  # "with the words Park View in their name"
                text = " ".join(span.text for span in found[first:last])
                weight = sum(span.weight for span in found[first:last])
                made = Span(
                    found[first].start,
                    found[last - 1].end,
                    text,
                    (Sense("named", words),),
                    weight,
                    found[first].gap,
                )
                found[first:last] = [made]
    return found


def without_called(spans: Sequence[Span]) -> list[Span]:
    """Return ``spans`` without the meaning of "called" and "named" before a name. At the end of a question,
    "what are the good homes called?", the word asks for names and keeps it."""
    found = list(spans)
    asked = any(one.says("measure", "which", "list") for one in found)
    if asked and found[-1].says("called", "whole"):
        found[-1] = replace(found[-1], senses=(Sense("measure", "list"),))
    for place, span in enumerate(found[:-1]):
        behind = next((one for one in found[place + 1 : place + 3] if one.text != "the"), None)
        if (
            span.says("called", "whole")
            and behind is not None
            and behind.kinds & {"subject", "provider", "strange"}
        ):
            found[place] = replace(span, senses=(*span.senses, Sense("rated", "called")))
    return found


def called_alike(annotated: Annotated, spans: Sequence[Span]) -> list[int]:
    """Offsets of names that the question says several subjects have: "the care homes called Elm House"."""
    found = []
    for place, span in enumerate(spans[:-1]):
        many = place and "kind" in spans[place - 1].kinds and spans[place - 1].text.endswith("s")
        if many and span.says("called", "whole"):
            found += [annotated.words[one.start].start for one in spans[place + 1 : place + 3]]
    return found


def _before(annotated: Annotated, spans: Sequence[Span], place: int) -> tuple[int, int]:
    """The first and last (excluded) span of the words before "in their name": what is in quotes, otherwise
    all after the verb that introduces them, otherwise one word."""
    if place and _is_quoted(spans[place].gap):
        return _first_quoted(spans, place), place
    for first in range(place, max(place - _MOST, 0), -1):
        opening = spans[first - 1]
        if opening.text in _OPENING or opening.says("called"):
            return first, place
        if first < place and opening.kinds & _OF_RATINGS and not _has_capital(annotated, opening):
            return (first + 1, place) if spans[first].text in _JOINING else (place - 1, place)
    return (place - 1, place) if place and not spans[place - 1].small else (place, place)


def _first_quoted(spans: Sequence[Span], end: int) -> int:
    """Where the quoted words before ``end`` begin."""
    first = end - 1
    while first and end - first < _MOST and not _is_quoted(spans[first].gap):
        first -= 1
    return _joined_quotes(spans, first)


def _joined_quotes(spans: Sequence[Span], first: int) -> int:
    """Where a list of quoted words begins: “House” or “Lodge”."""
    while first > 1 and spans[first - 1].text in _JOINING and _is_quoted(spans[first - 1].gap):
        first -= 2
        while first and not _is_quoted(spans[first].gap):
            first -= 1
    return first


def _behind(annotated: Annotated, spans: Sequence[Span], place: int) -> tuple[int, int]:
    """The first and last (excluded) span of the words after "whose name contains": what is in quotes,
    otherwise what continues like a name."""
    first = place + 1
    while first < len(spans) and spans[first].text in _SAYING_WORDS:
        first += 1
    if first >= len(spans) or (spans[first].small and not _has_capital(annotated, spans[first])):
        return place, place
    if _is_quoted(spans[first].gap):
        last = next((at for at in range(first + 1, len(spans)) if _is_quoted(spans[at].gap)), len(spans))
        return first, min(last, first + _MOST)
    return first, _end_of_name(annotated, spans, first)


def _end_of_name(annotated: Annotated, spans: Sequence[Span], first: int) -> int:
    """Where the words that continue a name, also after "and" or "or", end."""
    capital = _has_capital(annotated, spans[first])
    last = first + 1
    while last < len(spans):
        joined = spans[last].text in _JOINING and last + 1 < len(spans)
        after = last + 1 if joined else last
        if not _goes_on(annotated, spans[after], capital=capital):
            break
        last = after + 1
    return last


def _goes_on(annotated: Annotated, span: Span, *, capital: bool) -> bool:
    """True if a span continues the words of a name: with a capital like the first one, or without any other
    meaning."""
    if set(span.gap) - {"-", "'", "’"}:
        return False
    if capital:
        return _has_capital(annotated, span)
    return not span.small and span.kinds <= _OF_NAMES


def _has_capital(annotated: Annotated, span: Span) -> bool:
    return annotated.typed(span.start, span.start + 1)[:1].isupper()


def _words(spans: Sequence[Span]) -> tuple[tuple[str, ...], ...]:
    """The words that a name must contain: all words of one row; "or" begins another row."""
    rows: list[list[str]] = [[]]
    for span in spans:
        for word in span.text.split():
            if word == "or":
                rows.append([])
            elif word != "and" and not (word in _SAYING_WORDS and not rows[-1]):
                rows[-1].append(word)
    return tuple(tuple(row) for row in rows if row)


def _is_quoted(gap: str) -> bool:
    return any(mark in gap for mark in "“”\"‘’'")
