"""(text, the Reading before, Vocabulary) → Reading: what a question asks, and what of it was not
understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from qa.language.clauses import SEAMS, cut
from qa.question.canonical import read_canonical_all
from qa.question.certainty import as_first_asked
from qa.question.chunks import unique
from qa.question.one_question import read_one
from qa.question.parse import Parsed
from qa.question.reading import Reading
from qa.question.references import without_ratings_beside
from qa.question.remembered_names import spoken_of_earlier
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
from qa.question.unanswered import is_refused, last_asked, whom_it_names
from qa.question.vocabulary import Vocabulary
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
    pieces = _pieces(asked, vocabulary)
    pieces, beyond = pieces[:MOST_PARTS], pieces[MOST_PARTS:]
    if asks_when_it_moved(pieces, asked, vocabulary):
        pieces = [asked]
    readings = _read_in_turn(pieces, asked, before, parsed, vocabulary)
    first = leading(pieces[0], vocabulary) if len(pieces) > 1 else ()
    whole = joined_readings(
        with_what_was_said(led(with_shared_places(readings), first, vocabulary)), vocabulary
    )
    if whole.prose:
        whole = _searched_at_once(whole, readings, asked, before, vocabulary)
    words = _within_text(whole.words, whole_text, text)
    left_out = (*whole.left_out, *beyond)
    named = spoken_of_earlier(whole, before)
    sure = whole.confidence if whole.prose else as_first_asked(whole.confidence, len(asked.split()))
    return replace(whole, text=text, words=words, left_out=left_out, earlier=named, confidence=sure)


def _pieces(asked: str, vocabulary: Vocabulary) -> list[str]:
    """The questions in a text, each with the words that it shares with those beside it."""
    pieces = [side for piece in cut(asked) for side in two_sides(piece, vocabulary)] or [asked]
    return with_gaps_filled(with_last_alone(pieces, vocabulary), vocabulary)


def _read_in_turn(
    pieces: Sequence[str], asked: str, before: Reading | None, parsed: Parsed | None, vocabulary: Vocabulary
) -> list[Reading]:
    """Read each piece of ``asked`` after the ones before it; ``parsed`` is how ``asked`` was parsed as one
    question."""
    readings: list[Reading] = []
    place = 0
    for piece in pieces:
        known = parsed if piece == asked.strip(SEAMS) else None
        earlier = _with_all(readings, piece, vocabulary) if readings else before
        if earlier is not None:
            earlier = replace(earlier, queries=without_ratings_beside(earlier.queries))
        one = read_one(piece, earlier, vocabulary, inside=bool(readings), parsed=known)
        one = replace(one, earlier=spoken_of_earlier(one, earlier))
        start = max(asked.find(piece, place), place)
        place = start + len(piece)
        moved = tuple(UsedWord(start + word.start, start + word.end, word.part) for word in one.words)
        readings.append(replace(one, words=moved) if start else one)
    return readings


def _searched_at_once(
    whole: Reading, readings: Sequence[Reading], asked: str, before: Reading | None, vocabulary: Vocabulary
) -> Reading:
    """Return the Reading of a text, whose questions are searched for in the passages together unless they
    stand apart."""
    at_once = read_one(asked, before, vocabulary, inside=False) if len(readings) > 1 else whole
    if stand_apart(readings, at_once, vocabulary):
        return whole
    return by_parts(at_once, asked) if at_once.prose and not at_once.unknown else at_once


def _with_all(readings: Sequence[Reading], asked: str, vocabulary: Vocabulary) -> Reading:
    """Return the Reading of the last of several questions, with the Queries of all that can be answered, as
    the context of the question ``asked`` next: "… and what share is that? Same figures for Leeds" asks both
    again."""
    last = whom_it_names(readings[-1], asked, vocabulary)
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
