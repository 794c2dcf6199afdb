"""The points of an answer: the sentences that make it up, each a verbatim slice of a passage.

A question for one thing gets its best sentence (:mod:`qa.retrieval.single_answer`). A question for more gets
the best sentences of different sections, chosen one by one by what each adds: relevance, whether it is about
the subject of the title, the words that such points use, and how little it repeats. A heading that matches
the question gives everything under it, and a summary one sentence per section, or per paragraph if nothing
has a heading.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from qa.language.stems import terms
from qa.passages import sentences_of
from qa.records import Passage, Span
from qa.retrieval.imprint import speaks_of_itself
from qa.retrieval.point import Point, Weigher
from qa.retrieval.ranking import Ranking
from qa.retrieval.several_points import MEANING, SUMMARY, Several
from qa.retrieval.single_answer import LEANING, best_sentences, explaining

# This many points are shown if they are somewhat relevant: no further below the best one's score than their
# kind allows. All others must be no further below it than STOP.
FEW = 3
STOP = 5.0
LIKELIER = 0.4  # share of the odds from which one passage is much likelier than all others
BESIDE = 2.0  # then the other sentences of its paragraph count as at most this far below its best one
LOOKED_AT = 80  # how many of the most relevant sentences are examined
SIGN = 1.5  # score of a word that such points use, outside quoted titles
OUTRIGHT = 1.0  # additional score of an unambiguous one
TITLE = 2.0  # score of the title's words in the sentence, by information, up to TITLE_TOLD
TITLE_TOLD = 0.6  # share of the title's information; a sentence with more only repeats the title
OPENING = 0.5  # score of the first sentence of a section
REPEATS = 5.0  # penalty for repeating all of a chosen point
SAME_SECTION = 1.5  # penalty for the same section again, unless the sentence continues from there
GOES_ON = 0.5
ALL_OF_A_SECTION = 12  # points under a heading that is the question
SHORTEST = 6  # the fewest words of a sentence in a summary
LONGEST = 420  # the most characters of a point extended by the sentence before

_QUOTED = re.compile(r'(?<=\S )[“"][^“”"]{1,120}[”"]')  # a title within a sentence, rather than speech
_LABELLED = re.compile(r"[^.:]{2,40}:\s[^.]*$")  # "Lead inspector: Ann Lee" says nothing about a subject


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    span: Span
    worth: float
    terms: frozenset[str]
    section: tuple[object, ...]


def best_points(ranking: Ranking, known: Weigher, kind: Several | None) -> tuple[Point, ...]:
    """Return the points that answer the question of a ranking, the best first."""
    if kind is None or kind.name == MEANING:
        points = tuple(best_sentences(ranking, known))
        return points if kind is None else _joined((*points, *explaining(points[-1])))
    if headed := _under_heading(ranking, known):
        return headed
    weighed = _weighed(_sentences(ranking, known), known, kind, ranking.seen.asked.content)
    return _joined(map(_point, _with_marked(_chosen(weighed, known, kind), weighed, ranking, known)))


def _with_marked(
    chosen: list[_Candidate], weighed: Iterable[_Candidate], ranking: Ranking, known: Weigher
) -> list[_Candidate]:
    """Return the points including the best sentence of the best passage, which is marked there."""
    place = ranking.order[0]
    passage = known.passages[ranking.seen.passages[place]]
    span = ranking.seen.sheets[place].spans[ranking.best(place)]
    marked = [one for one in weighed if one.passage is passage and one.span == span]
    return chosen if not marked or marked[0] in chosen else [*chosen, marked[0]]


def summary(passages: Sequence[Passage], known: Weigher, kind: Several) -> tuple[Point, ...]:
    """Return the key points of one document, one per section, or of one section, in their order; ``passages``
    are those of the document or section."""
    of_one_section = len({passage.headings for passage in passages if passage.headings}) == 1
    found = [
        (passage, span, 0.0)
        for passage in passages
        if not passage.columns
        for span in sentences_of(passage)
        if len(passage.text[span.start : span.end].split()) >= (FEW if of_one_section else SHORTEST)
    ]
    weighed = _weighed(found, known, kind)
    if of_one_section:  # each sentence may be a point
        weighed = [replace(one, section=(one.passage.id, one.span.start)) for one in weighed]
    chosen = _chosen(weighed, known, kind)
    return tuple(sorted(_joined(map(_point, chosen)), key=lambda point: point.passage.start + point.start))


def _under_heading(ranking: Ranking, known: Weigher) -> tuple[Point, ...]:
    """Return all sentences of the section whose heading matches the question, in order. If it only matches
    roughly, nothing for one or two sentences."""
    fields = ranking.seen.fields
    whole = [number for number, of_one in zip(ranking.seen.passages, fields, strict=True) if of_one["headed"]]
    found = [
        (known.passages[number], span)
        for number in sorted(whole)
        for span in sentences_of(known.passages[number])
    ]
    is_question = any(of_one["headed"] == 1 for of_one in fields)
    told = found[:ALL_OF_A_SECTION] if is_question or len(found) >= FEW else []
    return tuple(Point.of(passage, span) for passage, span in told)


def _sentences(ranking: Ranking, known: Weigher) -> list[tuple[Passage, Span, float]]:
    """Return the most relevant sentences examined, with their log-odds.

    If one passage is much likelier than all others, the rest of the best sentence's paragraph is about the
    same thing, in whatever words, and counts for not much less.
    """
    seen = ranking.seen
    found = [
        (known.passages[number], span, score + whole)
        for number, sheet, scores, whole in zip(
            seen.passages, seen.sheets, ranking.scores, ranking.wholes, strict=True
        )
        for span, score in zip(sheet.spans[1:], scores[1:], strict=True)
    ]
    found.sort(key=lambda one: -one[2])
    if found and ranking.odds[ranking.order[0]] >= LIKELIER * math.fsum(ranking.odds):
        best, span, worth = found[0]
        together = _paragraph(best, span)
        found = [
            (
                passage,
                one,
                max(odds, worth - BESIDE)
                if passage is best and _paragraph(passage, one) == together
                else odds,
            )
            for passage, one, odds in found
        ]
    return found[:LOOKED_AT]


def _paragraph(passage: Passage, span: Span) -> int:
    """Return where the paragraph of a sentence begins in its document."""
    start = passage.start + span.start
    return next((block.start for block in passage.blocks if block.start <= start < block.end), passage.start)


def _weighed(
    found: Collection[tuple[Passage, Span, float]],
    known: Weigher,
    kind: Several,
    asked: frozenset[str] = frozenset(),
) -> list[_Candidate]:
    """Return the sentences with their scores: relevance plus signs that the sentence makes a point.

    The title's subject counts if the question, with the terms ``asked``, mentions any of it,
    and in a summary.
    """
    weighed = []
    titles = {
        title: frozenset(terms(title))
        for title in dict.fromkeys(passage.document.title for passage, _, _ in found)
    }
    for passage, span, relevance in found:
        told = passage.text[span.start : span.end]
        held = frozenset(terms(told))
        if not _makes_point(passage, span, held, kind):
            continue
        own = _QUOTED.sub(" ", told)
        title = titles[passage.document.title]
        worth = relevance + _signs(own, kind) + OPENING * (span.start == 0)
        if kind.name == SUMMARY or asked & title:
            titled = _share(title, frozenset(terms(own)), known)
            worth += TITLE * (titled if titled <= TITLE_TOLD else 0.0)
        section = _section(passage, span) if kind.name == SUMMARY else (passage.id,)
        weighed.append(_Candidate(passage, span, worth, held, section))
    return weighed


def _makes_point(passage: Passage, span: Span, held: Collection[str], kind: Several) -> bool:
    """True if a sentence, which has the terms ``held``, can be a point: it is no label, question or
    introduction, and in a summary it speaks of the subject."""
    if len(held) < 3 or passage.text[span.end - 1] in ":?" or _is_label(passage, span):
        return False
    return kind.name != SUMMARY or not _no_point(passage, span)


def _signs(text: str, kind: Several) -> float:
    """Return the score for words that are typical of points of a kind."""
    sign, outright = (bool(words and words.search(text)) for words in (kind.signs, kind.outright))
    return SIGN * sign + OUTRIGHT * outright


def _is_label(passage: Passage, span: Span) -> bool:
    """True if a sentence is a paragraph of its own that doesn't end like one: a heading that was not
    recognised, or what a form or picture is labelled with."""
    start, end = passage.start + span.start, passage.start + span.end
    alone = any(
        block.kind == "paragraph" and block.start == start and block.end == end
        for block in passage.document.blocks
    )
    return alone and passage.text[span.end - 1].isalnum()


def _no_point(passage: Passage, span: Span) -> bool:
    """True if a sentence says nothing about the subject: a label with its value, or who may copy the
    document."""
    return bool(_LABELLED.match(passage.text[span.start : span.end])) or speaks_of_itself(passage.text, span)


def _chosen(candidates: Sequence[_Candidate], known: Weigher, kind: Several) -> list[_Candidate]:
    """Return the candidates that say most together, the best first; for a summary, no two from one
    section."""
    chosen = list[_Candidate]()
    left = [
        _Left(one, _information(one.terms, known)) for one in sorted(candidates, key=lambda one: -one.worth)
    ]
    while left and len(chosen) < kind.most:
        worths = [one.sentence.worth - _repetition_penalty(one, chosen) for one in left]
        place = max(range(len(left)), key=worths.__getitem__)
        if chosen and kind.name != SUMMARY and worths[place] < chosen[0].worth - _reach(kind, len(chosen)):
            break
        best = left.pop(place)
        chosen.append(best.sentence)
        if kind.name == SUMMARY:
            left = [one for one in left if one.sentence.section != best.sentence.section]
        for one in left:
            one.said = max(one.said, _alike(one, best, known))
    return chosen


def _reach(kind: Several, chosen: int) -> float:
    """Return how far below the best point another may be, once so many are ``chosen``."""
    return kind.far if chosen < FEW else min(STOP, kind.far)


@dataclass(slots=True)
class _Left:
    """A candidate that is not chosen: the information of its terms, and how much of it a chosen one says at
    most."""

    sentence: _Candidate
    information: float
    said: float = 0.0


def _repetition_penalty(left: _Left, chosen: Sequence[_Candidate]) -> float:
    """Return what a sentence loses if others are from its section, or say the same."""
    one = left.sentence
    again = SAME_SECTION * (
        one.passage.headings != () and any(one.section == told.section for told in chosen)
    )
    if any(one.passage.id == told.passage.id and 0 <= one.span.start - told.span.end <= 2 for told in chosen):
        again = -GOES_ON
    return again + REPEATS * left.said


def _section(passage: Passage, span: Span) -> tuple[object, ...]:
    """Return the section of a point, or its paragraph if nothing has a heading."""
    document = passage.document
    if passage.headings:
        return (document.path, *passage.headings)
    return (document.path, _paragraph(passage, span))


def _alike(one: _Left, other: _Left, known: Weigher) -> float:
    """Return how much two sentences say the same, by the information of their words."""
    if not one.information or not other.information:
        return 0.0
    both = _information(one.sentence.terms & other.sentence.terms, known)
    return min(both / one.information, 1.0) * (both / other.information)


def _share(wanted: frozenset[str], there: frozenset[str], known: Weigher) -> float:
    """Return the share of the information of some terms that is there."""
    whole = _information(wanted, known)
    return _information(wanted & there, known) / whole if whole else 0.0


def _information(terms: frozenset[str], known: Weigher) -> float:
    return math.fsum(map(known.weight, sorted(terms)))


def _point(chosen: _Candidate) -> Point:
    """Return the point, with the preceding sentence if it depends on it."""
    passage, span = chosen.passage, chosen.span
    if LEANING.match(passage.text, span.start) and span.start:
        before = [one for one in sentences_of(passage) if one.end <= span.start]
        if (
            before
            and span.end - before[-1].start <= LONGEST
            and "\n\n" not in passage.text[before[-1].end : span.start]
        ):
            span = Span(before[-1].start, span.end)
    return Point.of(passage, span)


def _joined(points: Iterable[Point]) -> tuple[Point, ...]:
    """Join points that share words into one, in the place of the first."""
    found = list[Point]()
    for point in points:
        for place, told in enumerate(found):
            if told.passage.id == point.passage.id and point.start < told.end and told.start < point.end:
                span = Span(min(told.start, point.start), max(told.end, point.end))
                found[place] = Point.of(point.passage, span)
                break
        else:
            found.append(point)
    return tuple(found)
