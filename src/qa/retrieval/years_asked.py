"""Several years in a question to the passages: "What happened to it in 2014, in 2015 and in 2016?" """

from __future__ import annotations

from collections.abc import Sequence

from qa.language.stems import terms
from qa.passages import sentences_of
from qa.retrieval.point import Point, Weigher
from qa.retrieval.ranking import Ranking


def years_asked(ranking: Ranking) -> frozenset[str]:
    """Return the years that the question itself names."""
    return frozenset(one.term for one in ranking.seen.asked.concepts if one.year and not one.aside)


def years_untold(ranking: Ranking, points: Sequence[Point]) -> frozenset[str]:
    """Return the years asked for that are in none of the answer's ``points``."""
    return years_asked(ranking).difference(term for point in points for term in terms(point.text))


def with_years(ranking: Ranking, known: Weigher, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the points, and those sentences of the best passage that have the other years of a question that
    names several."""
    untold = years_untold(ranking, points) if len(years_asked(ranking)) > 1 else frozenset[str]()
    best = known.passages[ranking.seen.passages[ranking.order[0]]]
    added = [
        Point.of(best, span)
        for span in (sentences_of(best) if untold else ())
        if untold.intersection(terms(best.text[span.start : span.end]))
    ]
    return (*points, *(point for point in added if point not in points))
