"""(text, the Reading before, Vocabulary) → Reading: what a question asks, and what of it was not
understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from qa.language.clauses import SEAMS, cut
from qa.question.anybody import Anybody, of_anybody
from qa.question.canonical import read_canonical_all
from qa.question.certainty import as_first_asked
from qa.question.chunks import unique
from qa.question.definite import with_article
from qa.question.follow_compared import figure_beside
from qa.question.follow_otherwise import than_that
from qa.question.follow_up import is_of_many
from qa.question.following_measure import only_what
from qa.question.groups_told import of_groups_told
from qa.question.in_groups_told import is_in_no_group, of_told_first
from qa.question.leaning import counts_among, is_bare, leans, says_not_of_what, take_denial
from qa.question.only_passages import in_words_of_reports
from qa.question.parse import Parsed, parse
from qa.question.parsed_reading import make_reading
from qa.question.parts import Meant
from qa.question.query import Query
from qa.question.reading import Reading
from qa.question.references import (
    is_pointer,
    is_told,
    of_both,
    of_either,
    of_the_others,
    owner_of,
    points_at_nobody,
    speaks_of_owner,
    take_comparison,
    without_ratings_beside,
)
from qa.question.remembered_names import (
    chooses,
    named_in_reports_question,
    queries_of_fragment,
    same_of_another,
    spoken_of_earlier,
    still_asked,
    subjects_spoken_of,
)
from qa.question.same_sides import of_same_sides, points_at_sides
from qa.question.set_aside import what_is_asked
from qa.question.several_questions import (
    MOST_PARTS,
    asks_when_it_moved,
    by_parts,
    joined_readings,
    stand_apart,
    two_sides,
    with_gaps_filled,
    with_last_alone,
)
from qa.question.shared_places import leading, led, with_shared_places, with_what_was_said
from qa.question.small_talk import small_talk
from qa.question.topics import is_prose
from qa.question.unanswered import is_refused, last_asked, whom_it_names
from qa.question.vocabulary import Vocabulary
from qa.question.winners import of_ranking, ranked_among, turned
from qa.records import UsedWord


def read(text: str, before: Reading | None, vocabulary: Vocabulary) -> Reading:
    """Return what ``text`` asks, read in the context of the Reading of the question before it."""
    spoken = small_talk(text)
    if spoken is not None:
        return Reading(text, text, spoken=spoken)
    queries = read_canonical_all(text.strip(), vocabulary)
    if queries:
        return Reading(text, text.strip(), queries)
    whole_text = unescape(text)
    asked, before, parsed = what_is_asked(whole_text, last_asked(before), vocabulary)
    pieces = [side for piece in cut(asked) for side in two_sides(piece, vocabulary)] or [asked]
    pieces = with_gaps_filled(with_last_alone(pieces, vocabulary), vocabulary)
    pieces, beyond = pieces[:MOST_PARTS], pieces[MOST_PARTS:]
    if asks_when_it_moved(pieces, asked, vocabulary):
        pieces = [asked]
    readings: list[Reading] = []
    place = 0
    for piece in pieces:
        known = parsed if piece == asked.strip(SEAMS) else None
        earlier = _with_all(readings, vocabulary) if readings else before
        if earlier is not None:
            earlier = replace(earlier, queries=without_ratings_beside(earlier.queries))
        one = _read_one(piece, earlier, vocabulary, inside=bool(readings), parsed=known)
        one = replace(one, earlier=spoken_of_earlier(one, earlier))
        start = max(asked.find(piece, place), place)
        place = start + len(piece)
        moved = tuple(UsedWord(start + word.start, start + word.end, word.part) for word in one.words)
        readings.append(replace(one, words=moved) if start else one)
    first = leading(pieces[0], vocabulary) if len(pieces) > 1 else ()
    whole = joined_readings(
        with_what_was_said(led(with_shared_places(readings), first, vocabulary)), vocabulary
    )
    if whole.prose:
        at_once = _read_one(asked, before, vocabulary, inside=False) if len(readings) > 1 else whole
        if not stand_apart(readings, at_once):  # the passages are searched for the whole at once
            whole = by_parts(at_once, asked) if at_once.prose and not at_once.unknown else at_once
    words = _within_text(whole.words, whole_text, text)
    left_out = (*whole.left_out, *beyond)
    named = spoken_of_earlier(whole, before)
    sure = whole.confidence if whole.prose else as_first_asked(whole.confidence, len(asked.split()))
    return replace(whole, text=text, words=words, left_out=left_out, earlier=named, confidence=sure)


def _with_all(readings: Sequence[Reading], vocabulary: Vocabulary) -> Reading:
    """The last of several questions, with the Queries of all that can be answered: "… and what share is that?
    Same figures for Leeds" asks both again."""
    last = whom_it_names(readings[-1], vocabulary)
    if last is not readings[-1] or any(is_refused(one) or one.prose for one in readings):
        return last
    return replace(last, queries=unique(query for one in readings for query in one.queries))


