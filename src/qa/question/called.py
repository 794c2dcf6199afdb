"""Words of a name rather than a name: "homes with House in their name", "whose name contains Lodge".

Also "called" before a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.language.words import is_function
from qa.question.parts import Sense, Span

_BEHIND = (
    "in its name",
    "in name",
    "in the name",
    "in the title",
    "in their name",
    "in their names",
)  # what stands behind the words
_BEFORE = frozenset("called named".split()) | {
    "by the name of",
    "with the name",
}  # what stands before whole names
_MOST = 4  # words


def with_words_of_names(spans: Sequence[Span]) -> list[Span]:
    """Return ``spans`` with the words that names are said to contain as one span of the kind "named"."""
    found = list(spans)
    for place in range(len(found) - 1, -1, -1):
        if place < len(found) and found[place].says("called") and found[place].text not in _BEFORE:
            ahead = found[place].text in _BEHIND
            start, end = _words(found, place, -1 if ahead else 1)
            if start < end:
                first, last = min(start, place), max(end, place + 1)
                words = tuple(word for span in found[start:end] for word in span.text.split())
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
    """Return ``spans`` with "called" and "named" before a name saying nothing: the name says whom."""
    found = list(spans)
    for place, span in enumerate(found[:-1]):
        behind = next((one for one in found[place + 1 : place + 3] if one.text != "the"), None)
        if (
            span.says("called")
            and span.text in _BEFORE
            and behind is not None
            and behind.kinds & {"subject", "provider", "strange"}
        ):
            found[place] = replace(span, senses=(Sense("rated", "called"),))
    return found


def _words(spans: Sequence[Span], place: int, step: int) -> tuple[int, int]:
    """The first and last (excluded) span of the words beside ``place``: what is in quotes, else one word."""
    at = place + step
    if not 0 <= at < len(spans) or (is_function(spans[at].text) and not spans[at].senses):
        return place, place
    first = last = at
    opening = spans[at].gap if step > 0 else spans[place].gap
    while (
        _is_quoted(opening)
        and 0 <= (following := (last if step > 0 else first) + step) < len(spans)
        and last - first < _MOST
    ):
        if _is_quoted(spans[following if step > 0 else first].gap):
            break
        first, last = min(first, following), max(last, following)
    return first, last + 1


def _is_quoted(gap: str) -> bool:
    return any(mark in gap for mark in "“”\"‘’'")
