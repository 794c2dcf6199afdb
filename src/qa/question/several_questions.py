"""Several questions in one text: cut them apart, and join their Readings into one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from qa.language.clauses import SEAMS, parts
from qa.language.tokens import fold, key
from qa.question.acts import tells_of_acts
from qa.question.chunks import Chunk, unique
from qa.question.group_claims_apart import with_kind_before
from qa.question.only_passages import asks_the_text
from qa.question.pairs_asked import without_what_is_told
from qa.question.parse import Parsed, parse
from qa.question.parts import Meant
from qa.question.query import Events, Query, Rated, parts_of
from qa.question.reading import Reading, Refused
from qa.question.say import say_all
from qa.question.small_talk import small_talk
from qa.question.unanswered import told_apart
from qa.question.vocabulary import Vocabulary

MOST_PARTS = 4  # the most questions in a text that are answered one by one
_MOST_OF_TEXT = 6  # the most parts of a question about the text
_AND = re.compile(r",?\s+and\s+")
_MOST_SEAMS = 10  # the most cuts tried in one sentence: each costs two readings
_PARTLY = 0.7  # the highest confidence beside a part that was not understood
_LONGEST_ALONE = 60  # characters of a place or name asked about after a question
_LONGEST_SIDES = 400  # characters of a question that is examined for two sides


def asks_when_it_moved(pieces: Sequence[str], asked: str, vocabulary: Vocabulary) -> bool:
    """True for "Did its rating change, and when?", which is one question, for the dates of all known
    changes."""
    if len(pieces) != 2 or key(pieces[1]) != "when" or not vocabulary.deep_history:
        return False
    return any(isinstance(query.measure, Events) for query in parse(asked, vocabulary).queries)


def stand_apart(readings: Sequence[Reading], at_once: Reading, vocabulary: Vocabulary) -> bool:
    """True if some parts need the tables and others the text, and no part for the tables depends on an
    earlier one. Each is then answered from its own source.

    ``at_once`` is the whole text read as a single question. If the tables answer all of it, it stays one,
    unless a part is one that no table answers; if they would leave words out, the parts stand apart where
    those for the tables leave nothing out.
    """
    of_text = [one for one in readings if one.prose]
    of_tables = [one for one in readings if not one.prose]
    mixed = bool(of_text and of_tables)
    if at_once.prose:
        return mixed and all(map(_is_named, of_tables[readings[0] in of_tables :]))
    if any(_is_of_text(one, vocabulary) for one in of_text):
        return all(map(_is_understood, of_tables))
    return mixed and bool(at_once.left_out) and all(map(_is_whole, of_tables))


def _is_of_text(reading: Reading, vocabulary: Vocabulary) -> bool:
    """True for a question that no table can answer, whatever else is asked."""
    parsed = parse(reading.text, vocabulary)
    return asks_the_text(parsed, vocabulary) or tells_of_acts(parsed.left_out)


def _is_understood(reading: Reading) -> bool:
    return not (reading.left_out or reading.unheld or reading.unknown or reading.blocked)


def _is_whole(reading: Reading) -> bool:
    """True for a question that says everything itself and is understood."""
    return not (reading.left_out or reading.unheld or reading.unknown or reading.follows)


def _is_named(reading: Reading) -> bool:
    """True for a question to the tables that names its own subjects."""
    return bool(reading.names) or _is_whole_claim(reading)


def _is_whole_claim(reading: Reading) -> bool:
    """True for a claim about ratings that says itself about which places: "did most of the trusts reach
    good?"."""
    claims = [query.claim for query in reading.queries if query.claim is not None]
    return _is_whole(reading) and any(
        isinstance(part, Rated) for one in claims for part in parts_of(one.condition)
    )


def _fields_of_places(parsed: Parsed) -> Iterator[str]:
    """The fields of the named places; a postcode counts as one."""
    for chunk in parsed.chunks:
        if chunk.kind == "where":
            yield from (value.field if isinstance(value, Meant) else "postcode" for value in chunk.value)


def two_sides(text: str, vocabulary: Vocabulary) -> list[str]:
    """The two sides of "hospices in London, and hospices in Kent": the same kind, each with a place of its
    own; otherwise the whole text."""
    for seam in islice(_AND.finditer(text) if len(text) <= _LONGEST_SIDES else (), _MOST_SEAMS):
        sides = [text[: seam.start()], text[seam.end() :]]
        if _are_two_sides(sides, vocabulary):
            return sides
    return [text]


def _are_two_sides(sides: Sequence[str], vocabulary: Vocabulary) -> bool:
    """True if both ends of a text are about the same kind of thing, with places of the same sort."""
    words = [{word.text for word in fold(side)} for side in sides]
    if not any(map(vocabulary.is_kind, words[0] & words[1])):
        return False
    one, other = (parse(side, vocabulary) for side in sides)
    if one.cost or one.yes_no or other.cost or other.yes_no or _kinds_said(one) != _kinds_said(other):
        return False
    return not {*_fields_of_places(one)}.isdisjoint(_fields_of_places(other))


