"""Reads one question, by itself or as a follow-up to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.question.anybody import Anybody, of_anybody
from qa.question.chunks import unique
from qa.question.dates_told import ask_dates_of_told
from qa.question.definite import with_article
from qa.question.elided import lacks_predicate, with_predicate
from qa.question.first_aspect import aspect_spoken_of, without_aspects
from qa.question.follow_compared import figure_beside
from qa.question.follow_otherwise import than_that
from qa.question.follow_up import is_of_many
from qa.question.following_measure import only_what
from qa.question.groups_told import of_groups_told
from qa.question.in_groups_told import is_in_no_group, of_told_first
from qa.question.leaning import counts_among, is_bare, leans, says_not_of_what, take_denial
from qa.question.only_passages import in_words_of_reports
from qa.question.pairs_asked import of_both, of_either
from qa.question.parse import Parsed, parse
from qa.question.parsed_reading import make_reading
from qa.question.parts import Meant
from qa.question.query import Query
from qa.question.reading import Reading
from qa.question.references import (
    is_pointer,
    is_told,
    of_the_others,
    owner_of,
    points_at_nobody,
    speaks_of_owner,
    take_comparison,
)
from qa.question.remembered_names import (
    chooses,
    named_in_reports_question,
    queries_of_fragment,
    same_of_another,
    still_asked,
    subjects_spoken_of,
)
from qa.question.same_sides import of_same_sides, points_at_sides
from qa.question.than_that_date import than_that_date
from qa.question.topics import is_prose
from qa.question.vocabulary import Vocabulary
from qa.question.what_it_has import place_spoken_of
from qa.question.winners import of_ranking, ranked_among, turned


def read_one(
    text: str,
    before: Reading | None,
    vocabulary: Vocabulary,
    *,
    inside: bool,
    parsed: Parsed | None = None,
) -> Reading:
    """Read one question. ``inside`` is true if another question comes before it in the same text; ``parsed``
    is how it was already parsed without context."""
    spoken_of = _spoken_of(text, before, vocabulary)
    before = _leaned_on(before, spoken_of)
    previous = _last_query(before)
    if parsed is None or spoken_of is not None:
        parsed = parse(text, vocabulary, spoken_of)
    if before is not None and before.unknown:
        take_comparison(parsed)
    parsed = _of_owner(text, parsed, previous, vocabulary)
    ask_dates_of_told(parsed, before)
    anybody = of_anybody(previous, parsed, text, vocabulary)
    of_those = anybody is not None or (spoken_of is None and says_not_of_what(parsed))
    if before is not None and (of_those or _follows(parsed, before, vocabulary, inside=inside)):
        return _after(text, parsed, before, anybody, vocabulary, inside=inside)
    if is_prose(parsed, vocabulary, None):
        return _of_reports(text, parsed, None, vocabulary, inside=inside)
    return _by_itself(text, parsed, before, vocabulary, inside=inside, follows=False)


def _spoken_of(text: str, before: Reading | None, vocabulary: Vocabulary) -> Meant | None:
    """What "it" and "they" mean after ``before``; ``None`` if they may stand for an unknown name."""
    if before is None or before.unknown:
        return None
    query = _last_query(before)
    return (
        aspect_spoken_of(query, text, vocabulary)
        or subjects_spoken_of(query, text, vocabulary)
        or place_spoken_of(query, text, vocabulary.place_fields)
    )


def _leaned_on(before: Reading | None, spoken_of: Meant | None) -> Reading | None:
    """The Reading before; if it ranks key questions and one of them is referred to, the number of subjects
    that it covers."""
    if before is None or spoken_of is None or spoken_of.field != "aspect":
        return before
    return replace(before, queries=(*before.queries[:-1], without_aspects(before.queries[-1])))


def _last_query(reading: Reading | None) -> Query | None:
    return reading.queries[-1] if reading is not None and reading.queries else None


def _follows(parsed: Parsed, before: Reading, vocabulary: Vocabulary, *, inside: bool) -> bool:
    """True if a question is completed by the one before."""
    previous = _last_query(before)
    return (
        leans(parsed)
        or is_bare(parsed, previous)
        or lacks_predicate(previous, parsed)
        or chooses(parsed, before)
        or of_ranking(previous, parsed) is not None
        or points_at_sides(previous, parsed)
        or (inside and (_lacks_head(parsed) or only_what(parsed) or counts_among(parsed)))
        or (previous is not None and _sets_beside(previous, parsed, vocabulary) is not None)
    )


def _after(
    text: str,
    parsed: Parsed,
    before: Reading,
    anybody: Anybody | None,
    vocabulary: Vocabulary,
    *,
    inside: bool,
) -> Reading:
    """Return the Reading of a question that follows ``before``."""
    if anybody is not None and anybody.scope is None:
        return _of_groups(anybody, text, parsed, before, vocabulary)
    previous = _last_query(before)
    told = None if previous is None or previous.prose is not None else previous
    queries: Sequence[Query] = ()
    if told is not None:
        if is_told(told, parsed):
            return replace(before, text=text, words=parsed.words(), left_out=(), follows=True)
        parsed, before, queries = _about(told, text, parsed, before, anybody, vocabulary)
    if not queries and is_prose(parsed, vocabulary, previous):
        return _of_reports(text, parsed, before, vocabulary, inside=inside)
    if before.unknown and _says_nobody_else(parsed):
        return replace(before, text=text, standalone=text, words=parsed.words(), follows=True)
    if told is None:
        return _by_itself(text, parsed, before, vocabulary, inside=inside, follows=True)
    return _merged(text, parsed, before, queries, vocabulary)


def _about(
    told: Query,
    text: str,
    parsed: Parsed,
    before: Reading,
    anybody: Anybody | None,
    vocabulary: Vocabulary,
) -> tuple[Parsed, Reading, Sequence[Query]]:
    """Return the Queries of a follow-up about what ``told`` compared or counted (none for any other one), and
    how it is parsed after the Reading before. That Reading may be narrower than ``told``: its first group."""
    queries = (
        with_predicate(told, parsed, vocabulary.place_fields)
        or of_same_sides(told, parsed, vocabulary)
        or than_that(told, parsed, vocabulary.scale)
    )
    first = None if queries else _first_told(told, parsed, anybody, vocabulary)
    if first is not None:
        parsed = parse(text, vocabulary, subjects_spoken_of(first, text, vocabulary))
        before = replace(before, queries=(*before.queries[:-1], first))
    take_denial(parsed)
    return parsed, before, queries or _of_what_was_told(first or told, parsed, before, vocabulary)


def _first_told(told: Query, parsed: Parsed, anybody: Anybody | None, vocabulary: Vocabulary) -> Query | None:
    """The Query that a follow-up is about in place of ``told``: that of "anybody" there, or of the first
    group of an answer."""
    return anybody.scope if anybody else of_told_first(told, parsed, vocabulary)


def _of_what_was_told(told: Query, parsed: Parsed, before: Reading, vocabulary: Vocabulary) -> list[Query]:
    """The Queries of a follow-up about the sides, the groups or the figure of the answer before; none for any
    other one."""
    if either := of_either(told, before.beside, before.earlier, parsed):
        return either
    both = (
        of_both(told, before.beside, before.earlier, parsed, vocabulary.scale)
        or of_groups_told(told, parsed, vocabulary)
        or turned(told, parsed)
        or ranked_among(told, parsed, vocabulary)
        or _sets_beside(told, parsed, vocabulary)
    )
    return [both] if both is not None else []


def _sets_beside(told: Query, parsed: Parsed, vocabulary: Vocabulary) -> Query | None:
    """The Query that compares what was told, a figure or a date, with another."""
    return figure_beside(told, parsed, vocabulary) or than_that_date(told, parsed, vocabulary)


def _says_nobody_else(parsed: Parsed) -> bool:
    """True if a question after one about an unknown name is about that name too: "is it good?", "who works
    there?"."""
    if parsed.has("subject", "where", "provider"):
        return False
    return parsed.any("follow", "there") or not parsed.has("kind", "strange")


