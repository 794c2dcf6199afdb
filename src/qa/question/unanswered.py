"""Several questions in a text, some of which can't be answered: the others are, if they are about other
subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question.conditions import condition_of
from qa.question.families import family
from qa.question.parse import Parsed, parse
from qa.question.parsed_reading import make_reading
from qa.question.query import Condition, Named, Query, conjunction, parts_of
from qa.question.reading import Reading, Refused
from qa.question.vocabulary import Vocabulary

_GROUNDS = ("subject", "where", "provider")


def told_apart(readings: Sequence[Reading]) -> tuple[list[Reading], tuple[Refused, ...]]:
    """Return the questions that can be answered, and those that can't with their places among the Queries.

    All are returned as answerable if one of them may be about an unknown subject: "How many homes in Narnia
    are good, and how many homes are inadequate?".
    """
    told = [place for place, one in enumerate(readings) if not is_refused(one)]
    stand = all(not readings[place].prose and _stands(place, readings) for place in told)
    if len(told) in (0, len(readings)) or not stand:
        return list(readings), ()
    found, place = list[Refused](), 0
    for one in readings:
        if is_refused(one):
            found.append(Refused(one, place))
        else:
            place += len(one.queries)
    return [readings[place] for place in told], tuple(found)


def is_refused(reading: Reading) -> bool:
    """True for a question that gets no answer, whatever is in the tables."""
    return bool(reading.unknown or reading.blocked or reading.unheld)


def _stands(place: int, readings: Sequence[Reading]) -> bool:
    """True for a question that says itself which subjects or places it is about, or is about the subject that
    a refused one named before: "What does Elm House cost, and is it good?"."""
    asked = _grounds(readings[place])
    named = any(isinstance(part, Named) for part in asked)
    earlier = [one for one in readings[:place] if is_refused(one)]
    return bool(asked) and all(
        (named and not (one.unknown or _is_misread(one))) or bool(asked - _grounds(one)) for one in earlier
    )


def _is_misread(refused: Reading) -> bool:
    """True for a question that was not understood, so that it is uncertain which subject it is about."""
    return refused.blocked and not refused.unheld


def _grounds(reading: Reading) -> set[Condition]:
    """The conditions that say which subjects or places a question is about."""
    scopes = [scope for query in reading.queries for scope in (query.scope, *query.against)]
    return {part for scope in scopes for part in parts_of(scope) if family(part) in _GROUNDS}


def last_asked(before: Reading | None) -> Reading | None:
    """Return the last of several questions if that one was not answered, because "it" in the next one refers
    to it; otherwise all of them."""
    refused = before.refused[-1:] if before is not None else ()
    return refused[0].reading if before and refused and refused[0].place == len(before.queries) else before


def whom_it_names(reading: Reading, asked: str, vocabulary: Vocabulary) -> Reading:
    """Return a question to the passages about an unknown topic as one about the subjects that it names, so
    that "it" in the question ``asked`` next means them. Any other question to the passages is treated alike
    if only the next one is about ratings: "who took Elm House over, and is it good?"."""
    if not reading.prose:
        return reading
    parsed = parse(reading.text, vocabulary)
    of_ratings = not _speaks_of_ratings(parsed) and _asks_its_rating(parse(asked, vocabulary))
    if not (reading.unheld or of_ratings):
        return reading
    named = Query(conjunction(*named_in(parsed, vocabulary)))
    made = make_reading(reading.text, parsed, [named], vocabulary)
    return replace(made, unknown=reading.unknown)


def _speaks_of_ratings(parsed: Parsed) -> bool:
    """True if a question has any word about ratings: "first rated", "inadequate"."""
    return parsed.has(*_RATED) or any(word.text in ("rated", "rating") for word in parsed.annotated.words)


_RATED = ("rated", "cond", "aspect")


def _asks_its_rating(parsed: Parsed) -> bool:
    rated = parsed.has(*_RATED) and not parsed.left_out
    return rated and parsed.any("follow", "pronoun") and not parsed.has("subject", "kind", "prose")


def named_in(parsed: Parsed, vocabulary: Vocabulary) -> list[Condition]:
    """Return the conditions of place, kind and name in a text."""
    chunks = [chunk for chunk in parsed.chunks if chunk.kind in ("subject", "where", "provider", "kind")]
    return [condition for chunk in chunks if (condition := condition_of(chunk, vocabulary)) is not None]
