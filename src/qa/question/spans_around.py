"""The spans next to a given one, and the small words among them that mean nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.parts import Span

GLUE = frozenset(
    "a an the of for in on at by from with that which who are is were was be been being its their has "
    "have had to as it".split()
)
RUNNING = frozenset("manage manages operate operates own owns run runs".split())  # what owners do
SIZES = frozenset("big huge large little major massive medium small tiny".split())  # before a noun


def next_span(spans: Sequence[Span], place: int) -> Span | None:
    """Return the next span that is more than a small word, or ``None``."""
    return next((span for span in spans[place + 1 : place + 4] if span.text not in GLUE), None)


def span_before(spans: Sequence[Span], place: int) -> Span | None:
    """Return the span before a place, or ``None``."""
    return spans[place - 1] if place else None


def span_after(spans: Sequence[Span], place: int) -> Span | None:
    """Return the span after a place, or ``None``."""
    return spans[place + 1] if place + 1 < len(spans) else None