def _merged(
    text: str, parsed: Parsed, before: Reading, queries: Sequence[Query], vocabulary: Vocabulary
) -> Reading:
    """Return the Reading of ``queries``; without any, that of a fragment merged into the Query before. If it
    refers to one of many, ask back which."""
    told = before.queries[-1]
    made = queries or of_the_others(
        parsed, queries_of_fragment(before, parsed, text, vocabulary), before.queries
    )
    merged = make_reading(text, parsed, made, vocabulary, follows=True)
    if not queries and (is_in_no_group(told, parsed, vocabulary) or is_of_many(told, parsed, made)):
        merged = replace(merged, unnamed=_pronoun(parsed), blocked=True)
    return replace(still_asked(merged, before), follows=True, beside=told)


def _of_reports(
    text: str, parsed: Parsed, before: Reading | None, vocabulary: Vocabulary, *, inside: bool
) -> Reading:
    """Return the Reading of a question to the reports; ``before`` is the Reading that it follows, if any."""
    if before is not None and (same := same_of_another(before, parsed)) is not None:
        return replace(read_one(same, None, vocabulary, inside=inside), follows=True)
    topic = (before.text, *before.topic) if before is not None else ()
    wanted = Query(prose=in_words_of_reports(text, parsed))
    return replace(make_reading(text, parsed, [wanted], vocabulary, topic), follows=before is not None)


