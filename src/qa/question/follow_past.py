"""Fragments that only give another time or another event: "and in 2018?", "and get worse?", "when?"."""

from __future__ import annotations

import datetime
from dataclasses import replace

from qa.language.dates import Period
from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.parse import Parsed
from qa.question.past_times import event_of
from qa.question.query import Condition, Query

_DAY = datetime.timedelta(days=1)
_SMALL = ("function", "and", "or", "rated", "quality", "follow")
_NOW = ("now", "currently", "today", "at present", "at the moment")
_LATER = (*_NOW, "after", "afterwards", "at the end", "in the end", "later", "subsequently")
_EARLIER = ("before", "before that", "beforehand", "initially", "previously")


def of_another_time(before: Query, parsed: Parsed, *, historic: bool) -> Query | None:
    """Return the Query before with the time or event of the fragment; ``None`` for any other fragment.

    Only a ``historic`` corpus, which has ratings of more than two times, has events and periods to ask about.
    """
    same = {q.Count: "count", q.Share: "share"}.get(type(before.measure))  # "and how many in 2018?"
    telling = [
        chunk
        for chunk in parsed.chunks
        if chunk.kind not in _SMALL and not (same and chunk.says("measure", same))
    ]
    if len(telling) != 1:
        return None
    chunk = telling[0]
    made = _at_the_other_time(before, chunk)
    if made is None and historic:
        made = _of_another(before, chunk)
    if made is not None:
        chunk.use("scope")
    return made


def _at_the_other_time(before: Query, chunk: Chunk) -> Query | None:
    if chunk.says("time", "after") and chunk.text in _LATER:
        return _rated_at(before, "before", "now")
    if chunk.says("time", "before") and chunk.text in _EARLIER:
        return _rated_at(before, "now", "before")
    return None


def _of_another(before: Query, chunk: Chunk) -> Query | None:
    if chunk.kind == "period" and len(chunk.value) == 1 and not chunk.out:
        return _in_period(before, chunk.value[0])
    if chunk.says("time", "after") and chunk.text in _NOW:
        return _as_of_now(before)
    if chunk.kind == "cond" and isinstance(chunk.value, q.Rated | q.Moved):
        return _of_event(before, chunk.value)
    return _when(before) if chunk.says("measure", "when") else None


def _in_period(before: Query, period: Period) -> Query | None:
    if period.impossible:
        return None
    if before.at is not None or _is_look_up(before):
        return None if period.until is None else replace(before, at=period.until - _DAY)

    def moved(leaf: Condition) -> Condition:
        if isinstance(leaf, q.Rated | q.Moved | q.Dated) and (leaf.since or leaf.until):
            return replace(leaf, since=period.since, until=period.until)
        if isinstance(leaf, q.Happened):
            return replace(leaf, event=replace(leaf.event, since=period.since, until=period.until))
        if isinstance(leaf, q.Closed):
            return q.Dated("closed", period.since, period.until)
        return leaf

    made = replace(before, scope=q.change_simple(before.scope, moved))
    if before.claim is not None:
        claimed = q.change_simple(before.claim.condition, moved)
        made = replace(made, claim=replace(before.claim, condition=claimed))
    if isinstance(before.measure, q.Events | q.Times):
        event = replace(before.measure.event, since=period.since, until=period.until)
        made = replace(made, measure=replace(before.measure, event=event))
    return None if made == before else made


def _is_look_up(before: Query) -> bool:
    """True for "what is Oak House rated?"."""
    return before == Query(before.scope, before.measure) and (
        isinstance(before.scope, q.Named)
        and isinstance(before.measure, q.Ratings)
        and not before.measure.before
    )


def _as_of_now(before: Query) -> Query | None:
    if before.at is not None:
        return replace(before, at=None)
    if isinstance(before.measure, q.Ratings) and before.measure.before:
        return replace(before, measure=replace(before.measure, before=False))
    return None


def _rated_at(before: Query, old: q.When, new: q.When) -> Query | None:
    """ "How many were good before, and how many after?": return the Query before with its ratings at the
    other time; ``None`` if it has none at the ``old`` one."""

    def moved(leaf: Condition) -> Condition:
        return replace(leaf, when=new) if isinstance(leaf, q.Rated) and leaf.when == old else leaf

    made = q.change_throughout(before, moved)
    return None if made == before else made


def _of_event(before: Query, condition: q.Rated | q.Moved) -> Query | None:
    if not isinstance(before.measure, q.Events | q.Times):
        return None
    old, new = before.measure.event, event_of(condition)
    event = replace(new, new=old.new and bool(new.ratings), since=old.since, until=old.until)
    return replace(before, measure=replace(before.measure, event=event))


def _when(before: Query) -> Query | None:
    """ "When?" after "has it ever been inadequate?": return the Query for the dates."""
    condition = before.claim.condition if before.claim is not None else None
    leaf = condition.part if isinstance(condition, q.Not) else condition
    if isinstance(leaf, q.Rated) and leaf.when == "ever":
        return Query(before.scope, q.Events(replace(event_of(leaf), since=leaf.since, until=leaf.until)))
    if isinstance(leaf, q.Happened):
        return Query(before.scope, q.Events(leaf.event))
    return None