def _within_text(words: tuple[UsedWord, ...], read: str, text: str) -> tuple[UsedWord, ...]:
    """Return spans of ``read`` as spans of ``text``, in which characters may be written as in HTML; spans
    that are not found are left out."""
    if read == text:
        return words
    found, place = [], 0
    for word in words:
        typed = read[word.start : word.end]
        start = text.find(typed, place)
        if start >= 0:
            place = start + len(typed)
            found.append(UsedWord(start, place, word.part))
    return tuple(found)


def _read_one(
    text: str,
    before: Reading | None,
    vocabulary: Vocabulary,
    *,
    inside: bool,
    parsed: Parsed | None = None,
) -> Reading:
    """Read one question; ``parsed`` is how it was already parsed without context."""
    previous = before.queries[-1] if before is not None and before.queries else None
    lost = before is not None and bool(before.unknown)  # "it" may be the unknown one
    spoken_of = None if lost else subjects_spoken_of(previous, text, vocabulary)
    if parsed is None or spoken_of is not None:
        parsed = parse(text, vocabulary, spoken_of)
    if lost:
        take_comparison(parsed)
    parsed = _of_owner(text, parsed, previous, vocabulary)
    anybody = of_anybody(previous, parsed, text, vocabulary)
    if before is not None and anybody is not None and anybody.scope is None:
        return _of_groups(anybody, text, parsed, before, vocabulary)
    follows = before is not None and (
        anybody is not None
        or (spoken_of is None and says_not_of_what(parsed))
        or _follows(parsed, before, previous, inside=inside)
        or (previous is not None and figure_beside(previous, parsed, vocabulary) is not None)
    )
    told = previous if follows and previous is not None and previous.prose is None else None
    both: Query | None = None
    either: list[Query] = []
    if told is not None and before is not None:
        if is_told(told, parsed):
            return replace(before, text=text, words=parsed.words(), left_out=(), follows=True)
        either = of_same_sides(told, parsed, vocabulary) or than_that(told, parsed, vocabulary.scale)
        first = None if either else anybody.scope if anybody else of_told_first(told, parsed, vocabulary)
        if first is not None:
            parsed, told = parse(text, vocabulary, subjects_spoken_of(first, text, vocabulary)), first
            before = replace(before, queries=(*before.queries[:-1], first))
        take_denial(parsed)
        either = either or of_either(told, before.beside, before.earlier, parsed)
        both = (
            None
            if either
            else (
                of_both(told, before.beside, before.earlier, parsed)
                or of_groups_told(told, parsed, vocabulary)
                or turned(told, parsed)
                or ranked_among(told, parsed, vocabulary)
                or figure_beside(told, parsed, vocabulary)
            )
        )
    if both is None and not either and is_prose(parsed, vocabulary, previous if follows else None):
        return _of_reports(text, parsed, before if follows else None, vocabulary, inside=inside)
    if follows and before is not None:
        there = parsed.any("follow", "there") and not parsed.has("subject", "where", "provider")
        if before.unknown and (there or not parsed.has("subject", "where", "provider", "kind", "strange")):
            return replace(before, text=text, standalone=text, words=parsed.words(), follows=True)
        if told is not None:
            queries = either or (
                [both] if both is not None else queries_of_fragment(before, parsed, text, vocabulary)
            )
            merged = make_reading(text, parsed, queries, vocabulary, follows=True)
            lost_groups = both is None and not either and is_in_no_group(told, parsed, vocabulary)
            if lost_groups or (both is None and is_of_many(told, parsed, queries)):
                merged = replace(merged, unnamed=_pronoun(parsed), blocked=True)
            return replace(still_asked(merged, before), follows=True, beside=told)
    earlier = None if inside else before
    meant = named_in_reports_question(earlier, vocabulary)  # not of the first half of the same question
    return _by_itself(text, parsed, before, vocabulary, follows=follows, meant=meant)


