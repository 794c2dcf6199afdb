"""The sentences that answer a question for one thing: the best one, and others nearly as good.

They may be anywhere. A sentence that depends on the one before it, or that the next one takes back, comes
together with it; neighbouring sentences are one point. A question for a meaning also gets the sentence after
it that explains it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from qa.passages import sentences_of
from qa.records import Passage, Span
from qa.retrieval.point import Point, Weigher
from qa.retrieval.ranking import Ranking

NEARLY = 1.8  # how far below the best sentence's log-odds others may be and still be shown
MOST = 3  # the most sentences

LEANING = re.compile(
    r"(?:they|it|this|these|those|such|he|she|his|her|their|its|both|some of (?:these|them)|as a result)\b",
    re.IGNORECASE,
)

_CONTRARY = re.compile(
    r"(?:however|nevertheless|nonetheless|but|yet|even so|that said|despite this)\b", re.IGNORECASE
)


def best_sentences(ranking: Ranking, known: Weigher) -> Iterator[Point]:
    """Yield the best sentence of the best passage, those nearly as good, and the sentences that belong to
    them.

    The best of a passage comes first, the others in their order.
    """
    for place, best in _told(ranking).items():
        passage, spans = known.passages[ranking.seen.passages[place]], ranking.seen.sheets[place].spans
        units = _with_dependent(ranking, place, best, passage)
        start = spans[ranking.best(place)].start
        points = _together(passage, [spans[unit] for unit in sorted(units)])
        yield from sorted(points, key=lambda point: not point.start <= start < point.end)


def _with_dependent(ranking: Ranking, place: int, best: set[int], passage: Passage) -> set[int]:
    """Return the units of a passage that are quoted, with those after them that depend on them."""
    spans, alone = ranking.seen.sheets[place].spans, place == ranking.order[0] and len(best) == 1
    units = best | {unit + 1 for unit in best if alone and _goes_on(ranking, place, unit, passage)}
    return units | {unit + 1 for unit in units if _takes_back(passage, spans, unit + 1)}


def _together(passage: Passage, spans: Sequence[Span]) -> Iterator[Point]:
    """Yield these sentences of a passage as points; those that follow one another in a paragraph are one
    point."""
    first = before = spans[0]
    for span in spans[1:]:
        between = passage.text[before.end : span.start]
        if between.strip() or "\n\n" in between or passage.columns:
            yield Point.of(passage, Span(first.start, before.end))
            first = span
        before = span
    yield Point.of(passage, Span(first.start, before.end))


def _told(ranking: Ranking) -> dict[int, set[int]]:
    """Return the units to show, by the places of their passages, the best passage first."""
    first = ranking.order[0]
    told = {first: {ranking.best(first)}}
    least = ranking.wholes[first] + ranking.scores[first][ranking.best(first)] - NEARLY
    others = [
        (score + whole, place, unit)
        for place, (scores, whole) in enumerate(zip(ranking.scores, ranking.wholes, strict=True))
        for unit, score in enumerate(scores)
        if unit and score + whole >= least and unit not in told.get(place, ())
    ]
    others.sort(key=lambda one: -one[0])
    names = _names(ranking)
    as_good = (
        (place, unit)
        for _, place, unit in others
        if ranking.seen.meets(place, unit) and all(one[place] for one in names)
    )
    for place, unit in itertools.islice(as_good, MOST - 1):
        told.setdefault(place, set()).add(unit)
    return told


def _names(ranking: Ranking) -> list[Sequence[bool]]:
    """Return, for each name in the question that the best passage has, which passages have it."""
    best, anywhere = ranking.order[0], ranking.seen.matches.anywhere
    rows = [anywhere[row].tolist() for row, one in enumerate(ranking.seen.asked.concepts) if one.name]
    return [row for row in rows if row[best]]


def _goes_on(ranking: Ranking, place: int, unit: int, passage: Passage) -> bool:
    """True if the sentence after one depends on it and has something of the question that it lacks: "Such
    leaders …"."""
    seen, after = ranking.seen, unit + 1
    sheet = seen.sheets[place]
    if after >= len(sheet.spans) or not LEANING.match(passage.text, sheet.spans[after].start):
        return False
    meant = (
        sought.meant(sheet)
        for sought, concept in zip(seen.sought, seen.asked.concepts, strict=True)
        if not concept.aside
    )
    return any(after in there and not {0, unit} & there.keys() for there in meant)


def _takes_back(passage: Passage, spans: Sequence[Span], unit: int) -> bool:
    """True if a sentence says that the one before it is not wholly true: "However, …"."""
    return (
        unit < len(spans)
        and bool(_CONTRARY.match(passage.text, spans[unit].start))
        and "\n\n" not in passage.text[spans[unit - 1].end : spans[unit].start]
    )


def explaining(point: Point) -> Iterator[Point]:
    """Yield the sentence after a point, if it depends on it: "They …", "This …"."""
    after = next((span for span in sentences_of(point.passage) if span.start >= point.end), None)
    if after and LEANING.match(point.passage.text, after.start):
        yield Point.of(point.passage, after)