def _kinds_said(parsed: Parsed) -> list[object]:
    return [chunk.value for chunk in parsed.chunks if chunk.kind == "kind"]


def with_last_alone(pieces: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Cut off a question at the end that is only another place, name or key question: "Is any home in Leeds
    good? York?", "Is Elm House safe? And overall?"."""
    found = list[str]()
    for piece in pieces:
        asked = piece.rstrip()
        ahead, mark, alone = asked.rstrip("?").rpartition("?")
        telling = [
            chunk
            for chunk in (parse(alone, vocabulary).chunks if mark and len(alone) <= _LONGEST_ALONE else ())
            if chunk.kind not in ("function", "and", "or")
        ]
        apart = ahead and telling and all(chunk.kind in _ALONE for chunk in telling)
        apart = apart and not parse(ahead, vocabulary).any("follow", "pronoun")  # "Is it good? Elm House?"
        found += [f"{ahead}?", f"{alone.strip()}?"] if apart else [piece]
    return found


_ALONE = ("where", "subject", "provider", "aspect")


def with_gaps_filled(pieces: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Complete "which region has the most, and which the fewest homes?", where the second question shares the
    beginning of the first, and the first may share the end of the second."""
    found = list(pieces)
    for place in range(1, len(found)):
        if not _SHORTENED.match(found[place]):
            continue
        second = parse(found[place], vocabulary)
        other = _first_ranked(second)
        if other is None:  # as in most questions that begin with "which"
            continue
        first = parse(found[place - 1], vocabulary)
        one = _last_ranked(first)
        if one is None:
            continue
        begin = found[place - 1][: first.annotated.words[one.start].start]
        tail = found[place][second.annotated.words[other.end - 1].end :]
        if not tail.strip(" ?.!"):
            continue  # "… and which the least?" is a fragment, which the first completes by itself
        ranked = second.annotated.typed(other.start, other.end)
        if one.end == len(first.annotated.words):  # "which has the most and which the fewest homes?"
            found[place - 1] = found[place - 1].rstrip(SEAMS) + tail
        found[place] = f"{begin}{ranked}{tail}"
    return found


_SHORTENED = re.compile(r"(?:and\s+)?which\s+(?:the\s+)?\w+", re.IGNORECASE)


def _last_ranked(parsed: Parsed) -> Chunk | None:
    """The last word of a question that ranks: "most", "the worst", "more"."""
    ranked = [chunk for chunk in parsed.chunks if chunk.kind in _RANKING]
    return ranked[-1] if ranked else None


def _first_ranked(parsed: Parsed) -> Chunk | None:
    """The word that ranks right behind "which", or "which the": a question without a verb."""
    for chunk in parsed.chunks:
        if chunk.kind in _RANKING:
            return chunk
        if not (chunk.says("measure", "which") or chunk.text in ("and", "the")):
            return None
    return None


_RANKING = ("super", "compare")


def by_parts(reading: Reading, asked: str) -> Reading:
    """Return a question to the passages that asks several things as one with a Query for each."""
    several = [part for part in parts(asked) if small_talk(part) is None]
    if not 2 <= len(several) <= _MOST_OF_TEXT:
        return reading
    return replace(reading, queries=tuple(Query(prose=part) for part in several))


def joined_readings(readings: Sequence[Reading], vocabulary: Vocabulary) -> Reading:
    """Join the Readings of several questions into one, each Query once."""
    if len(readings) == 1:
        return readings[0]
    every = readings
    readings, refused = told_apart(every)
    least_sure = _least_sure(readings)
    asked = with_kind_before([query for one in readings for query in one.queries])
    queries = without_what_is_told(dict.fromkeys(asked))
    return replace(
        readings[0],
        standalone=say_all(queries, vocabulary),
        queries=queries,
        left_out=unique(chain.from_iterable(one.left_out for one in readings)),
        confidence=_joined_confidence(least_sure, refused),
        signs=least_sure.signs,
        corrections=unique(chain.from_iterable(one.corrections for one in every)),
        unknown=unique(chain.from_iterable(one.unknown for one in readings)),
        ambiguous=next(filter(None, (one.ambiguous for one in readings)), None),
        blocked=any(one.blocked for one in readings),
        unheld=unique(chain.from_iterable(one.unheld for one in readings)),
        notes=unique(chain.from_iterable(one.notes for one in readings)),
        words=tuple(chain.from_iterable(one.words for one in every)),
        refused=refused,
    )


def _least_sure(readings: Sequence[Reading]) -> Reading:
    """The Reading with the least confidence; that in a whole text comes from the passages."""
    of_tables = [one for one in readings if not one.prose]
    return min(of_tables or readings, key=lambda one: one.confidence)


def _joined_confidence(least_sure: Reading, refused: Sequence[Refused]) -> float:
    """The confidence in several Readings together, limited if a part was not understood."""
    unread = any(one.reading.blocked for one in refused)
    return min(least_sure.confidence, _PARTLY) if unread else least_sure.confidence
