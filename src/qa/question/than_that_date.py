"""Ratings older or newer than one whose date was told: "Is any rating older than that?"."""

from __future__ import annotations

import datetime

from qa.facts.run import run
from qa.question import query as q
from qa.question.conditions import condition_of
from qa.question.parse import Parsed
from qa.question.query import Query, conjunction
from qa.question.vocabulary import Vocabulary

_SMALL = frozenset("and follow function kind quality quantifier rated versus where".split())
_CURRENT = frozenset("after now".split())


def than_that_date(before: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """Return the claim that any rating is older, or newer, than the one whose date was told. Return ``None``
    for any other question, or if several dates were told."""
    said = [one for one in parsed.chunks if one.text in _WAYS]
    if len(said) != 1 or not isinstance(before.measure, q.Dates) or not _is_plain(parsed):
        return None
    day = _day_told(before, vocabulary)
    if day is None:
        return None
    for chunk in parsed.chunks:
        chunk.use(chunk.used or "claim")
    claim = q.Claim(q.ANY, _beyond(day, before.measure, older=said[0].text in _OLDER))
    return Query(_scope(parsed, vocabulary), claim=claim)


def _day_told(before: Query, vocabulary: Vocabulary) -> datetime.date | None:
    """The one date that was told; ``None`` if there were several, or none."""
    told = run(before, vocabulary.store, vocabulary.scale)
    return told.facts[0].published if told.total == len(told.facts) == 1 else None


def _scope(parsed: Parsed, vocabulary: Vocabulary) -> q.Condition:
    named = (condition_of(one, vocabulary) for one in parsed.chunks if one.kind in ("kind", "where"))
    return conjunction(*(one for one in named if one is not None))


_OLDER = frozenset("earlier older".split())
_WAYS = _OLDER | {"later", "newer", "more recent"}


def _is_plain(parsed: Parsed) -> bool:
    """True if a question compares with "that" and has no other words than those for places."""
    than = any(one.says("versus", "than") for one in parsed.chunks)
    words = [word.text for word in parsed.annotated.words]
    small = (one.kind in _SMALL or one.text in _WAYS or one.says("time", *_CURRENT) for one in parsed.chunks)
    return parsed.yes_no and than and words[-1:] == ["that"] and all(small)


def _beyond(day: datetime.date, dates: q.Dates, *, older: bool) -> q.Published:
    if older:
        return q.Published(until=day, aspect=dates.aspect, service=dates.service)
    return q.Published(since=day + datetime.timedelta(days=1), aspect=dates.aspect, service=dates.service)