def _of_groups(
    anybody: Anybody, text: str, parsed: Parsed, before: Reading, vocabulary: Vocabulary
) -> Reading:
    """Return the Reading of a question about any group of a ranking; ask back if it is not understood."""
    queries = [anybody.query] if anybody.query is not None else parsed.queries
    reading = replace(make_reading(text, parsed, queries, vocabulary, follows=True), follows=True)
    if anybody.query is None:
        return replace(reading, left_out=(anybody.lost,), blocked=True)
    return still_asked(reading, before)


def _of_owner(text: str, parsed: Parsed, previous: Query | None, vocabulary: Vocabulary) -> Parsed:
    """Return the question read with "they" as the owner of the place before, if the question before asked for
    the owner."""
    owner = owner_of(previous, vocabulary)
    spoken = owner is not None and speaks_of_owner(parse(text, vocabulary))
    return parse(text, vocabulary, owner) if spoken else parsed


def _pronoun(parsed: Parsed) -> str:
    """The pronoun as typed."""
    chunk = next((one for one in parsed.chunks if one.says("follow", "pronoun")), parsed.chunks[0])
    return with_article(parsed.annotated, chunk.start, chunk.end)


def _by_itself(
    text: str,
    parsed: Parsed,
    before: Reading | None,
    vocabulary: Vocabulary,
    *,
    inside: bool,
    follows: bool,
) -> Reading:
    """Return the Reading of a question without the previous one. If it has a pronoun, ask back which subject
    is meant, unless it must be the one that a question to the passages named."""
    queries = parsed.queries if before is None else of_the_others(parsed, parsed.queries, before.queries)
    reading = make_reading(text, parsed, queries, vocabulary, follows=follows)
    reading = replace(reading, follows=True) if follows else reading
    lost = points_at_nobody(parsed.chunks, queries, vocabulary)
    if lost is None:
        return reading if before is None else still_asked(reading, before)
    earlier = None if inside else before  # not of the first half of the same question
    meant = named_in_reports_question(earlier, vocabulary)
    if meant is not None and (found := _meaning(meant, text, vocabulary)) is not None:
        return found
    typed = with_article(parsed.annotated, lost.start, lost.end)
    return replace(reading, left_out=unique((*reading.left_out, typed)), unnamed=typed, blocked=True)


def _meaning(meant: Meant, text: str, vocabulary: Vocabulary) -> Reading | None:
    """Return the Reading of a question with ``meant`` for its pronoun; ``None`` if the pronoun is not what is
    unclear."""
    parsed = parse(text, vocabulary, meant)
    if points_at_nobody(parsed.chunks, parsed.queries, vocabulary) is not None:
        return None
    return replace(make_reading(text, parsed, parsed.queries, vocabulary, follows=True), follows=True)


def _lacks_head(parsed: Parsed) -> bool:
    """True for a question that does not name what it is about, or only asks "is anybody inadequate?"."""
    return not any(
        chunk.kind in ("kind", "subject", "field", "strange")
        and not (chunk.out or is_pointer(chunk) or chunk.text in _SOMEBODY)
        for chunk in parsed.chunks
    )


_SOMEBODY = frozenset("anybody anyone everybody everyone nobody somebody someone".split())
