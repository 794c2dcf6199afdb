"""Places mentioned in one of several questions in a text and meant in the others as well."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from qa.language.tokens import fold
from qa.question.conditions import condition_of
from qa.question.families import arranged, family
from qa.question.parse import parse
from qa.question.query import Condition, Count, Is, Query, conjunction, parts_of
from qa.question.reading import Reading
from qa.question.unanswered import is_refused
from qa.question.vocabulary import Vocabulary

_THOSE = frozenset("those these them their its".split())
_VERBS = frozenset("is are was were be been has have had got get does do did there".split())
_LASTING = frozenset(("where", "rated", "moved", "published"))  # inherited by "how many surgeries"


def leading(piece: str, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    """The place or owner at the beginning of a text, before anything is asked: "In Leeds: how many …"."""
    chunks = [chunk for chunk in parse(piece, vocabulary).chunks if chunk.kind not in ("function", "and")]
    if len(chunks) < 2 or chunks[0].kind not in ("where", "provider") or chunks[0].out:
        return ()
    apart = bool(set(chunks[1].spans[0].gap) & set(",:;–—-"))
    condition = condition_of(chunks[0], vocabulary) if apart or chunks[1].kind == "measure" else None
    return () if condition is None else (condition,)


def led(readings: list[Reading], leading: tuple[Condition, ...], vocabulary: Vocabulary) -> list[Reading]:
    """Return the questions of a text, each with the place at its beginning if it names none of its own."""
    return [
        readings[0],
        *(
            replace(one, queries=tuple(_there(query, leading, vocabulary) for query in one.queries))
            for one in readings[1:]
        ),
    ]


def _there(query: Query, leading: tuple[Condition, ...], vocabulary: Vocabulary) -> Query:
    told = [*parts_of(query.scope), *(part for one in query.against for part in parts_of(one))]
    if query.claim is not None:
        told += parts_of(query.claim.condition)
    placed = {"where", "subject", "provider", *vocabulary.place_fields, *map(family, leading)}
    if query.prose is not None or {family(part) for part in told} & placed:
        return query
    return arranged(replace(query, scope=conjunction(query.scope, *leading)))


def with_what_was_said(readings: list[Reading]) -> list[Reading]:
    """Complete "How many homes are good in Thirsk, and how many surgeries?": a kind or a place alone inherits
    the ratings and the place. "… and how many surgeries are there?" inherits only the place."""
    found = readings[:1]
    for one in readings[1:]:
        last = _last_query(found[-1])
        found.append(one if last is None else _with_what_was_said(one, last))
    return found


def _last_query(reading: Reading) -> Query | None:
    return reading.queries[-1] if reading.queries else None


def _with_what_was_said(reading: Reading, last: Query) -> Reading:
    query = _counting(reading)
    if query is None or query.measure != Count():
        return reading
    held = {family(part) for part in parts_of(query.scope)}
    if not held <= {"kind", "where", "provider"}:
        return reading
    lasting = _lasting(reading) if isinstance(last.measure, Count) else _lasting(reading) & {"where"}
    told = [part for part in parts_of(last.scope) if family(part) in lasting - held]
    return _narrowed(reading, query, told)


def _lasting(reading: Reading) -> Set[str]:
    """The conditions that a count inherits from the question before: none if it has a verb of its own other
    than "are there"."""
    words = [word.text for word in fold(reading.text)]
    if words[-2:] == ["are", "there"]:
        return {"where"}
    return _LASTING if _VERBS.isdisjoint(words) else set()


def _counting(reading: Reading) -> Query | None:
    """The Query of a Reading that is a single count without groups or sides."""
    query = reading.queries[0] if len(reading.queries) == 1 else None
    if query is None or query.prose is not None or query.by or query.against:
        return None
    return query if isinstance(query.measure, Count) else None


def _narrowed(reading: Reading, query: Query, parts: list[Condition]) -> Reading:
    """The Reading of a count with further conditions on its scope."""
    return replace(reading, queries=(arranged(replace(query, scope=conjunction(query.scope, *parts))),))


def with_shared_places(readings: list[Reading]) -> list[Reading]:
    """Apply the place at the end to all: "How many homes and how many practices are there in Wem?"."""
    *others, end = readings
    last = _last_query(end)
    if not others or last is None or last.prose is not None or _speaks_of_those(end):
        return readings
    places, said = _places_said(end, last), _said_at_end(end, last)
    return [
        *(
            reading if is_refused(reading) else _within(reading, places, [] if _has_verb(reading) else said)
            for reading in others
        ),
        end,
    ]


def _speaks_of_those(reading: Reading) -> bool:
    """True for "…, and how many of those are in Wem?"."""
    return any(word.text in _THOSE for word in fold(reading.text))


def _places_said(reading: Reading, query: Query) -> list[Condition]:
    """The places and kinds of a Query. Of a follow-up only the places: "…, and how many are care homes?"."""
    shared = ("where", "published") if reading.follows else ("kind", "where", "published")
    return [
        part
        for part in parts_of(query.scope)
        if family(part) in shared or (isinstance(part, Is) and family(part) != "kind")
    ]


def _said_at_end(reading: Reading, last: Query) -> list[Condition]:
    """The conditions of the verb at the end: "How many homes in Leeds and how many in York are good?"."""
    scoped = any(word.part == "scope" for word in reading.words)  # not in "… and how many are good?"
    if not (scoped and _has_verb(reading)) or not isinstance(last.measure, Count):
        return []
    return [part for part in parts_of(last.scope) if family(part) == "rated"]


def _has_verb(reading: Reading) -> bool:
    return any(word.text in _VERBS for word in fold(reading.text))


def _within(reading: Reading, places: list[Condition], said: list[Condition]) -> Reading:
    query = _counting(reading)
    if query is None:
        return reading
    held = {family(part) for part in parts_of(query.scope)}
    if held - {"kind", "rated", *(("where",) if said else ())}:
        return reading
    return _narrowed(reading, query, [part for part in (*places, *said) if family(part) not in held])