def _of_reports(
    text: str, parsed: Parsed, before: Reading | None, vocabulary: Vocabulary, *, inside: bool
) -> Reading:
    """Return the Reading of a question to the reports; ``before`` is the one that it follows, if any."""
    if before is not None and (same := same_of_another(before, parsed)) is not None:
        return replace(_read_one(same, None, vocabulary, inside=inside), follows=True)
    topic = (before.text, *before.topic) if before is not None else ()
    wanted = Query(prose=in_words_of_reports(text, parsed))
    return replace(make_reading(text, parsed, [wanted], vocabulary, topic), follows=before is not None)


def _follows(parsed: Parsed, before: Reading, previous: Query | None, *, inside: bool) -> bool:
    """True if a question is completed by the one before."""
    return (
        leans(parsed)
        or is_bare(parsed, previous)
        or chooses(parsed, before)
        or of_ranking(previous, parsed) is not None
        or points_at_sides(previous, parsed)
        or (inside and (_lacks_head(parsed) or only_what(parsed) or counts_among(parsed)))
    )


def _of_groups(
    anybody: Anybody, text: str, parsed: Parsed, before: Reading, vocabulary: Vocabulary
) -> Reading:
    """Return the Reading of a question about any group of a ranking; if it is not understood, ask back."""
    queries = [anybody.query] if anybody.query is not None else parsed.queries
    reading = replace(make_reading(text, parsed, queries, vocabulary, follows=True), follows=True)
    if anybody.query is None:
        return replace(reading, left_out=(anybody.lost,), blocked=True)
    return still_asked(reading, before)


def _of_owner(text: str, parsed: Parsed, previous: Query | None, vocabulary: Vocabulary) -> Parsed:
    """Return the question read with "they" as the owner of the place before, if that was asked for."""
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
    follows: bool,
    meant: Meant | None,
) -> Reading:
    """Return the Reading of a question without the previous one; if it has a pronoun, ask back which subject
    is meant, unless ``meant`` is the only one that it can be."""
    queries = parsed.queries if before is None else of_the_others(parsed, before.queries)
    reading = make_reading(text, parsed, queries, vocabulary, follows=follows)
    reading = replace(reading, follows=True) if follows else reading
    lost = points_at_nobody(parsed.chunks, queries, vocabulary)
    if lost is not None:
        told = parse(text, vocabulary, meant) if meant is not None else parsed
        if meant is not None and points_at_nobody(told.chunks, told.queries, vocabulary) is None:
            return replace(make_reading(text, told, told.queries, vocabulary, follows=True), follows=True)
        typed = with_article(parsed.annotated, lost.start, lost.end)
        return replace(reading, left_out=unique((*reading.left_out, typed)), unnamed=typed, blocked=True)
    return reading if before is None else still_asked(reading, before)


def _lacks_head(parsed: Parsed) -> bool:
    """True for a question that does not say what it is about, or only "is anybody inadequate?"."""
    return not any(
        chunk.kind in ("kind", "subject", "field", "strange")
        and not (chunk.out or is_pointer(chunk) or chunk.text in _SOMEBODY)
        for chunk in parsed.chunks
    )


_SOMEBODY = frozenset("anybody anyone everybody everyone nobody somebody someone".split())
